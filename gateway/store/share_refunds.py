"""Share capital that was paid back, of one co-op (E22)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from adapters.records import MemberNumber
from gateway.store.batches import BatchRead, asked_for, one_each
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.prepared import Row
from gateway.store.records import ShareRefund
from gateway.store.tables import share_refunds

_OF_MEMBERS = sa.select(share_refunds).where(
    share_refunds.c.coop == THIS_COOP, asked_for(share_refunds.c.member_number)
)
_REFUNDS: BatchRead[MemberNumber, ShareRefund | None] = BatchRead(
    _OF_MEMBERS,
    lambda numbers, rows: one_each(numbers, map(_refund_of, rows), lambda refund: refund.member_number),
)
_ADD = (
    insert(share_refunds)
    .values(
        coop=THIS_COOP,
        member_number=sa.bindparam("number", type_=sa.Text),
        refunded_on=sa.bindparam("day", type_=sa.Date),
        recorded_at=sa.bindparam("at", type_=JapanTime),
        recorded_by=sa.bindparam("by", type_=sa.Uuid),
    )
    .on_conflict_do_nothing()
    .returning(share_refunds.c.member_number)
)

_REMOVE = (
    sa.delete(share_refunds)
    .where(
        share_refunds.c.coop == THIS_COOP,
        share_refunds.c.member_number == sa.bindparam("number", type_=sa.Text),
    )
    .returning(share_refunds)
)


@dataclass(frozen=True, slots=True)
class ShareRefunds:
    """The refunds the office of one co-op has recorded."""

    _at: CoopConnections

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, ShareRefund | None]:
        """Each member's refund; None where none was recorded."""
        return await self._at.read(_REFUNDS, numbers)

    async def add(self, refund: ShareRefund) -> bool:
        """Writes a refund down; False when there is one already, which stays as it was."""
        row = await self._at.row(
            _ADD,
            number=refund.member_number,
            day=refund.refunded_on,
            at=refund.recorded_at,
            by=refund.recorded_by,
        )
        return row is not None

    async def remove(self, number: MemberNumber) -> ShareRefund | None:
        """Forgets a refund that was recorded by mistake, and gives it; None where none was recorded."""
        row = await self._at.row(_REMOVE, number=number)
        return None if row is None else _refund_of(row)


def _refund_of(row: Row) -> ShareRefund:
    return ShareRefund(MemberNumber(row.member_number), row.refunded_on, row.recorded_at, row.recorded_by)
