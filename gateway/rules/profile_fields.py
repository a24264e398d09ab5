"""個人情報変更 (E19, X19): what a member may write into each field, in the form in which the profile shows it.

Every function gives the value as it is kept, or None for what cannot stand there.
"""

import re
import unicodedata

from gateway.rules.identity import digits_of

LONGEST_NAME = 40
LONGEST_KANA = 30
LONGEST_ADDRESS = 120

_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_KANA = re.compile(r"[ァ-ヺー・][ァ-ヺー・ ]*")
_POSTAL_CODE = re.compile(r"[0-9]{7}")
_PHONE = re.compile(r"0[0-9]{9,10}")
_MOBILE_PHONE = re.compile(r"0[789]0[0-9]{8}")
_IN_NAMES = " ・-'.ー"


def usable_name(typed: str) -> str | None:
    """氏名: letters of any script, family and given name with one space between.

    Never normalised: 髙 and 﨑 are not 高 and 崎.
    """
    name = " ".join(typed.split())
    fits = 0 < len(name) <= LONGEST_NAME and all(_is_of_a_name(character) for character in name)
    return name if fits else None


def usable_kana(typed: str) -> str | None:
    """氏名カナ: full-width katakana, whatever width or kana was typed."""
    kana = " ".join(unicodedata.normalize("NFKC", typed).split()).translate(_HIRAGANA_TO_KATAKANA)
    return kana if len(kana) <= LONGEST_KANA and _KANA.fullmatch(kana) else None


def usable_postal_code(typed: str) -> str | None:
    """郵便番号, such as `036-8224`."""
    digits = digits_of(typed)
    return f"{digits[:3]}-{digits[3:]}" if _POSTAL_CODE.fullmatch(digits) else None


def usable_address(typed: str) -> str | None:
    """住所, in one line."""
    address = " ".join(typed.split())
    fits = 0 < len(address) <= LONGEST_ADDRESS and address.isprintable()
    return address if fits else None


def usable_phone(typed: str) -> str | None:
    """電話番号 with its area code, digits only."""
    digits = digits_of(typed)
    return digits if _PHONE.fullmatch(digits) else None


def usable_mobile_phone(typed: str) -> str | None:
    """携帯電話番号, digits only."""
    digits = digits_of(typed)
    return digits if _MOBILE_PHONE.fullmatch(digits) else None


def _is_of_a_name(character: str) -> bool:
    # Letters and their marks: no digit, no symbol, and so no 〓 of a character that could not be shown.
    return character in _IN_NAMES or unicodedata.category(character)[0] in "LM"
