"""The types. What takes a question to a legacy system has a resolver, everything else is an attribute."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast

import strawberry
from strawberry import Private

from adapters.records import (
    CardState,
    Genre,
    MemberKind,
    MemberNumber,
    MemberStatus,
    NoticeAudience,
    PrepaidSource,
    Tender,
    TransactionType,
    YearMonth,
)
from gateway.coop_terms import HistoryKind, PortalView
from gateway.schema.enums import SnapshotState
from gateway.schema.scalars import Yen

if TYPE_CHECKING:
    from tests.bench.servers.plain.loading import Asker


N = TypeVar("N")


def _asker(info: strawberry.Info) -> "Asker":
    return cast("Asker", info.context)


@strawberry.type
class PageInfo:
    has_next_page: bool
    end_cursor: str | None


@strawberry.type
class Edge(Generic[N]):
    node: N


@strawberry.type
class Connection(Generic[N]):
    edges: list[Edge[N]]
    page_info: PageInfo


@strawberry.type
class Store:
    name: str


@strawberry.type
class TransactionItem:
    name: str
    quantity: int
    amount: Yen


@strawberry.type
class Transaction:
    id: strawberry.ID
    occurred_at: datetime
    business_date: date
    store: Store | None
    type: TransactionType
    genre: Genre
    tender: Tender
    amount: Yen
    points_earned: int
    prepaid_after: Yen | None
    items: list[TransactionItem]


@strawberry.type
class MonthlySpending:
    month: YearMonth
    genre: Genre
    amount: Yen
    receipts: int


@strawberry.type
class WebPoints:
    balance: int
    transferable: int


@strawberry.type
class UnreceivedItem:
    source: PrepaidSource
    amount: Yen
    paid_on: date
    posted_on: date | None


@strawberry.type
class UnreceivedPrepaid:
    total: Yen
    pickup_phrase: str
    items: list[UnreceivedItem]


@strawberry.type
class GenreTotal:
    genre: Genre
    amount: Yen


@strawberry.type
class LifetimeTotals:
    spent: Yen
    points_earned: int
    newcomer_purchases: Yen
    breakdown: list[GenreTotal]


@strawberry.type
class PicoSuspension:
    since: date
    how_to_resume: str


@strawberry.type
class Pico:
    owner: Private[MemberNumber]
    as_of: date
    snapshot: SnapshotState
    as_of_note: str
    prepaid_balance: Yen
    points: int
    points_to_automatic_top_up: int
    web_points: WebPoints

    @strawberry.field(graphql_type=UnreceivedPrepaid | None)
    def unreceived_prepaid(self, info: strawberry.Info) -> Any:
        return _asker(info).load.unreceived(self.owner)

    @strawberry.field(graphql_type=LifetimeTotals | None)
    def lifetime(self, info: strawberry.Info) -> Any:
        return _asker(info).load.lifetime(self.owner)

    @strawberry.field(graphql_type=PicoSuspension | None)
    def suspension(self, info: strawberry.Info) -> Any:
        return _asker(info).load.suspension(self.owner)

    @strawberry.field(graphql_type=Connection[Transaction] | None)
    def transactions(
        self,
        info: strawberry.Info,
        view: PortalView = PortalView.PC,
        kind: HistoryKind = HistoryKind.ALL,
        first: int = 20,
    ) -> Any:
        return _asker(info).load.transactions(self.owner, view, kind, first)

    @strawberry.field(graphql_type=list[MonthlySpending] | None)
    def spending(self, info: strawberry.Info, months: int = 13) -> Any:
        return _asker(info).load.spending(self.owner, months)


@strawberry.type
class MealUsage:
    days_used: int
    visits: int
    amount: Yen


@strawberry.type
class MealCard:
    plan_name: str
    valid_until: date
    total: MealUsage


@strawberry.type
class Notice:
    id: strawberry.ID
    audience: NoticeAudience
    title: str
    published_at: datetime
    read_at: datetime | None


@strawberry.type
class NoticeConnection:
    edges: list[Edge[Notice]]


@strawberry.type
class MemberProfile:
    name: str
    kana: str


@strawberry.type
class ShareCapital:
    units: int
    amount: Yen


@strawberry.type
class Card:
    number: str
    state: CardState
    issued_on: date


@strawberry.type
class Member:
    number: Private[MemberNumber]
    id: strawberry.ID
    number_display: str
    status: MemberStatus
    kind: MemberKind
    joined_on: date
    profile: MemberProfile
    share_capital: ShareCapital | None

    @strawberry.field(graphql_type=list[Card] | None)
    def cards(self, info: strawberry.Info) -> Any:
        return _asker(info).load.cards(self.number)

    @strawberry.field(graphql_type=Pico | None)
    def pico(self, info: strawberry.Info) -> Any:
        return _asker(info).load.pico(self.number)

    @strawberry.field(graphql_type=MealCard | None)
    def meal_card(self, info: strawberry.Info) -> Any:
        return _asker(info).load.meal_card(self.number)

    @strawberry.field(graphql_type=NoticeConnection | None)
    def notices(self, info: strawberry.Info, first: int = 20) -> Any:
        return _asker(info).load.notices(self.number, first)


@strawberry.type
class Viewer:
    number: Private[MemberNumber]

    @strawberry.field(graphql_type=Member | None)
    def member(self, info: strawberry.Info) -> Any:
        return _asker(info).load.member(self.number)


@strawberry.type
class Query:
    @strawberry.field
    def viewer(self, info: strawberry.Info) -> Viewer | None:
        number = _asker(info).number
        return None if number is None else Viewer(number=number)

    @strawberry.field(graphql_type=Connection[Member] | None)
    def members(self, info: strawberry.Info, first: int = 50, after: str | None = None) -> Any:
        return _asker(info).load.members(first, after)
