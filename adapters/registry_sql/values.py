"""What the columns of the registry say that are neither era dates nor codes.

A reader raises `ValueError` for what it cannot read and gives None for blank.
"""

from decimal import Decimal

from adapters.legacy_text import digits, shown
from adapters.records import YearMonth

EARLIEST_YEAR = 1900


def person_name(text: str) -> str:
    """Family and given name with one space between, however many of whatever width the registry has."""
    return " ".join(shown(text).split())


def phone(text: str) -> str | None:
    """A telephone number's digits."""
    return digits(text) or None


def postal_code(text: str) -> str | None:
    """郵便番号 as `036-8224`, however it was typed."""
    found = digits(text)
    if not found:
        return None
    if len(found) != 7:
        raise ValueError("not seven digits")
    return f"{found[:3]}-{found[3:]}"


def year(text: str) -> int | None:
    """A Gregorian year."""
    typed = text.strip()
    if not typed:
        return None
    found = count(typed)
    if found < EARLIEST_YEAR:
        raise ValueError("no year of a living person's")
    return found


def count(text: str) -> int:
    """A zero-padded number."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit()):
        raise ValueError("not digits")
    return int(typed)


def yen(value: Decimal | int | float) -> int:
    """An amount: a whole number, whatever type the driver gives."""
    amount = int(value)
    if amount != value:
        raise ValueError("not whole yen")
    return amount


def month(text: str) -> YearMonth:
    """A billing month, `202004`."""
    typed = text.strip()
    if len(typed) != 6:
        raise ValueError("not a year and a month")
    found = YearMonth(count(typed[:4]), count(typed[4:]))
    if not 1 <= found.month <= 12:
        raise ValueError("no such month")
    return found


def month_text(asked: YearMonth) -> str:
    """A month as the registry writes it."""
    return f"{asked.year:04d}{asked.month:02d}"


def optional_text(text: str) -> str | None:
    """Text, None for blank."""
    return shown(text) or None
