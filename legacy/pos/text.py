"""Text and figures as the POS writes them: CP932 by its vendor's tables, cut and padded by bytes."""

from datetime import date, datetime
from decimal import Decimal
from functools import cache

_FULL_WIDTH_SPACE = "\u3000".encode("cp932")
_NEC_ROWS = frozenset({0xED, 0xEE})
"""Where Python puts the IBM extensions; the vendor's encoder puts them into rows FA-FC."""


@cache
def _vendor_bytes() -> dict[str, bytes]:
    preferred: dict[str, bytes] = {}
    for lead in range(0xFA, 0xFD):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            pair = bytes((lead, trail))
            character = pair.decode("cp932", errors="ignore")
            if character and character.encode("cp932")[0] in _NEC_ROWS:
                preferred.setdefault(character, pair)
    return preferred


def encoded(text: str) -> bytes:
    """CP932 with the vendor's choice among equal codes: 髙 is FBFC, 﨑 is FAB1."""
    plain = text.encode("cp932")
    if _NEC_ROWS.isdisjoint(plain):
        return plain
    preferred = _vendor_bytes()
    return b"".join(preferred.get(character) or character.encode("cp932") for character in text)


def escaped(content: bytes) -> bytes:
    """Safe between tags. The three characters are no trail bytes in CP932, so bytes may be replaced."""
    return content.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


@cache
def field(text: str, width: int) -> bytes:
    """A text field of so many bytes: cut there, a double-byte character in half if need be, or padded to it.

    Kept for ever: the texts are those of the catalogue.
    """
    content = encoded(text)[:width]
    missing = width - len(content)
    wide = _FULL_WIDTH_SPACE * (missing // 2) if content[-1:] >= b"\x80" else b""
    return escaped(content + wide + b" " * (missing - len(wide)))


def number(amount: int) -> bytes:
    """Nine digits, the minus behind: `000000350-`."""
    return b"%09d-" % -amount if amount < 0 else b"%09d" % amount


def measure(amount: Decimal) -> bytes:
    """A nutrient with one place: `0598.0`."""
    return b"%06.1f" % amount


def day(when: date | None) -> bytes:
    """YYYYMMDD, `00000000` for none."""
    return b"00000000" if when is None else b"%04d%02d%02d" % (when.year, when.month, when.day)


def time(when: datetime) -> bytes:
    """YYYYMMDDHHMMSS, Japan time."""
    return b"%b%02d%02d%02d" % (day(when), when.hour, when.minute, when.second)


def flag(truth: bool) -> bytes:
    """`1` or `0`."""
    return b"1" if truth else b"0"
