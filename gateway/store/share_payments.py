"""Share capital that was paid, of one co-op (E10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from adapters.records import MemberNumber
from gateway.store.batches import BatchRead, asked_for, one_each
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.prepared import Row
from gateway.store.records import SharePayment
from gateway.store.tables import share_payments

_OF_MEMBERS = sa.select(share_payments).where(
    share_payments.c.coop == THIS_COOP, asked_for(share_payments.c.member_number)
)
_PAYMENTS: BatchRead[MemberNumber, SharePayment | None] = BatchRead(
    _OF_MEMBERS,
    lambda numbers, rows: one_each(numbers, map(_payment_of, rows), lambda payment: payment.member_number),
)
_ADD = (
    insert(share_payments)
    .values(
        coop=THIS_COOP,
        member_number=sa.bindparam("number", type_=sa.Text),
        confirmed_at=sa.bindparam("at", type_=JapanTime),
        confirmed_by=sa.bindparam("by", type_=sa.Uuid),
    )
    .on_conflict_do_nothing()
    .returning(share_payments.c.member_number)
)


@dataclass(frozen=True, slots=True)
class SharePayments:
    """The payments the office of one co-op has confirmed."""

    _at: CoopConnections

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, SharePayment | None]:
        """Each member's payment; None where none was confirmed."""
        return await self._at.read(_PAYMENTS, numbers)

    async def add(self, payment: SharePayment) -> bool:
        """Writes a payment down; False when it was there already, and stays as it was."""
        row = await self._at.row(
            _ADD, number=payment.member_number, at=payment.confirmed_at, by=payment.confirmed_by
        )
        return row is not None


def _payment_of(row: Row) -> SharePayment:
    return SharePayment(MemberNumber(row.member_number), row.confirmed_at, row.confirmed_by)
