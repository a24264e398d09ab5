"""Ending sessions: by who has them, one or all. Listing them is `store.sessions.of_accounts`."""

from uuid import UUID

from gateway.clock import Clock
from gateway.store import CoopStore
from gateway.store.records import AccessAction, AccessOutcome, NewAccessLogEntry, Origin
from gateway.viewer import SessionHolder


async def sign_out(store: CoopStore, viewer: SessionHolder, origin: Origin, clock: Clock) -> None:
    """Ends the viewer's own session on the server; its token is worth nothing from then on."""
    entry = _entry(viewer, viewer.session_id, AccessAction.SIGN_OUT, origin, clock)
    await _end(store, viewer, viewer.session_id, entry)


async def end_session(
    store: CoopStore, viewer: SessionHolder, session_id: UUID, origin: Origin, clock: Clock
) -> bool:
    """Ends one of the viewer's sessions, on this device or another; False when they have no such session."""
    entry = _entry(viewer, session_id, AccessAction.END_SESSION, origin, clock)
    return await _end(store, viewer, session_id, entry)


async def end_all_sessions(
    store: CoopStore, viewer: SessionHolder, origin: Origin, clock: Clock, *, keep: UUID | None = None
) -> int:
    """Ends all of the viewer's sessions, except `keep`; says how many."""
    async with store.transaction() as within:
        ended = await within.sessions.end_all(viewer.account_id, keep=keep)
        await within.access_log.record(
            [_entry(viewer, session_id, AccessAction.END_SESSION, origin, clock) for session_id in ended]
        )
    return len(ended)


async def _end(store: CoopStore, viewer: SessionHolder, session_id: UUID, entry: NewAccessLogEntry) -> bool:
    async with store.transaction() as within:
        ended = await within.sessions.end(viewer.account_id, session_id)
        if ended:
            await within.access_log.record([entry])
    return ended


def _entry(
    viewer: SessionHolder, session_id: UUID, action: AccessAction, origin: Origin, clock: Clock
) -> NewAccessLogEntry:
    return NewAccessLogEntry(
        at=clock(),
        action=action,
        outcome=AccessOutcome.ALLOWED,
        origin=origin,
        account_id=viewer.account_id,
        session_id=session_id,
    )
