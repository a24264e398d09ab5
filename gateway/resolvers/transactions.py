"""利用履歴: what the portals show of the POS journal, through the co-op's windows (B24–B29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from adapters.records import (
    Genre,
    MemberNumber,
    MonthlySpending,
    Page,
    SpendingQuery,
    Tender,
    Transaction,
    TransactionKey,
    TransactionsQuery,
    TransactionType,
    YearMonth,
)
from gateway.context import Context, Section
from gateway.coop_terms import HistoryKind, PortalView
from gateway.errors import BadInput, HistoryKindNotOffered
from gateway.paging import page_size, read_cursor, write_cursor
from gateway.resolvers import places
from gateway.resolvers.members import FoundMember
from gateway.resolvers.pico import at_pos
from gateway.rules import history_windows

C = TypeVar("C")

SPENDING_MONTHS = 13
"""How many months a chart may show (B24)."""


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """What a frontend narrows a history to; None means no narrowing. Days are inclusive."""

    types: frozenset[TransactionType] | None = None
    genres: frozenset[Genre] | None = None
    tenders: frozenset[Tender] | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class HistoryWish:
    """Which history, of which page, narrowed how."""

    view: PortalView
    kind: HistoryKind
    narrowed: HistoryFilter


def _both(window: frozenset[C] | None, wish: frozenset[C] | None) -> frozenset[C] | None:
    if window is None or wish is None:
        return wish if window is None else window
    return window & wish


def _window(context: Context, member: FoundMember, wish: HistoryWish) -> history_windows.HistoryWindow:
    here = at_pos(context, member.number, Section.TRANSACTIONS)
    try:
        return history_windows.window(
            here.rules.history, wish.view, wish.kind, context.today, lambda: member.record().joined_on
        )
    except history_windows.HistoryKindNotOffered as error:
        raise HistoryKindNotOffered from error


def write_key(key: TransactionKey) -> str:
    """A transaction's key as a cursor."""
    return write_cursor(key.business_date.isoformat(), key.store_code, key.register, str(key.sequence))


async def history(
    context: Context, member: FoundMember, wish: HistoryWish, first: int, after: str | None
) -> Page[Transaction]:
    """One page of a history, newest first, within the window of that page of the portal."""
    here = at_pos(context, member.number, Section.TRANSACTIONS)
    window = _window(context, member, wish)
    narrowed = wish.narrowed
    query = TransactionsQuery(
        member_number=member.number,
        since=max(window.since, narrowed.since or window.since),
        until=min(window.until, narrowed.until or window.until),
        types=_both(window.types, narrowed.types),
        genres=_both(window.genres, narrowed.genres),
        tenders=_both(window.tenders, narrowed.tenders),
        limit=page_size(first),
        after=read_cursor(after, places.transaction_key),
    )
    if query.since > query.until or frozenset() in (query.types, query.genres, query.tenders):
        return Page((), has_next=False)
    page = (await here.pos.transactions.load(query)).value
    return Page(page.transactions, page.has_next)


async def spending(
    context: Context, member: FoundMember, view: PortalView, months: int
) -> Sequence[MonthlySpending]:
    """Spending by month and genre of the last months, this one included, oldest first (B33)."""
    here = at_pos(context, member.number, Section.TRANSACTIONS)
    if not 1 <= months <= SPENDING_MONTHS:
        raise BadInput("months", f"月数は1から{SPENDING_MONTHS}までで指定してください。")
    window = _window(context, member, HistoryWish(view, HistoryKind.ALL, HistoryFilter()))
    until = YearMonth.of(context.today)
    query = SpendingQuery(
        member_number=member.number,
        since=max(until.plus(1 - months), YearMonth.of(window.since)),
        until=until,
        genres=window.genres,
        tenders=window.tenders,
    )
    return (await here.pos.spending.load(query)).value


async def one(context: Context, number: MemberNumber, key: TransactionKey) -> Transaction | None:
    """A single transaction, None when there is none of that key."""
    here = at_pos(context, number, Section.TRANSACTIONS)
    return (await here.pos.transaction.load((number, key))).value
