"""Accepting a request: journal, audit entry, mail and the call to the worker together, or nothing of it."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from gateway.coop import Coop
from gateway.instructions.recording import KeyUsedOtherwise, Recorded, record
from gateway.instructions.telling import tell_received
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    ChangeRequest,
    NewAccessLogEntry,
    NewChangeRequest,
    Origin,
)

R = TypeVar("R")


async def nobody_objects(_: CoopStore) -> None:
    """Where it does not matter what others have asked for meanwhile."""


async def accept(
    store: CoopStore,
    coop: Coop,
    new: NewChangeRequest,
    session_id: UUID,
    origin: Origin,
    objection: Callable[[CoopStore], Awaitable[R | None]] = nobody_objects,
) -> Recorded | KeyUsedOtherwise | R:
    """Takes a request on, once for its key. All checks are made, with `answered_before` the first of them.

    `objection` is the last: it is asked within the transaction, and may lock what others must not get meanwhile.
    """
    async with store.transaction() as within:
        objected = await objection(within)
        if objected is not None:
            return objected
        recorded = await record(within, new)
        if isinstance(recorded, Recorded) and recorded.first:
            await note_and_tell(within, coop, recorded.request, session_id, origin)
    return recorded


async def note_and_tell(
    within: CoopStore, coop: Coop, request: ChangeRequest, session_id: UUID, origin: Origin
) -> None:
    """What belongs to a request that was recorded for the first time: its audit entry and its mail."""
    await within.access_log.record([_entry(request, session_id, origin)])
    await tell_received(within, coop, request)


def _entry(request: ChangeRequest, session_id: UUID, origin: Origin) -> NewAccessLogEntry:
    return NewAccessLogEntry(
        at=request.requested_at,
        action=AccessAction.CHANGE_REQUESTED,
        outcome=AccessOutcome.ALLOWED,
        origin=origin,
        account_id=request.requested_by,
        session_id=session_id,
        member_number=request.member_number,
        what=(request.kind.value, str(request.request_id)),
    )
