"""利用履歴 (B24–B29)."""

from datetime import date, datetime

import strawberry

from adapters import records
from adapters.records import Genre, MemberNumber, Tender, TransactionType, YearMonth
from gateway.coop import Coop as CoopConfig
from gateway.execution import read_field
from gateway.resolvers import transactions as resolver
from gateway.resolvers.transactions import HistoryFilter
from gateway.schema.connections import Connection, connection
from gateway.schema.coop import Store
from gateway.schema.nodes import Node, write_global_id
from gateway.schema.scalars import Yen


@strawberry.input(description="Narrows a history within its window. What is left out is not narrowed.")
class TransactionFilter:
    """A frontend's own selection."""

    types: list[TransactionType] | None = strawberry.field(default=None, description="Only these types.")
    genres: list[Genre] | None = strawberry.field(default=None, description="Only these genres (B28).")
    tenders: list[Tender] | None = strawberry.field(
        default=None, description="Only purchases paid so; deposits are not narrowed by it."
    )
    since: date | None = strawberry.field(default=None, description="From this business day on.")
    until: date | None = strawberry.field(default=None, description="Until this business day, inclusive.")

    def to_domain(self) -> HistoryFilter:
        """As the resolver takes it."""
        return HistoryFilter(
            types=None if self.types is None else frozenset(self.types),
            genres=None if self.genres is None else frozenset(self.genres),
            tenders=None if self.tenders is None else frozenset(self.tenders),
            since=self.since,
            until=self.until,
        )


@strawberry.type(description="購入明細: one line of a receipt.")
class TransactionItem:
    """One line: a `records.TransactionItem` stands for it, whose parts have the names of its fields."""

    name: str = strawberry.field(description="商品名, as the register prints it: cut at 20 bytes.")
    quantity: int = strawberry.field(description="数量.")
    unit_price: Yen = strawberry.field(description="単価.")
    amount: Yen = strawberry.field(description="金額.")


def transaction_id(coop: CoopConfig, number: MemberNumber, key: records.TransactionKey) -> strawberry.ID:
    """A transaction's global id."""
    day, store_code, register, sequence = key
    return write_global_id(
        "Transaction", coop.code, number, day.isoformat(), store_code, register, str(sequence)
    )


def _id(self: "Transaction") -> strawberry.ID:
    return transaction_id(self.coop, self.record.member_number, self.record.key)


def _reversed(self: "Transaction") -> strawberry.ID | None:
    record = self.record
    return (
        None if record.reverses is None else transaction_id(self.coop, record.member_number, record.reverses)
    )


def _store(self: "Transaction") -> Store | None:
    return Store.with_code(self.coop, self.record.key.store_code)


@strawberry.type(description="利用履歴の一件: one receipt of the POS journal.")
class Transaction(Node):
    """One transaction; stores are named by the co-op's file."""

    record: strawberry.Private[records.Transaction]
    coop: strawberry.Private[CoopConfig]
    id: strawberry.ID = strawberry.field(resolver=_id, description="Opaque global id.")
    occurred_at: datetime = read_field("record.occurred_at", description="日時, Japan time.")
    business_date: date = read_field("record.key.business_date", description="営業日 it was booked on.")

    store: Store | None = strawberry.field(
        resolver=_store, description="店舗, null for a store the co-op no longer lists."
    )
    type: TransactionType = read_field("record.type", description="種類.")
    genre: Genre = read_field("record.genre", description="ジャンル.")
    tender: Tender = read_field("record.tender", description="支払方法.")
    amount: Yen = read_field(
        "record.amount", description="金額: negative for a reversal, positive otherwise."
    )
    points_earned: int = read_field("record.points_earned", description="獲得ポイント.")
    prepaid_after: Yen | None = read_field(
        "record.prepaid_after", description="プリペイド残高 afterwards, null when Pico was not touched."
    )
    newcomer_purchase: bool = read_field(
        "record.newcomer_purchase",
        description="新入生サポートセンターでのご購入: explains the lifetime totals (B31, B32).",
    )

    reverses: strawberry.ID | None = strawberry.field(
        resolver=_reversed, description="For a reversal, what it takes back."
    )
    items: list[TransactionItem] = read_field("record.items", description="明細.")


TransactionConnection = Connection[Transaction]


def transaction_connection(
    page: records.Page[records.Transaction], coop: CoopConfig, after: str | None
) -> TransactionConnection:
    """A page of the journal."""
    return connection(
        page.items,
        node=lambda record: Transaction(record=record, coop=coop),
        cursor=lambda record: resolver.write_key(record.key),
        has_next=page.has_next,
        after=after,
    )


@strawberry.type(description="月別・ジャンル別のご利用金額, for a chart.")
class MonthlySpending:
    """One genre in one month: a `records.MonthlySpending` stands for it."""

    month: YearMonth = strawberry.field(description="月.")
    genre: Genre = strawberry.field(description="ジャンル.")
    amount: Yen = strawberry.field(description="金額, net of reversals.")
    receipts: int = strawberry.field(description="件数.")
