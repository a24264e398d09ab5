"""アカウントブロック (E26): after so many failures in a row only a new password, or staff, open an account."""

from collections.abc import Mapping
from uuid import UUID

from adapters.records import MemberNumber
from gateway import mails
from gateway.accounts.changes import log_change
from gateway.accounts.entrance import Entrance
from gateway.accounts.identifying import account_family
from gateway.accounts.throttle import Use, clear, clear_family
from gateway.accounts.throttle_limits import Scope
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    Account,
    AccountState,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import StaffViewer

_LOCKING = (Scope.ACCOUNT, Scope.AUTH_CODE)


async def lock_when_due(
    entrance: Entrance, account: Account, counted: Mapping[Scope, int], origin: Origin
) -> bool:
    """Locks an account once it has failed too often in a row, and tells its owner; says whether it did.

    Nobody signs in with its password any more. Sessions live on: whoever guesses from outside shall not be able to
    sign the owner out.
    """
    if max(counted.get(scope, 0) for scope in _LOCKING) < entrance.throttle_limits.locks_after:
        return False
    now = entrance.clock()
    async with entrance.store.transaction() as within:
        if not await within.accounts.move(account.account_id, AccountState.REGISTERED, AccountState.LOCKED):
            return False
        await log_change(entrance, within, AccessAction.LOCKED, account, origin)
        if account.email is not None:
            await mails.queue_account_locked(within, entrance.coop, account.email, now)
    return True


async def unlock(entrance: Entrance, account_id: UUID, by: StaffViewer | None, origin: Origin) -> bool:
    """Opens a locked account and forgets what was tried against it; False when it was not locked.

    `by` is None when its owner has set a new password.
    """
    account = (await entrance.store.accounts.by_id([account_id]))[account_id]
    if account is None:
        return False
    async with entrance.store.transaction() as within:
        was_locked = await _open(entrance, within, account, by, origin)
    await clear_family(entrance, account_family(account.login_id))
    return was_locked


async def unlock_provisional(
    entrance: Entrance, number: MemberNumber, by: StaffViewer, origin: Origin
) -> None:
    """Forgets what was tried against a member's provisional credentials, the guardian's with them."""
    await clear(entrance, [Use(Scope.PROVISIONAL, number)])
    entry = NewAccessLogEntry.of_session(
        by,
        entrance.clock(),
        AccessAction.UNLOCKED,
        origin,
        member_number=number,
        what=("PROVISIONAL",),
    )
    await entrance.store.access_log.record([entry])


async def _open(
    entrance: Entrance, within: CoopStore, account: Account, by: StaffViewer | None, origin: Origin
) -> bool:
    if not await within.accounts.move(account.account_id, AccountState.LOCKED, AccountState.REGISTERED):
        return False
    what = () if by is None else (account.kind.value,)
    await log_change(entrance, within, AccessAction.UNLOCKED, account, origin, by=by, what=what)
    return True
