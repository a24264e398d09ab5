"""The inquiries (照会) of docs/wire/pos.md: what each asks of the POS, and what its answer becomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from adapters.pos_web import codes, reading, values
from adapters.pos_web.wire import Fields, Row
from adapters.records import (
    LifetimeTotals,
    MealCardContract,
    MealDay,
    MealDaysQuery,
    MemberNumber,
    MonthlySpending,
    PrepaidBalance,
    PrepaidItem,
    SpendingQuery,
    Suspension,
    Transaction,
    TransactionKey,
    TransactionPage,
    TransactionsQuery,
    WebPointEntry,
)

K = TypeVar("K")
V = TypeVar("V")

MemberTransaction = tuple[MemberNumber, TransactionKey]


@dataclass(frozen=True, slots=True)
class Inquiry(Generic[K, V]):
    """One SHORI."""

    shori: str
    ask: Callable[[K], Fields]
    """The KUMIAIIN that asks for a key. Raises `ValueError` for a question that the POS would not understand."""
    read: Callable[[Row, K, date], V]
    """The record from a MEISAI and the business day its figures are of."""
    none: Callable[[date], V]
    """What stands for result codes 1001 and 1002: no such member, and none of it."""
    numbered: bool = False
    """Whether TSUBAN tells questions about the same member apart."""
    of_the_day: bool = False
    """Whether its answer changes with the business day and not before. Money in motion does: balances, what waits to
    be collected, suspensions and Web points follow what members and stores do."""


def for_member(number: MemberNumber) -> Fields:
    """The KUMIAIIN of most inquiries."""
    return {"NO": values.write_number(number)}


def balance(row: Row, number: MemberNumber, as_of: date) -> PrepaidBalance:
    """ZANDAKA (B1, B5)."""
    return PrepaidBalance(number, as_of, row.number("PZAN"), row.number("POINT"), row.number("WPOINT"))


def prepaid_items(row: Row, _number: MemberNumber, _as_of: date) -> Sequence[PrepaidItem]:
    """MIUKE (B10)."""
    return tuple(reading.prepaid_item(item) for item in row.rows("ITEM"))


def lifetime(row: Row, number: MemberNumber, as_of: date) -> LifetimeTotals:
    """RUIKEI (B30, B31)."""
    return LifetimeTotals(
        member_number=number,
        as_of=as_of,
        spent=row.number("RKIN"),
        points_earned=row.number("RPOINT"),
        newcomer_purchases=row.number("SHINNYU"),
        by_genre=tuple(reading.genre_total(part) for part in row.rows("UCHIWAKE")),
    )


def suspension(row: Row, number: MemberNumber, _as_of: date) -> Suspension:
    """TEISHI (D1)."""
    store = row.identifier("TENPO")
    since = row.read("TEISHIBI", values.day)
    return Suspension(number, since, None if store == codes.ASKED_ON_THE_WEB else store)


def web_points(row: Row, _number: MemberNumber, _as_of: date) -> Sequence[WebPointEntry]:
    """WEBPT (B5)."""
    return tuple(reading.web_point_entry(line) for line in row.rows("GYO"))


def meal_card(row: Row, number: MemberNumber, as_of: date) -> MealCardContract:
    """MEAL (C1)."""
    return MealCardContract(
        member_number=number,
        as_of=as_of,
        plan_name=row.text("PLAN"),
        valid_from=row.read("KAISHI", values.day),
        valid_until=row.read("SHURYO", values.day),
        total=reading.meal_usage(row),
    )


def for_meal_days(query: MealDaysQuery) -> Fields:
    """The KUMIAIIN of MEALBI."""
    return {
        "NO": values.write_number(query.member_number),
        "KAISHI": values.write_day(query.since),
        "SHURYO": values.write_day(query.until),
    }


def meal_days(row: Row, _query: MealDaysQuery, _as_of: date) -> Sequence[MealDay]:
    """MEALBI (C1, C2)."""
    return tuple(reading.meal_day(day) for day in row.rows("HI"))


def for_transactions(query: TransactionsQuery) -> Fields:
    """The KUMIAIIN of RIREKI."""
    return {
        "NO": values.write_number(query.member_number),
        "KAISHI": values.write_day(query.since),
        "SHURYO": values.write_day(query.until),
        "SHUBETSU": codes.filter_of(codes.TYPES, query.types),
        "JANRU": codes.filter_of(codes.GENRES, query.genres),
        "SHIHARAI": codes.filter_of(codes.TENDERS, query.tenders),
        "KENSU": values.write_page_size(query.limit),
        "TSUZUKI": "" if query.after is None else values.write_key(query.after),
    }


def transactions(row: Row, query: TransactionsQuery, as_of: date) -> TransactionPage:
    """RIREKI (B25–B29)."""
    page = tuple(reading.transaction(entry, query.member_number) for entry in row.rows("TORIHIKI"))
    return TransactionPage(as_of, page, has_next=row.read("TSUGI", values.flag))


def for_transaction(key: MemberTransaction) -> Fields:
    """The KUMIAIIN of RIREKI1."""
    number, transaction_key = key
    return {"NO": values.write_number(number), "KAGI": values.write_key(transaction_key)}


def transaction(row: Row, key: MemberTransaction, _as_of: date) -> Transaction:
    """RIREKI1."""
    return reading.transaction(row.row("TORIHIKI"), key[0])


def for_spending(query: SpendingQuery) -> Fields:
    """The KUMIAIIN of TSUKI."""
    return {
        "NO": values.write_number(query.member_number),
        "KAISHI": values.write_month(query.since),
        "SHURYO": values.write_month(query.until),
        "JANRU": codes.filter_of(codes.GENRES, query.genres),
        "SHIHARAI": codes.filter_of(codes.TENDERS, query.tenders),
    }


def spending(row: Row, _query: SpendingQuery, _as_of: date) -> Sequence[MonthlySpending]:
    """TSUKI (B30)."""
    return tuple(reading.monthly_spending(month) for month in row.rows("TSUKI"))


def nothing(_as_of: date) -> None:
    """No record."""


def no_records(_as_of: date) -> tuple[()]:
    """An empty list."""
    return ()


def no_transactions(as_of: date) -> TransactionPage:
    """An empty page."""
    return TransactionPage(as_of, (), has_next=False)


BALANCES: Final[Inquiry[MemberNumber, PrepaidBalance | None]] = Inquiry(
    "ZANDAKA", for_member, balance, nothing
)
PREPAID_ITEMS: Final[Inquiry[MemberNumber, Sequence[PrepaidItem]]] = Inquiry(
    "MIUKE", for_member, prepaid_items, no_records
)
LIFETIMES: Final[Inquiry[MemberNumber, LifetimeTotals | None]] = Inquiry(
    "RUIKEI", for_member, lifetime, nothing, of_the_day=True
)
SUSPENSIONS: Final[Inquiry[MemberNumber, Suspension | None]] = Inquiry(
    "TEISHI", for_member, suspension, nothing
)
WEB_POINTS: Final[Inquiry[MemberNumber, Sequence[WebPointEntry]]] = Inquiry(
    "WEBPT", for_member, web_points, no_records
)
MEAL_CARDS: Final[Inquiry[MemberNumber, MealCardContract | None]] = Inquiry(
    "MEAL", for_member, meal_card, nothing, of_the_day=True
)
MEAL_DAYS: Final[Inquiry[MealDaysQuery, Sequence[MealDay]]] = Inquiry(
    "MEALBI", for_meal_days, meal_days, no_records, numbered=True, of_the_day=True
)
TRANSACTIONS: Final[Inquiry[TransactionsQuery, TransactionPage]] = Inquiry(
    "RIREKI", for_transactions, transactions, no_transactions, numbered=True, of_the_day=True
)
TRANSACTION: Final[Inquiry[MemberTransaction, Transaction | None]] = Inquiry(
    "RIREKI1", for_transaction, transaction, nothing, of_the_day=True
)
SPENDING: Final[Inquiry[SpendingQuery, Sequence[MonthlySpending]]] = Inquiry(
    "TSUKI", for_spending, spending, no_records, numbered=True, of_the_day=True
)
