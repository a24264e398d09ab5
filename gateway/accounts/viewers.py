"""From a session token to who is asking."""

from uuid import UUID

from gateway.accounts.tokens import token_hash
from gateway.clock import Clock
from gateway.store import Store
from gateway.store.records import Account, AccountKind, AccountState
from gateway.store.sessions import SEEN_AT_MOST_EVERY
from gateway.viewer import Anonymous, GuardianViewer, MemberViewer, SignedInViewer, StaffViewer, Viewer


async def viewer_of(store: Store, token: str | None, clock: Clock) -> Viewer:
    """Who a token stands for; `Anonymous` if it is missing, unknown, past a limit, or its account closed."""
    if token is None:
        return Anonymous()
    now = clock()
    found = await store.sessions.find(token_hash(token), now)
    if found is None:
        return Anonymous()
    session, account = found
    if account.state is not AccountState.REGISTERED:
        return Anonymous()
    if now - session.last_seen_at >= SEEN_AT_MOST_EVERY:
        await store.sessions.seen(token_hash(token), now)
    return viewer_for(account, session.session_id)


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
