"""組合員番号 as people type it, as the systems keep it, as the card prints it (A3, A4, A5)."""

import re
import unicodedata

from adapters.records import MemberNumber
from gateway.coop_config.rules import MemberNumberFormat

# Everything Unicode calls a dash or a space, and what Japanese keyboards give for a hyphen: the long-vowel
# mark, the minus sign, a ruled line.
_SEPARATORS = re.compile(r"[\s\-\u00ad\u200b-\u200d\u2010-\u2015\u2043\u2060\u2212\u2500\u2501\u30fc\ufeff]")
_DIGITS = re.compile(r"[0-9]+")


class MemberNumberError(ValueError):
    """What was typed is no member number. The message is Japanese and meant for the member."""


def normalise(text: str) -> MemberNumber:
    """Half-width digits of what was typed, whatever the width of digits, spaces and hyphens (A4, A5)."""
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text))
    if not _DIGITS.fullmatch(digits):
        raise MemberNumberError("組合員番号は半角数字（ハイフンなし）でご入力ください。")
    return MemberNumber(digits)


def parse(text: str, fmt: MemberNumberFormat) -> MemberNumber:
    """What was typed as a number of this co-op (A3); raises `MemberNumberError`."""
    number = normalise(text)
    if len(number) != fmt.length:
        raise MemberNumberError(f"半角数字{fmt.length}桁（ハイフンなし）でご入力ください。")
    if not number.startswith(fmt.prefix):
        raise MemberNumberError(f"組合員番号は「{fmt.prefix}」から始まる{fmt.length}桁の番号です。")
    return number


def display(number: MemberNumber, fmt: MemberNumberFormat) -> str:
    """In groups, as printed on the card: 2101 1234 5678 (A5). A number of another length is left as it is."""
    if len(number) != fmt.length:
        return number
    parts, start = [], 0
    for width in fmt.groups:
        parts.append(number[start : start + width])
        start += width
    return " ".join(parts)
