"""What a new password must be (NIST SP 800-63B-4, docs/decisions/password-policy.md): long, and not easy to guess.

No rules about kinds of characters, no expiry. Passwords are judged and kept exactly as typed; only for comparing
them with words that others would try do width and case not count.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import Enum

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from gateway.coop import Coop

ALONE = 15
"""Characters at least where nothing but the password is asked for."""
WITH_CODE = 8
"""Characters at least where a code is asked for as well."""
LONGEST = 128
"""Nobody types more, and hashing must end."""

_COMMON = frozenset(FREQUENCY_LISTS["passwords"])
_SHORTEST_WORD = 4
_LONGEST_REPEATED = 4
_SERVICE = (
    "mypage",
    "マイページ",
    "seikyou",
    "seikyo",
    "生協",
    "coop",
    "co-op",
    "pico",
    "password",
    "パスワード",
)
_PARTS = re.compile(r"[\s@.\-_]+")


class PasswordFault(Enum):
    """What can be wrong with one."""

    TOO_SHORT = "TOO_SHORT"
    TOO_LONG = "TOO_LONG"
    COMMON = "COMMON"
    OWN_WORDS = "OWN_WORDS"


def length_of(password: str) -> int:
    """Characters, whatever they take in bytes."""
    return len(password)


def password_faults(password: str, words: Sequence[str], *, has_code: bool) -> tuple[PasswordFault, ...]:
    """Everything that is wrong with a new password; nothing if it may be used.

    `words` are what somebody who knows the person or the co-op would try: see `own_words`.
    """
    shortest = WITH_CODE if has_code else ALONE
    faults = {
        PasswordFault.TOO_SHORT: length_of(password) < shortest,
        PasswordFault.TOO_LONG: length_of(password) > LONGEST,
        PasswordFault.COMMON: _is_common(_compared(password[: LONGEST + 1])),
        PasswordFault.OWN_WORDS: _is_little_but(words, _compared(password[: LONGEST + 1])),
    }
    return tuple(fault for fault, found in faults.items() if found)


def own_words(coop: Coop, *personal: str | None) -> tuple[str, ...]:
    """The words of a co-op and a person that make a password easy to guess.

    `personal`: login ID, e-mail address, member number, date of birth as YYYYMMDD, names in kanji and kana.
    """
    given = [coop.name, coop.code, coop.mail_domain, *_SERVICE, *(each for each in personal if each)]
    whole = [_compared(each) for each in given]
    parts = [part for each in whole for part in _PARTS.split(each)]
    longest_first = sorted({*whole, *parts}, key=len, reverse=True)
    return tuple(word for word in longest_first if len(word) >= _SHORTEST_WORD or not word.isascii())


def message_of(fault: PasswordFault, *, has_code: bool) -> str:
    """For the person who chose it."""
    match fault:
        case PasswordFault.TOO_SHORT:
            shortest = WITH_CODE if has_code else ALONE
            return f"パスワードは{shortest}文字以上にしてください。文章のように長いものが安全です。"
        case PasswordFault.TOO_LONG:
            return f"パスワードは{LONGEST}文字以内にしてください。"
        case PasswordFault.COMMON:
            return "よく使われているパスワードのため、ご利用いただけません。"
        case PasswordFault.OWN_WORDS:
            return "お名前・ログインID・組合員番号・生年月日・生協の名称などから推測できるため、ご利用いただけません。"


def _compared(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _is_common(password: str) -> bool:
    return (
        password in _COMMON or _unit_of(password) in _COMMON or len(_unit_of(password)) <= _LONGEST_REPEATED
    )


def _unit_of(password: str) -> str:
    """What a password repeats: `abc` of `abcabcabc`, all of it when it repeats nothing."""
    again = (password + password).find(password, 1)
    return password[:again]


def _is_little_but(words: Sequence[str], password: str) -> bool:
    """Whether, without the words, less is left than a password of its own would need."""
    left = password
    for word in words:
        left = left.replace(word, "")
    return left != password and len(left) < WITH_CODE
