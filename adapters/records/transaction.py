"""The POS journal (利用履歴): what was bought, put in and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from adapters.records.member import MemberNumber
from adapters.records.statement import YearMonth


class Genre(Enum):
    """ジャンル. NONE stands on what is not a purchase, such as a deposit."""

    NONE = "NONE"
    FOOD = "FOOD"
    BOOKS = "BOOKS"
    MAGAZINES = "MAGAZINES"
    STATIONERY = "STATIONERY"
    COMPUTERS = "COMPUTERS"
    COURSES = "COURSES"
    FURNISHINGS = "FURNISHINGS"
    DRIVING_SCHOOL = "DRIVING_SCHOOL"
    DAILY_GOODS = "DAILY_GOODS"
    OTHER = "OTHER"


class Tender(Enum):
    """How it was paid."""

    PICO = "PICO"
    CASH = "CASH"
    CREDIT_CARD = "CREDIT_CARD"
    MEAL_CARD = "MEAL_CARD"
    POINTS = "POINTS"
    PAYMENT_SLIP = "PAYMENT_SLIP"


class TransactionType(Enum):
    """売上, 取消, 入金, オートチャージ (B4), Webポイント (B7), 払込票の受取 (B11)."""

    PURCHASE = "PURCHASE"
    REVERSAL = "REVERSAL"
    DEPOSIT = "DEPOSIT"
    AUTOMATIC_TOP_UP = "AUTOMATIC_TOP_UP"
    WEB_POINT_TOP_UP = "WEB_POINT_TOP_UP"
    SLIP_RECEIPT = "SLIP_RECEIPT"


class TransactionKey(NamedTuple):
    """Names one transaction for ever: business day, store, register, sequence number. Sorts by time of booking."""

    business_date: date
    store_code: str
    register: str
    sequence: int


@dataclass(frozen=True, slots=True)
class TransactionItem:
    """One line of a receipt: unit price and amount in yen."""

    name: str
    quantity: int
    unit_price: int
    amount: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """One receipt. `amount` is in yen: positive for purchases and deposits alike, negative for a reversal.

    `prepaid_after` is the card's balance afterwards, None when Pico was not touched; `reverses` names the
    transaction a reversal takes back.
    """

    member_number: MemberNumber
    key: TransactionKey
    occurred_at: datetime
    type: TransactionType
    genre: Genre
    tender: Tender
    amount: int
    points_earned: int
    prepaid_after: int | None
    newcomer_purchase: bool
    reverses: TransactionKey | None
    items: tuple[TransactionItem, ...]


class TransactionsQuery(NamedTuple):
    """A member's transactions, newest first. `None` in a filter means all; `after` is the last key already seen.

    `tenders` restricts purchases and reversals only; money put on the card passes it (B25, B26).
    """

    member_number: MemberNumber
    since: date
    until: date
    types: frozenset[TransactionType] | None
    genres: frozenset[Genre] | None
    tenders: frozenset[Tender] | None
    limit: int
    after: TransactionKey | None


@dataclass(frozen=True, slots=True)
class TransactionPage:
    """The answer to one `TransactionsQuery`, and the day its figures are of."""

    as_of: date
    transactions: Sequence[Transaction]
    has_next: bool


class SpendingQuery(NamedTuple):
    """A member's spending by month and genre, both months inclusive. `None` in a filter means all."""

    member_number: MemberNumber
    since: YearMonth
    until: YearMonth
    genres: frozenset[Genre] | None
    tenders: frozenset[Tender] | None


@dataclass(frozen=True, slots=True)
class MonthlySpending:
    """Yen spent (net of reversals) in one genre in one month, and the number of receipts."""

    month: YearMonth
    genre: Genre
    amount: int
    receipts: int
