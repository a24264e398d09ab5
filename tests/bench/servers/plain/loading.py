"""Where the types come from: dataloaders of a request over the legacy systems, or memory."""

from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from strawberry.dataloader import DataLoader

from adapters.records import (
    Answers,
    MemberNumber,
    MemberSearch,
    SpendingQuery,
    TransactionsQuery,
    YearMonth,
)
from gateway.clock import system_clock
from gateway.coop_terms import HistoryKind, PortalView
from gateway.paging import read_cursor
from gateway.resolvers import places
from gateway.rules import history_windows
from gateway.systems import Systems
from tests.bench.servers.plain import types
from tests.bench.servers.plain.making import Maker

K = TypeVar("K", bound=Hashable)
Make = Callable[[Any, Any], Any]
Find = Callable[[Any], Any]
"""From a key to what was made for it, or to the promise of it."""


@dataclass(frozen=True, slots=True)
class Asker:
    """The context of a request: who asks (None for staff), and where everything comes from."""

    number: MemberNumber | None
    load: "Load"


@dataclass(frozen=True, slots=True)
class Source:
    """A batch read, and what is made of each answer for its key."""

    read: Callable[[Sequence[Any]], Awaitable[Answers[Any, Any]]]
    make: Make

    async def made(self, keys: Sequence[Any]) -> list[Any]:
        """For each key."""
        answers = await self.read(keys)
        return [self.make(key, answers.of(key)) for key in keys]


def sources(systems: Systems, maker: Maker) -> Mapping[str, Source]:
    """Everything the screens ask for, by name."""
    registry, pos = systems.registry, systems.pos
    assert pos is not None
    return {
        "member": Source(registry.members, lambda _, record: maker.member(record)),
        "cards": Source(registry.cards, lambda _, found: maker.cards(found)),
        "pico": Source(pos.balances, lambda _, record: maker.pico(record)),
        "unreceived": Source(pos.prepaid_items, lambda _, found: maker.unreceived(found)),
        "lifetime": Source(pos.lifetimes, lambda _, record: maker.lifetime(record)),
        "suspension": Source(pos.suspensions, lambda _, record: maker.suspension(record)),
        "meal_card": Source(pos.meal_cards, lambda _, record: maker.meal_card(record)),
        "transactions": Source(pos.transactions, lambda _, page: maker.transactions(page)),
        "spending": Source(pos.spending, lambda _, found: maker.spending(found)),
        "feed": Source(systems.notices.notices, maker.feed),
    }


class Paged(Protocol):
    """Pages of the co-op's members."""

    def __call__(self, first: int, after: MemberNumber | None) -> Any: ...


class Load:
    """What resolvers ask. `finds` are by the names of `sources`."""

    def __init__(self, finds: Mapping[str, Find], pages: Paged, maker: Maker) -> None:
        self.member, self.cards, self.pico = finds["member"], finds["cards"], finds["pico"]
        self.unreceived, self.lifetime = finds["unreceived"], finds["lifetime"]
        self.suspension, self.meal_card = finds["suspension"], finds["meal_card"]
        self._transactions, self._spending, self._feed = (
            finds["transactions"],
            finds["spending"],
            finds["feed"],
        )
        self._pages = pages
        self._maker = maker

    def members(self, first: int, after: str | None) -> Any:
        """A page of the co-op's members."""
        return self._pages(first, read_cursor(after, places.member_number))

    def transactions(self, number: MemberNumber, view: PortalView, kind: HistoryKind, first: int) -> Any:
        """A page of a history."""
        return self._transactions(transactions_query(self._maker, number, view, kind, first))

    def spending(self, number: MemberNumber, months: int) -> Any:
        """Of the last months."""
        return self._spending(spending_query(number, months))

    def notices(self, number: MemberNumber, first: int) -> Any:
        """The newest notices."""
        feed = self._feed(number)
        return _newest(feed, first) if isinstance(feed, list) else _awaited_newest(feed, first)


def _newest(feed: list[types.Edge[types.Notice]], first: int) -> types.NoticeConnection:
    return types.NoticeConnection(edges=feed[:first])


async def _awaited_newest(
    feed: Awaitable[list[types.Edge[types.Notice]]], first: int
) -> types.NoticeConnection:
    return _newest(await feed, first)


def transactions_query(
    maker: Maker, number: MemberNumber, view: PortalView, kind: HistoryKind, first: int
) -> TransactionsQuery:
    """Within the co-op's window; no history that the screens ask for begins with joining."""
    today = system_clock().date()
    window = history_windows.window(maker.rules.history, view, kind, today, lambda: date.min)
    return TransactionsQuery(
        member_number=number,
        since=window.since,
        until=window.until,
        types=window.types,
        genres=window.genres,
        tenders=window.tenders,
        limit=first,
        after=None,
    )


def spending_query(number: MemberNumber, months: int) -> SpendingQuery:
    """Of the last months, this one included."""
    until = YearMonth.of(system_clock().date())
    return SpendingQuery(number, until.plus(1 - months), until, genres=None, tenders=None)


def dataloaders(systems: Systems, maker: Maker) -> Load:
    """Those of one request."""
    finds = {name: DataLoader(source.made).load for name, source in sources(systems, maker).items()}

    async def page(first: int, after: MemberNumber | None) -> types.Connection[types.Member]:
        return maker.members(await systems.registry.search(MemberSearch(), limit=first, after=after))

    return Load(finds, page, maker)
