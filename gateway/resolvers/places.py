"""What cursors and global ids name, read strictly.

They come back from clients. What somebody made up is a `ValueError` or `TypeError` here, before any system or
database is asked with it; `read_cursor` and `fetch` tell the client which argument it was.
"""

import re
from datetime import date, datetime
from uuid import UUID

from adapters.records import MemberNumber, TransactionKey, YearMonth
from gateway.clock import JAPAN

_MEMBER_NUMBER = re.compile(r"[0-9]{1,12}")
_TRANSACTION = re.compile(r"[0-9]{3}-[0-9]{2}-[0-9]{1,6}")
_ENTRY = re.compile(r"[0-9]{1,18}")
_YEARS = range(1900, 9999)


def member_number(text: str) -> MemberNumber:
    """A number as the registry keeps it, whatever the co-op's own format."""
    return MemberNumber(_matching(_MEMBER_NUMBER, text))


def day(text: str) -> date:
    """`2026-11-20`."""
    read = date.fromisoformat(text)
    _require_year(read)
    return read


def month(year: str, month_of_year: str) -> YearMonth:
    """`2026` and `11`."""
    return YearMonth.of(day(f"{int(year):04d}-{int(month_of_year):02d}-01"))


def instant(text: str) -> datetime:
    """An ISO time with its offset, in Japan time."""
    read = datetime.fromisoformat(text)
    _require_year(read)
    if read.tzinfo is None:
        raise ValueError("no offset")
    return read.astimezone(JAPAN)


def identity(text: str) -> UUID:
    """A UUID."""
    return UUID(name(text))


def name(text: str) -> str:
    """Another system's own name of something: any text."""
    if not isinstance(text, str):
        raise TypeError("no text")
    return text


def entry_id(text: str) -> int:
    """A row of the access log."""
    return int(_matching(_ENTRY, text))


def transaction_key(business_date: str, store_code: str, register: str, sequence: str) -> TransactionKey:
    """A receipt: day, store, register and number, as the POS numbers them."""
    _matching(_TRANSACTION, "-".join((store_code, register, sequence)))
    return TransactionKey(day(business_date), store_code, register, int(sequence))


def _require_year(read: date) -> None:
    if read.year not in _YEARS:
        raise ValueError("no year of any record")


def _matching(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not of the form")
    return text
