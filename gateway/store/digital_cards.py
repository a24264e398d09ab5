"""Digital member cards (デジタル組合員証) of one co-op."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from adapters.records import MemberNumber
from gateway.store.batches import BatchRead, asked_for, one_each
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.prepared import Row
from gateway.store.records import DigitalCard, DigitalCardState
from gateway.store.tables import digital_cards

_OF_MEMBERS = sa.select(digital_cards).where(
    digital_cards.c.coop == THIS_COOP, asked_for(digital_cards.c.member_number)
)
_CARDS: BatchRead[MemberNumber, DigitalCard | None] = BatchRead(
    _OF_MEMBERS, lambda numbers, rows: one_each(numbers, map(_card_of, rows), lambda card: card.member_number)
)
_ACTIVATE = (
    insert(digital_cards)
    .values(
        coop=THIS_COOP,
        member_number=sa.bindparam("number", type_=sa.Text),
        state=DigitalCardState.ACTIVE,
        activated_at=sa.bindparam("now", type_=JapanTime),
    )
    .on_conflict_do_nothing()
    .returning(digital_cards.c.member_number)
)
_REVOKE = (
    sa.update(digital_cards)
    .where(
        digital_cards.c.coop == THIS_COOP,
        digital_cards.c.member_number == sa.bindparam("number", type_=sa.Text),
        digital_cards.c.state == sa.text(f"'{DigitalCardState.ACTIVE.value}'"),
    )
    .values(state=DigitalCardState.REVOKED, revoked_at=sa.bindparam("now", type_=JapanTime))
    .returning(digital_cards.c.member_number)
)

_RESTORE = (
    sa.update(digital_cards)
    .where(
        digital_cards.c.coop == THIS_COOP,
        digital_cards.c.member_number == sa.bindparam("number", type_=sa.Text),
        digital_cards.c.revoked_at >= sa.bindparam("since", type_=JapanTime),
    )
    .values(state=DigitalCardState.ACTIVE, revoked_at=None)
    .returning(digital_cards.c.member_number)
)


@dataclass(frozen=True, slots=True)
class DigitalCards:
    """The digital cards of one co-op."""

    _at: CoopConnections

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, DigitalCard | None]:
        """Each member's digital card; None for who never activated one."""
        return await self._at.read(_CARDS, numbers)

    async def activate(self, number: MemberNumber, now: datetime) -> bool:
        """Makes a member's card ACTIVE (E13); False when there is one already, be it revoked."""
        return bool(await self._at.rows(_ACTIVATE, number=number, now=now))

    async def revoke(self, number: MemberNumber, now: datetime) -> bool:
        """Ends a member's active card (E14, E24); False when there is none."""
        return bool(await self._at.rows(_REVOKE, number=number, now=now))

    async def restore(self, number: MemberNumber, since: datetime) -> bool:
        """Makes a member's card ACTIVE again that was revoked then or later; False when there is none."""
        return bool(await self._at.rows(_RESTORE, number=number, since=since))


def _card_of(row: Row) -> DigitalCard:
    return DigitalCard(MemberNumber(row.member_number), row.state, row.activated_at, row.revoked_at)
