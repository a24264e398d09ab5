"""未受取プリペイド: money on its way to the card (B7, B10–B17)."""

from collections.abc import Sequence
from datetime import date, datetime

import strawberry

from adapters import records
from adapters.records import PrepaidSource
from gateway.coop import Coop as CoopConfig
from gateway.coop_config.rules import PicoRules
from gateway.execution import read_field
from gateway.instructions.store_desk import slips_being_received
from gateway.instructions.web_point_transfers import available_from as available_on
from gateway.instructions.web_point_transfers import points_of, transfers_under_way
from gateway.rules.business_days import ClosedDays
from gateway.rules.prepaid import available_from, expected_between, is_shown
from gateway.schema.coop import Store
from gateway.schema.scalars import Yen
from gateway.store.records import ChangeRequest


def _available_from(self: "UnreceivedItem") -> date | None:
    return available_from(self.record, self.closed_days)


def _expected(item: "UnreceivedItem") -> tuple[date, date] | tuple[None, None]:
    if item.record.posted_on is not None or item.record.source is not PrepaidSource.PAYMENT_SLIP:
        return None, None
    return expected_between(item.record.paid_on, item.rules.prepaid)


def _expected_from(self: "UnreceivedItem") -> date | None:
    return _expected(self)[0]


def _expected_until(self: "UnreceivedItem") -> date | None:
    return _expected(self)[1]


@strawberry.type(description="入金済みでまだ受け取っていない一件 (B10–B13).")
class UnreceivedItem:
    """One sum on its way to the card: paid, posted, received (B12)."""

    record: strawberry.Private[records.PrepaidItem]
    rules: strawberry.Private[PicoRules]
    closed_days: strawberry.Private[ClosedDays]
    slip_number: str = read_field(
        "record.slip_number", description="受付番号, which staff give to `receivePrepaid` (B11)."
    )
    source: PrepaidSource = read_field("record.source", description="払込票かWebポイントか.")
    amount: Yen = read_field("record.amount", description="金額.")
    paid_on: date = read_field("record.paid_on", description="入金日 (申請日 for Web points).")
    posted_on: date | None = read_field(
        "record.posted_on",
        description="計上日. Null while it is paid and not yet posted; such a slip only staff see (X8).",
    )
    available_from: date | None = strawberry.field(
        resolver=_available_from,
        description="受け取り可能日: for Web points two days on, Sundays and holidays not counted (B8, B9, X6).",
    )
    expected_from: date | None = strawberry.field(
        resolver=_expected_from,
        description="For a slip not yet posted: when it is expected at the earliest (B13).",
    )
    expected_until: date | None = strawberry.field(
        resolver=_expected_until,
        description="For a slip not yet posted: when it is expected at the latest (B13).",
    )
    being_received: bool = strawberry.field(
        description="受け取りの手続き中: handed out at a register, and not yet certain to be on the card (B11)."
    )


@strawberry.type(
    description="手続き中のポイント受取申請: it becomes unreceived prepaid when it is carried out (B7)."
)
class PendingItem:
    """A transfer of Web points that the POS has not confirmed yet."""

    amount: Yen = strawberry.field(description="金額: as much as the points asked for.")
    requested_at: datetime = strawberry.field(description="申請日時.")
    available_from: date = strawberry.field(
        description="受け取り可能日, once it is carried out (B8, B9, X6)."
    )

    @classmethod
    def of(cls, transfer: ChangeRequest) -> "PendingItem":
        """From the store."""
        return cls(
            amount=Yen(points_of(transfer)),
            requested_at=transfer.requested_at,
            available_from=available_on(transfer),
        )


def _total(self: "UnreceivedPrepaid") -> Yen:
    return Yen(sum(item.amount for item in self.found if is_shown(item)))


def _items(self: "UnreceivedPrepaid") -> list[UnreceivedItem]:
    received = slips_being_received(self.unsettled)
    return [
        UnreceivedItem(
            record=item,
            rules=self.rules,
            closed_days=self.coop.calendar.extra_closed_days,
            being_received=item.slip_number in received,
        )
        for item in self.found
    ]


def _pending(self: "UnreceivedPrepaid") -> list[PendingItem]:
    return [PendingItem.of(transfer) for transfer in transfers_under_way(self.unsettled)]


def _stores(self: "UnreceivedPrepaid") -> list[Store]:
    return [Store(part=store) for store in self.coop.stores if store.can_receive_prepaid]


@strawberry.type(description="未受取プリペイド: collected at a register, no deadline (B10–B17).")
class UnreceivedPrepaid:
    """Money waiting at the stores: what the POS has `found`, and what is `unsettled`, with the co-op's file."""

    found: strawberry.Private[Sequence[records.PrepaidItem]]
    unsettled: strawberry.Private[Sequence[ChangeRequest]]
    coop: strawberry.Private[CoopConfig]
    rules: strawberry.Private[PicoRules]
    total: Yen = strawberry.field(
        resolver=_total, description="未受取プリペイド残高: the items a member sees (B10, B7)."
    )
    items: list[UnreceivedItem] = strawberry.field(resolver=_items, description="内訳, oldest first.")
    pending: list[PendingItem] = strawberry.field(
        resolver=_pending,
        description="受取申請の手続き中: asked for and not yet certain. Not in `total`, and not to be collected yet.",
    )
    pickup_phrase: str = read_field("rules.prepaid.pickup_phrase", description="レジでの伝え方 (B15).")
    stores: list[Store] = strawberry.field(resolver=_stores, description="受け取れる店舗 (B14).")
    slip_note: str = read_field("coop.texts.slip_note", description="払込票での入金について (B12, B13).")
    deadline_note: str = read_field(
        "coop.texts.no_collection_deadline", description="受取期限について (B17)."
    )
