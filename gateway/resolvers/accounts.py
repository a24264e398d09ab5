"""アカウント: the viewer's own account. Nobody sees another's through here."""

from collections.abc import Sequence
from uuid import UUID

from adapters.records import Page
from gateway.context import Context
from gateway.errors import Forbidden, Unauthenticated
from gateway.paging import page_size, read_cursor
from gateway.resolvers import places
from gateway.store.records import (
    AccessLogEntry,
    AccessLogQuery,
    Account,
    AccountKind,
    AlertPreferences,
    AuthCodeMethod,
    Session,
)
from gateway.viewer import Anonymous, LimitedViewer, SessionHolder, SignedInViewer


def _require_own(context: Context, account_id: UUID) -> None:
    if isinstance(context.viewer, Anonymous) or context.viewer.account_id != account_id:
        raise Forbidden


async def viewers_own(context: Context) -> Account | None:
    """The signed-in account, None when nobody is signed in."""
    if isinstance(context.viewer, Anonymous):
        return None
    return await by_id(context, context.viewer.account_id)


async def by_id(context: Context, account_id: UUID) -> Account:
    """One's own account by its id."""
    _require_own(context, account_id)
    account = await context.at_home().load.own.accounts.load(account_id)
    if account is None:
        raise Unauthenticated
    return account


async def sessions(context: Context, account_id: UUID) -> Sequence[Session]:
    """Where one is signed in, the latest used first."""
    _require_own(context, account_id)
    found = await context.at_home().load.own.sessions.load(account_id)
    return sorted(found, key=lambda session: session.last_seen_at, reverse=True)


async def alerts(context: Context, account_id: UUID) -> AlertPreferences:
    """Which mails one wants."""
    _require_own(context, account_id)
    return await context.at_home().load.own.alerts.load(account_id)


async def access_log(
    context: Context, account_id: UUID, first: int, after: str | None
) -> Page[AccessLogEntry]:
    """What one's own account did, newest first (E26)."""
    _require_own(context, account_id)
    last_seen = read_cursor(after, places.entry_id)
    query = AccessLogQuery(limit=page_size(first), after=last_seen, account_id=account_id)
    return await context.at_home().store.access_log.page(query)


async def auth_code_method(context: Context, account_id: UUID, kind: AccountKind) -> AuthCodeMethod:
    """Where one's own codes come from (E26); staff who chose nothing get theirs by e-mail."""
    _require_own(context, account_id)
    method = await context.at_home().load.own.auth_code_methods.load(account_id)
    if method is AuthCodeMethod.NONE and kind is AccountKind.STAFF:
        return AuthCodeMethod.EMAIL
    return method


def signed_in(context: Context) -> SignedInViewer:
    """The viewer, who must be signed in and may do everything that is theirs."""
    holder = session_holder(context)
    if isinstance(holder, LimitedViewer):
        raise Forbidden
    return holder


def session_holder(context: Context) -> SessionHolder:
    """Whoever has a session, be it for one purpose only."""
    if isinstance(context.viewer, Anonymous):
        raise Unauthenticated
    return context.viewer
