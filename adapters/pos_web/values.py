"""Values as docs/wire/pos.md writes them.

Readers raise `ValueError` for what they cannot read, writers for what the POS would refuse, neither quoting it.
"""

import re
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal

from adapters.japan_time import JAPAN
from adapters.records import MemberNumber, TransactionKey, YearMonth

NO_DAY = "00000000"
DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
KEY = re.compile(r"[0-9]{8}-[0-9]{3}-[0-9]{2}-[0-9]{6}")


def number(text: str) -> int:
    """`000004500` or, below zero, `000000350-`."""
    if text.isascii() and text.isdigit():  # nearly all
        return int(text)
    figures = text.strip()
    negative = figures.endswith("-")
    amount = _digits(figures.removesuffix("-"))
    return -amount if negative else amount


def number_or_none(text: str) -> int | None:
    """A number, or blank for none."""
    return number(text) if text.strip() else None


def decimal(text: str) -> Decimal:
    """`0598.0`."""
    figures = text.strip()
    if not DECIMAL.fullmatch(figures):
        raise ValueError("not a decimal")
    return Decimal(figures)


def flag(text: str) -> bool:
    """`0` or `1`."""
    match text.strip():
        case "1":
            return True
        case "0":
            return False
        case _:
            raise ValueError("not a flag")


def day(text: str) -> date:
    """`20261120`."""
    figures = _exactly(8, text)
    return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))


def day_or_none(text: str) -> date | None:
    """`20261120`, or `00000000` for none."""
    return None if text.strip() in ("", NO_DAY) else day(text)


def month(text: str) -> YearMonth:
    """`202611`."""
    figures = _exactly(6, text)
    return YearMonth.of(date(int(figures[:4]), int(figures[4:]), 1))


def time(text: str) -> datetime:
    """`20261120123000`, which is Japan time."""
    figures = _exactly(14, text)
    of_day = clock_time(int(figures[8:10]), int(figures[10:12]), int(figures[12:]))
    return datetime.combine(day(figures[:8]), of_day, JAPAN)


def key(text: str) -> TransactionKey:
    """A transaction's key, `20261120-001-03-000123`."""
    if not KEY.fullmatch(text.strip()):
        raise ValueError("not a transaction key")
    business_day, store, register, sequence = text.strip().split("-")
    return TransactionKey(day(business_day), store, register, int(sequence))


def key_or_none(text: str) -> TransactionKey | None:
    """A transaction's key, or blank for none."""
    return key(text) if text.strip() else None


def write_number(number: MemberNumber) -> str:
    """`210100000001`."""
    if len(number) > 12:
        raise ValueError("a member number of more than 12 digits")
    _digits(number)
    return number


def write_day(when: date) -> str:
    """`20261120`."""
    return f"{when:%Y%m%d}"


def write_month(when: YearMonth) -> str:
    """`202611`."""
    return f"{when.year:04d}{when.month:02d}"


def write_page_size(limit: int) -> str:
    """1 to 200: the POS puts no more into one page, and takes no other number."""
    if limit < 1:
        raise ValueError("a page of less than one")
    return str(min(limit, 200))


def write_key(transaction: TransactionKey) -> str:
    """`20261120-001-03-000123`."""
    business_day = write_day(transaction.business_date)
    text = f"{business_day}-{transaction.store_code}-{transaction.register}-{transaction.sequence:06d}"
    if not KEY.fullmatch(text):
        raise ValueError("not a transaction key")
    return text


def write_points(points: int) -> str:
    """`000000200`. The POS moves more than none at a time."""
    if points < 1:
        raise ValueError("not a number of points to move")
    return f"{points:09d}"


def write_store(code: str) -> str:
    """`101`."""
    return _exactly(3, code)


def write_card(number: str) -> str:
    """A card's 16 digits."""
    return _exactly(16, number)


def _digits(figures: str) -> int:
    if not (figures.isascii() and figures.isdigit()):
        raise ValueError("not digits")
    return int(figures)


def _exactly(length: int, text: str) -> str:
    figures = text.strip()
    if len(figures) != length or not (figures.isascii() and figures.isdigit()):
        raise ValueError(f"not {length} digits")
    return figures
