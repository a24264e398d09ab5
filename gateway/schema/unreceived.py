"""未受取プリペイド: money on its way to the card (B7, B10–B17)."""

from collections.abc import Container, Sequence
from datetime import date, datetime

import strawberry

from adapters import records
from adapters.records import PrepaidSource
from gateway.coop import Coop as CoopConfig
from gateway.coop_config.rules import PicoRules
from gateway.instructions.store_desk import slips_being_received
from gateway.instructions.web_point_transfers import available_from as available_on
from gateway.instructions.web_point_transfers import points_of, transfers_under_way
from gateway.rules.business_days import ClosedDays
from gateway.rules.prepaid import available_from, expected_between, is_shown
from gateway.schema.coop import Store
from gateway.schema.scalars import Yen
from gateway.store.records import ChangeRequest


@strawberry.type(description="入金済みでまだ受け取っていない一件 (B10–B13).")
class UnreceivedItem:
    """One sum on its way to the card: paid, posted, received (B12)."""

    slip_number: str = strawberry.field(description="受付番号, which staff give to `receivePrepaid` (B11).")
    source: PrepaidSource = strawberry.field(description="払込票かWebポイントか.")
    amount: Yen = strawberry.field(description="金額.")
    paid_on: date = strawberry.field(description="入金日 (申請日 for Web points).")
    posted_on: date | None = strawberry.field(
        description="計上日. Null while it is paid and not yet posted; such a slip only staff see (X8)."
    )
    available_from: date | None = strawberry.field(
        description="受け取り可能日: for Web points two days on, Sundays and holidays not counted (B8, B9, X6)."
    )
    expected_from: date | None = strawberry.field(
        description="For a slip not yet posted: when it is expected at the earliest (B13)."
    )
    expected_until: date | None = strawberry.field(
        description="For a slip not yet posted: when it is expected at the latest (B13)."
    )
    being_received: bool = strawberry.field(
        description="受け取りの手続き中: handed out at a register, and not yet certain to be on the card (B11)."
    )

    @classmethod
    def of(
        cls,
        record: records.PrepaidItem,
        rules: PicoRules,
        closed_days: ClosedDays,
        received: Container[str],
    ) -> "UnreceivedItem":
        """From the domain, with the co-op's usual delay and calendar, and the slips that are being received."""
        waiting = record.posted_on is None and record.source is PrepaidSource.PAYMENT_SLIP
        expected = expected_between(record.paid_on, rules.prepaid) if waiting else (None, None)
        return cls(
            slip_number=record.slip_number,
            source=record.source,
            amount=Yen(record.amount),
            paid_on=record.paid_on,
            posted_on=record.posted_on,
            available_from=available_from(record, closed_days),
            expected_from=expected[0],
            expected_until=expected[1],
            being_received=record.slip_number in received,
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


@strawberry.type(description="未受取プリペイド: collected at a register, no deadline (B10–B17).")
class UnreceivedPrepaid:
    """Money waiting at the stores."""

    total: Yen = strawberry.field(description="未受取プリペイド残高: the items a member sees (B10, B7).")
    items: list[UnreceivedItem] = strawberry.field(description="内訳, oldest first.")
    pending: list[PendingItem] = strawberry.field(
        description="受取申請の手続き中: asked for and not yet certain. Not in `total`, and not to be collected yet."
    )
    pickup_phrase: str = strawberry.field(description="レジでの伝え方 (B15).")
    stores: list[Store] = strawberry.field(description="受け取れる店舗 (B14).")
    slip_note: str = strawberry.field(description="払込票での入金について (B12, B13).")
    deadline_note: str = strawberry.field(description="受取期限について (B17).")

    @classmethod
    def of(
        cls,
        items: Sequence[records.PrepaidItem],
        unsettled: Sequence[ChangeRequest],
        coop: CoopConfig,
        rules: PicoRules,
    ) -> "UnreceivedPrepaid":
        """From the domain, what is under way and the co-op's file."""
        received = slips_being_received(unsettled)
        closed_days = coop.calendar.extra_closed_days
        return cls(
            total=Yen(sum(item.amount for item in items if is_shown(item))),
            items=[UnreceivedItem.of(item, rules, closed_days, received) for item in items],
            pending=[PendingItem.of(transfer) for transfer in transfers_under_way(unsettled)],
            pickup_phrase=rules.prepaid.pickup_phrase,
            stores=[Store.of(store) for store in coop.stores if store.can_receive_prepaid],
            slip_note=coop.texts.slip_note,
            deadline_note=coop.texts.no_collection_deadline,
        )
