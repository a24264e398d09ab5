"""The journal: where a co-op's instructions and other change requests are written down and carried on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, insert

from gateway.store.change_request_rows import change_request_of
from gateway.store.column_types import JapanTime, StoredText, storable
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.outbox import CHANNEL
from gateway.store.records import (
    ChangeRequest,
    ChangeRequestState,
    ClaimedRequest,
    Details,
    KeyedRequest,
    NewChangeRequest,
)
from gateway.store.tables import change_requests

_NOW = sa.bindparam("now", type_=JapanTime)
_AGAIN_AT = sa.bindparam("again_at", type_=JapanTime)
_REASON = sa.bindparam("why", type_=StoredText)
_ACCOUNT = sa.bindparam("account", type_=sa.Uuid)
_KEY = sa.bindparam("key", type_=sa.Uuid)
_THIS_ONE = change_requests.c.request_id == sa.bindparam("id", type_=sa.Uuid)

_ADD = (
    insert(change_requests)
    .values(
        coop=THIS_COOP,
        state=ChangeRequestState.RECEIVED,
        member_number=sa.bindparam("number", type_=sa.Text),
        kind=sa.bindparam("what", type_=change_requests.c.kind.type),
        requested_at=_NOW,
        details=sa.bindparam("all_details", type_=JSONB),
        requested_by=_ACCOUNT,
        idempotency_key=_KEY,
        fingerprint=sa.bindparam("print", type_=sa.LargeBinary),
        next_attempt_at=sa.bindparam("due_at", type_=JapanTime),
    )
    .on_conflict_do_nothing(index_elements=["coop", "requested_by", "idempotency_key"])
    .returning(change_requests)
)
_ANNOUNCE = sa.select(sa.func.pg_notify(CHANNEL, THIS_COOP))
_BY_KEY = sa.select(change_requests).where(
    change_requests.c.coop == THIS_COOP,
    change_requests.c.requested_by == _ACCOUNT,
    change_requests.c.idempotency_key == _KEY,
)

_CARD = sa.bindparam("card", type_=sa.Text)
_LOCK_CARD = sa.select(
    sa.func.pg_advisory_xact_lock(sa.func.hashtextextended(sa.func.concat(THIS_COOP, " card ", _CARD), 0))
)
_REISSUE_OF_CARD = sa.select(change_requests.c.request_id).where(
    change_requests.c.coop == THIS_COOP,
    change_requests.c.kind == sa.text("'CARD_REISSUE'"),
    change_requests.c.details["card_number"].astext == _CARD,
    change_requests.c.state != ChangeRequestState.REJECTED,
)

_earlier = change_requests.alias("earlier")
_NOBODY_IS_BEFORE_IT = ~sa.exists().where(
    _earlier.c.coop == THIS_COOP,
    _earlier.c.member_number == change_requests.c.member_number,
    _earlier.c.sequence < change_requests.c.sequence,
    _earlier.c.settled_at.is_(None),
    _earlier.c.next_attempt_at.is_not(None),  # what waits for staff holds nothing up: a lost card cannot wait
)
_NEXT = (
    sa.select(change_requests.c.request_id)
    .where(
        change_requests.c.coop == THIS_COOP, change_requests.c.next_attempt_at <= _NOW, _NOBODY_IS_BEFORE_IT
    )
    .order_by(change_requests.c.next_attempt_at, change_requests.c.sequence)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CHANGE = sa.update(change_requests).where(change_requests.c.coop == THIS_COOP).returning(change_requests)
_CLAIM = _CHANGE.where(change_requests.c.request_id == _NEXT).values(
    state=ChangeRequestState.IN_PROGRESS,
    attempts=change_requests.c.attempts + 1,
    next_attempt_at=_AGAIN_AT,
)
_CHANGE_CLAIMED = _CHANGE.where(
    _THIS_ONE,
    change_requests.c.attempts == sa.bindparam("attempt", type_=sa.Integer),
    change_requests.c.state == ChangeRequestState.IN_PROGRESS,
)
_SETTLE = _CHANGE_CLAIMED.values(
    state=sa.bindparam("outcome", type_=change_requests.c.state.type),
    reason=_REASON,
    settled_at=_NOW,
    next_attempt_at=None,
    details=change_requests.c.details.op("||")(sa.bindparam("known", type_=JSONB)),
)
_GIVE_UP = _CHANGE_CLAIMED.values(state=ChangeRequestState.NEEDS_ATTENTION, next_attempt_at=None)
_POSTPONE = _CHANGE_CLAIMED.values(next_attempt_at=_AGAIN_AT)
_PUT_BACK = _CHANGE_CLAIMED.values(
    next_attempt_at=_AGAIN_AT,
    attempts=change_requests.c.attempts - 1,
    state=sa.case(
        (change_requests.c.attempts == 1, sa.literal(ChangeRequestState.RECEIVED.value)),
        else_=change_requests.c.state,
    ),
)
_TRY_AGAIN = _CHANGE.where(_THIS_ONE, change_requests.c.state == ChangeRequestState.NEEDS_ATTENTION).values(
    state=ChangeRequestState.IN_PROGRESS,
    next_attempt_at=_NOW,
    attempts=1,  # from the beginning, yet not the first: the system may know it
)
_SETTLE_BY_HAND = _CHANGE.where(
    _THIS_ONE, change_requests.c.settled_at.is_(None), change_requests.c.next_attempt_at.is_(None)
).values(state=sa.bindparam("outcome", type_=change_requests.c.state.type), reason=_REASON, settled_at=_NOW)


def _storable(details: Details) -> dict[str, str | int]:
    return {name: storable(value) if isinstance(value, str) else value for name, value in details.items()}


@dataclass(frozen=True, slots=True)
class Journal:
    """What members and staff of one co-op have set in motion."""

    _at: CoopConnections

    async def add(self, new: NewChangeRequest, fingerprint: bytes) -> ChangeRequest | None:
        """Writes a request down; at commit the worker wakes up. None when its key was used before."""
        row = await self._at.row(
            _ADD,
            number=new.member_number,
            what=new.kind,
            now=new.requested_at,
            all_details=_storable({**new.details, **new.worked_out}),
            account=new.requested_by,
            key=new.idempotency_key,
            print=fingerprint,
            due_at=new.requested_at if new.kind.instructs_the_pos else None,
        )
        if row is None:
            return None
        await self._at.rows(_ANNOUNCE)
        return change_request_of(row)

    async def by_key(self, account_id: UUID, key: UUID) -> KeyedRequest | None:
        """What an account has asked for with this key; None for a new one."""
        row = await self._at.row(_BY_KEY, account=account_id, key=key)
        return None if row is None else KeyedRequest(change_request_of(row), row.fingerprint)

    async def issues(self, card_number: str) -> bool:
        """Whether a reissue of this card is on record that was not rejected.

        To be asked within a transaction: until it ends, whoever else asks about the card waits.
        """
        await self._at.rows(_LOCK_CARD, card=card_number)
        return bool(await self._at.rows(_REISSUE_OF_CARD, card=card_number))

    async def claim(self, now: datetime, until: datetime) -> ClaimedRequest | None:
        """The request that is due longest, for this worker alone until then; each member's in their order."""
        row = await self._at.row(_CLAIM, now=now, again_at=until)
        return None if row is None else ClaimedRequest(change_request_of(row), row.attempts)

    async def settle(
        self,
        claimed: ClaimedRequest,
        state: ChangeRequestState,
        now: datetime,
        reason: str | None,
        known: Details | None = None,
    ) -> ChangeRequest | None:
        """Notes how a request ended, with details that are `known` only now; None when another worker has it by now."""
        details = dict(known or {})
        return await self._changed(_SETTLE, claimed, outcome=state, now=now, why=reason, known=details)

    async def give_up(self, claimed: ClaimedRequest) -> ChangeRequest | None:
        """Leaves a request to staff; None as for `settle`."""
        return await self._changed(_GIVE_UP, claimed)

    async def postpone(self, claimed: ClaimedRequest, again_at: datetime) -> None:
        """Notes when an attempt that failed is followed by the next one."""
        await self._changed(_POSTPONE, claimed, again_at=again_at)

    async def put_back(self, claimed: ClaimedRequest, again_at: datetime) -> None:
        """Takes an attempt back that has not reached the system."""
        await self._changed(_PUT_BACK, claimed, again_at=again_at)

    async def try_again(self, request_id: UUID, now: datetime) -> ChangeRequest | None:
        """Has the worker try again what needs attention; None when it does not need it (any more)."""
        row = await self._at.row(_TRY_AGAIN, id=request_id, now=now)
        if row is None:
            return None
        await self._at.rows(_ANNOUNCE)
        return change_request_of(row)

    async def settle_by_hand(
        self, request_id: UUID, state: ChangeRequestState, now: datetime, reason: str | None
    ) -> ChangeRequest | None:
        """Notes how a request ended that staff see to; None when the worker has it, or it is settled."""
        row = await self._at.row(_SETTLE_BY_HAND, id=request_id, outcome=state, now=now, why=reason)
        return None if row is None else change_request_of(row)

    async def _changed(
        self, statement: sa.Executable, claimed: ClaimedRequest, **values: Any
    ) -> ChangeRequest | None:
        row = await self._at.row(statement, id=claimed.request.request_id, attempt=claimed.attempts, **values)
        return None if row is None else change_request_of(row)
