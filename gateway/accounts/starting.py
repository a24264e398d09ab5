"""Starting a session: the last step of every way in."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from gateway.accounts.entrance import Entrance
from gateway.accounts.known_devices import device_mark
from gateway.accounts.outcomes import SignedIn
from gateway.accounts.tokens import new_token, token_hash
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    NewAccessLogEntry,
    Origin,
    SessionLimits,
    SessionPurpose,
)

LIMITED = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=2))
"""How long registering or setting a new password may take."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who is let in, what for, and on what. `replaces` is the session token they came with; that session ends."""

    account: Account
    purpose: SessionPurpose
    origin: Origin
    device_label: str | None
    replaces: str | None = field(repr=False)


async def start_session(entrance: Entrance, within: CoopStore, arrival: Arrival) -> SignedIn:
    """A new session with a new token, and its line in the access log; in the transaction of `within`."""
    token, now = new_token(), entrance.clock()
    if arrival.replaces is not None:
        await _end_replaced(within, arrival.replaces, arrival.origin, now)
    session = await within.sessions.start(
        token_hash(token),
        arrival.account.account_id,
        entrance.session_limits if arrival.purpose is SessionPurpose.FULL else LIMITED,
        now,
        origin=arrival.origin,
        device_label=arrival.device_label,
        purpose=arrival.purpose,
    )
    entry = _done(AccessAction.SIGN_IN, session.account_id, session.session_id, arrival.origin, now)
    await within.access_log.record([entry])
    return SignedIn(token, arrival.account, session, _mark(entrance, arrival))


def _mark(entrance: Entrance, arrival: Arrival) -> str | None:
    if arrival.purpose is not SessionPurpose.FULL:
        return None
    return device_mark(entrance.vault, entrance.store.coop_code, arrival.account.login_id, entrance.clock())


async def _end_replaced(within: CoopStore, token: str, origin: Origin, now: datetime) -> None:
    ended = await within.sessions.end_by_token(token_hash(token))
    if ended is not None:
        session_id, account_id = ended
        entry = _done(AccessAction.END_SESSION, account_id, session_id, origin, now)
        await within.access_log.record([entry])


def _done(
    action: AccessAction, account_id: UUID, session_id: UUID, origin: Origin, now: datetime
) -> NewAccessLogEntry:
    return NewAccessLogEntry(now, action, AccessOutcome.ALLOWED, origin, account_id, session_id)
