"""Telling every process that a member's figures have changed, so that none serves older ones."""

import json
from dataclasses import dataclass
from typing import NamedTuple

import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.store.connections import THIS_COOP, CoopConnections

MEMBERS = "changed_members"
"""Where the database says whose figures have changed."""

_ANNOUNCE = sa.select(
    sa.func.pg_notify(
        MEMBERS,
        sa.cast(sa.func.json_build_array(THIS_COOP, sa.bindparam("number", type_=sa.Text)), sa.Text),
    )
)


class ChangedMember(NamedTuple):
    """Whose figures have changed."""

    coop_code: str
    member_number: MemberNumber

    @classmethod
    def heard(cls, payload: str) -> "ChangedMember":
        """From what was announced on `MEMBERS`."""
        return cls(*json.loads(payload))


@dataclass(frozen=True, slots=True)
class MemberChanges:
    """The announcements of one co-op."""

    _at: CoopConnections

    async def announce(self, number: MemberNumber) -> None:
        """At commit, everybody who listens hears that this member's figures have changed."""
        await self._at.rows(_ANNOUNCE, number=number)
