"""Digital member cards (デジタル組合員証) of one co-op."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.store.batches import asked_for, one_each
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.records import DigitalCard
from gateway.store.tables import digital_cards

_OF_MEMBERS = sa.select(digital_cards).where(
    digital_cards.c.coop == THIS_COOP, asked_for(digital_cards.c.member_number)
)


@dataclass(frozen=True, slots=True)
class DigitalCards:
    """The digital cards of one co-op."""

    _at: CoopConnections

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, DigitalCard | None]:
        """Each member's digital card; None for who never activated one."""
        rows = await self._at.rows(_OF_MEMBERS, keys=numbers)
        cards = (
            DigitalCard(MemberNumber(row.member_number), row.state, row.activated_at, row.revoked_at)
            for row in rows
        )
        return one_each(numbers, cards, lambda card: card.member_number)
