"""Requests for what was forgotten: written down alike whoever asks, and answered by the worker."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.outbox import CHANNEL
from gateway.store.records import NewRecoveryRequest, Origin, RecoveryRequest
from gateway.store.tables import recovery_requests

_ANNOUNCE = sa.select(sa.func.pg_notify(CHANNEL, THIS_COOP))
_THIS = sa.and_(
    recovery_requests.c.coop == THIS_COOP,
    recovery_requests.c.request_id == sa.bindparam("request", type_=sa.Uuid),
)
_TAKE = (
    sa.select(recovery_requests)
    .where(
        recovery_requests.c.coop == THIS_COOP,
        recovery_requests.c.due_at <= sa.bindparam("now", type_=JapanTime),
    )
    .order_by(recovery_requests.c.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_REMOVE = sa.delete(recovery_requests).where(_THIS).returning(recovery_requests.c.request_id)
_POSTPONE = (
    sa.update(recovery_requests)
    .where(_THIS)
    .values(due_at=sa.bindparam("again_at", type_=JapanTime))
    .returning(recovery_requests.c.request_id)
)


@dataclass(frozen=True, slots=True)
class RecoveryRequests:
    """What members of one co-op have forgotten."""

    _at: CoopConnections

    async def add(self, asked: NewRecoveryRequest) -> None:
        """Writes a request down; at commit the worker wakes up."""
        row = {
            "kind": asked.kind,
            "member_number": asked.member_number,
            "identifier": asked.identifier,
            "requested_by": asked.requested_by,
            "address": asked.origin.address,
            "user_agent": asked.origin.user_agent,
            "requested_at": asked.requested_at,
            "due_at": asked.requested_at,
        }
        await self._at.insert(recovery_requests, [row])
        await self._at.rows(_ANNOUNCE)

    async def take(self, now: datetime) -> RecoveryRequest | None:
        """A request whose time has come: this transaction's alone until it ends."""
        row = await self._at.row(_TAKE, now=now)
        return None if row is None else _request_of(row)

    async def remove(self, request_id: UUID) -> None:
        """Forgets a request that was answered: what was typed is kept no longer than that."""
        await self._at.rows(_REMOVE, request=request_id)

    async def postpone(self, request_id: UUID, again_at: datetime) -> None:
        """Lets others go before a request that could not be answered."""
        await self._at.rows(_POSTPONE, request=request_id, again_at=again_at)


def _request_of(row: sa.Row[Any]) -> RecoveryRequest:
    asked = NewRecoveryRequest(
        kind=row.kind,
        member_number=row.member_number and MemberNumber(row.member_number),
        identifier=row.identifier,
        origin=Origin(row.address, row.user_agent),
        requested_at=row.requested_at,
        requested_by=row.requested_by,
    )
    return RecoveryRequest(row.request_id, asked)
