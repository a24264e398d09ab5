"""利用履歴 (B24–B29)."""

from datetime import date, datetime

import strawberry

from adapters import records
from adapters.records import Genre, MemberNumber, Tender, TransactionType, YearMonth
from gateway.coop import Coop as CoopConfig
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
    """One line."""

    name: str = strawberry.field(description="商品名, as the register prints it: cut at 20 bytes.")
    quantity: int = strawberry.field(description="数量.")
    unit_price: Yen = strawberry.field(description="単価.")
    amount: Yen = strawberry.field(description="金額.")

    @classmethod
    def of(cls, record: records.TransactionItem) -> "TransactionItem":
        """From the domain."""
        return cls(
            name=record.name,
            quantity=record.quantity,
            unit_price=Yen(record.unit_price),
            amount=Yen(record.amount),
        )


@strawberry.type(description="利用履歴の一件: one receipt of the POS journal.")
class Transaction(Node):
    """One transaction."""

    occurred_at: datetime = strawberry.field(description="日時, Japan time.")
    business_date: date = strawberry.field(description="営業日 it was booked on.")
    store: Store | None = strawberry.field(description="店舗, null for a store the co-op no longer lists.")
    type: TransactionType = strawberry.field(description="種類.")
    genre: Genre = strawberry.field(description="ジャンル.")
    tender: Tender = strawberry.field(description="支払方法.")
    amount: Yen = strawberry.field(description="金額: negative for a reversal, positive otherwise.")
    points_earned: int = strawberry.field(description="獲得ポイント.")
    prepaid_after: Yen | None = strawberry.field(
        description="プリペイド残高 afterwards, null when Pico was not touched."
    )
    newcomer_purchase: bool = strawberry.field(
        description="新入生サポートセンターでのご購入: explains the lifetime totals (B31, B32)."
    )
    reverses: strawberry.ID | None = strawberry.field(description="For a reversal, what it takes back.")
    items: list[TransactionItem] = strawberry.field(description="明細.")

    @classmethod
    def of(cls, record: records.Transaction, coop: CoopConfig) -> "Transaction":
        """From the domain; stores are named by the co-op's file."""
        store = next((store for store in coop.stores if store.code == record.key.store_code), None)
        reverses = record.reverses
        return cls(
            id=transaction_id(coop, record.member_number, record.key),
            occurred_at=record.occurred_at,
            business_date=record.key.business_date,
            store=None if store is None else Store.of(store),
            type=record.type,
            genre=record.genre,
            tender=record.tender,
            amount=Yen(record.amount),
            points_earned=record.points_earned,
            prepaid_after=None if record.prepaid_after is None else Yen(record.prepaid_after),
            newcomer_purchase=record.newcomer_purchase,
            reverses=None if reverses is None else transaction_id(coop, record.member_number, reverses),
            items=[TransactionItem.of(item) for item in record.items],
        )


def transaction_id(coop: CoopConfig, number: MemberNumber, key: records.TransactionKey) -> strawberry.ID:
    """A transaction's global id."""
    day, store_code, register, sequence = key
    return write_global_id(
        "Transaction", coop.code, number, day.isoformat(), store_code, register, str(sequence)
    )


TransactionConnection = Connection[Transaction]


def transaction_connection(
    page: records.Page[records.Transaction], coop: CoopConfig, after: str | None
) -> TransactionConnection:
    """A page of the journal."""
    return connection(
        page.items,
        node=lambda record: Transaction.of(record, coop),
        cursor=lambda record: resolver.write_key(record.key),
        has_next=page.has_next,
        after=after,
    )


@strawberry.type(description="月別・ジャンル別のご利用金額, for a chart.")
class MonthlySpending:
    """One genre in one month."""

    month: YearMonth = strawberry.field(description="月.")
    genre: Genre = strawberry.field(description="ジャンル.")
    amount: Yen = strawberry.field(description="金額, net of reversals.")
    receipts: int = strawberry.field(description="件数.")

    @classmethod
    def of(cls, record: records.MonthlySpending) -> "MonthlySpending":
        """From the domain."""
        return cls(
            month=record.month, genre=record.genre, amount=Yen(record.amount), receipts=record.receipts
        )
