"""From a session token to who is asking."""

from typing import assert_never
from uuid import UUID

from gateway.accounts.tokens import token_hash
from gateway.clock import Clock
from gateway.store import Store
from gateway.store.records import Account, AccountKind, AccountState, Session, SessionPurpose
from gateway.store.sessions import SEEN_AT_MOST_EVERY
from gateway.viewer import (
    Anonymous,
    GuardianViewer,
    LimitedViewer,
    MemberViewer,
    SessionHolder,
    SignedInViewer,
    StaffViewer,
    Viewer,
)


async def viewer_of(store: Store, token: str | None, clock: Clock) -> Viewer:
    """Who a token stands for; `Anonymous` if it is missing, unknown, past a limit, or its account closed."""
    if token is None:
        return Anonymous()
    now = clock()
    found = await store.sessions.find(token_hash(token), now)
    if found is None:
        return Anonymous()
    session, account = found
    if not _lives_on(account, session.purpose):
        return Anonymous()
    if now - session.last_seen_at >= SEEN_AT_MOST_EVERY:
        await store.sessions.seen(token_hash(token), now)
    return viewer_within(account, session)


def is_open(account: Account, purpose: SessionPurpose) -> bool:
    """Whether a session for this purpose may begin.

    A provisional account dies with the registration (A19). A locked one may be given a new password, for that is
    what opens it again.
    """
    match purpose:
        case SessionPurpose.FULL:
            return account.state is AccountState.REGISTERED
        case SessionPurpose.REGISTER:
            return account.state is AccountState.PROVISIONAL
        case SessionPurpose.CHANGE_PASSWORD:
            return account.state in {AccountState.REGISTERED, AccountState.LOCKED}
        case _:
            assert_never(purpose)


def _lives_on(account: Account, purpose: SessionPurpose) -> bool:
    """Whether a session that has begun still counts. What others guess from outside ends nobody's sessions."""
    if purpose is SessionPurpose.FULL and account.state is AccountState.LOCKED:
        return True
    return is_open(account, purpose)


def viewer_within(account: Account, session: Session) -> SessionHolder:
    """Whom a session makes of its account."""
    if session.purpose is SessionPurpose.FULL:
        return viewer_for(account, session.session_id)
    return LimitedViewer(
        account.coop_code,
        account.account_id,
        session.session_id,
        session.purpose,
        account.kind,
        account.member_number,
    )


def viewer_for(account: Account, session_id: UUID) -> SignedInViewer:
    """Whom a registered account makes of a session."""
    ids = (account.coop_code, account.account_id, session_id)
    match account.kind, account.member_number:
        case AccountKind.MEMBER, str(number):
            return MemberViewer(*ids, number)
        case AccountKind.GUARDIAN, str(number):
            return GuardianViewer(*ids, number)
        case AccountKind.STAFF, None:
            return StaffViewer(*ids, account.roles)
    raise AssertionError("the database lets no other account be")
