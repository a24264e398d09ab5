"""The POS's codes and what they stand for, as docs/wire/pos.md has them."""

from collections.abc import Mapping
from enum import Enum
from typing import Final, TypeVar

from adapters.records import Genre, PrepaidSource, Tender, TransactionType, WebPointEntryKind

E = TypeVar("E", bound=Enum)


class Result:
    """KEKKA: the codes that the adapter tells apart."""

    DONE: Final = "0000"
    DONE_IN_PART: Final = "0010"
    NO_SUCH_MEMBER: Final = "1001"
    NONE_OF_IT: Final = "1002"
    NEVER_SEEN: Final = "1003"
    NOT_ENOUGH_POINTS: Final = "2001"
    ALREADY_SUSPENDED: Final = "2002"
    NOT_SUSPENDED: Final = "2003"
    NOT_RECEIVABLE: Final = "2004"
    CLOSED: Final = "9001"
    BUSY: Final = "9002"
    NOT_UNDERSTOOD: Final = "9100"
    REFUSED: Final = "9101"
    OTHER_INSTRUCTION: Final = "9110"


ASKED_ON_THE_WEB: Final = "999"
"""The TENPO of a suspension that the member asked for on the Web."""

TYPES: Final[Mapping[str, TransactionType]] = {
    "01": TransactionType.PURCHASE,
    "02": TransactionType.REVERSAL,
    "03": TransactionType.DEPOSIT,
    "04": TransactionType.AUTOMATIC_TOP_UP,
    "05": TransactionType.WEB_POINT_TOP_UP,
    "06": TransactionType.SLIP_RECEIPT,
}

GENRES: Final[Mapping[str, Genre]] = {
    "00": Genre.NONE,
    "10": Genre.FOOD,
    "20": Genre.BOOKS,
    "21": Genre.MAGAZINES,
    "30": Genre.STATIONERY,
    "40": Genre.COMPUTERS,
    "41": Genre.COURSES,
    "50": Genre.FURNISHINGS,
    "51": Genre.DRIVING_SCHOOL,
    "60": Genre.DAILY_GOODS,
    "90": Genre.OTHER,
}

TENDERS: Final[Mapping[str, Tender]] = {
    "1": Tender.PICO,
    "2": Tender.CASH,
    "3": Tender.CREDIT_CARD,
    "4": Tender.MEAL_CARD,
    "5": Tender.POINTS,
    "6": Tender.PAYMENT_SLIP,
}

PREPAID_SOURCES: Final[Mapping[str, PrepaidSource]] = {
    "1": PrepaidSource.PAYMENT_SLIP,
    "2": PrepaidSource.WEB_POINTS,
}

WEB_POINT_KINDS: Final[Mapping[str, WebPointEntryKind]] = {
    "1": WebPointEntryKind.EARNED,
    "2": WebPointEntryKind.TRANSFERRED,
}


def meaning(codes: Mapping[str, E], code: str) -> E:
    """What a code stands for. Raises `ValueError` for one that is not in the table."""
    try:
        return codes[code.strip()]
    except KeyError:
        raise ValueError("an unknown code") from None


def filter_of(codes: Mapping[str, E], wanted: frozenset[E] | None) -> str:
    """The codes that let only these through, comma-separated; blank, which means all, for None.

    Raises `ValueError` for an empty set, which the POS would take for all.
    """
    if wanted is None:
        return ""
    if not wanted:
        raise ValueError("an empty filter lets nothing through: do not ask")
    return ",".join(code for code, meant in codes.items() if meant in wanted)
