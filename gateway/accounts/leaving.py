"""マイページの利用中止 (E14). There is no way back: nobody registers twice (A27)."""

from gateway import mails
from gateway.accounts.changes import end_sessions, log_change, reachable_at
from gateway.accounts.confirming import confirm_password
from gateway.accounts.entrance import Entrance
from gateway.accounts.outcomes import InvalidCredentials, TooManyAttempts
from gateway.store import CoopStore
from gateway.store.records import AccessAction, Account, Origin
from gateway.viewer import GuardianViewer, MemberViewer


async def leave_mypage(
    entrance: Entrance, viewer: MemberViewer | GuardianViewer, password: str, origin: Origin
) -> Account | InvalidCredentials | TooManyAttempts:
    """Closes the account, ends its sessions and, for a member, the digital card."""
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    async with entrance.store.transaction() as within:
        closed = await within.lifecycle.close(account.account_id)
        if closed is None:
            return InvalidCredentials()
        await log_change(entrance, within, AccessAction.LEFT, closed, origin, by=viewer)
        await _end_all(entrance, within, viewer, account, origin)
    return closed


async def _end_all(
    entrance: Entrance,
    within: CoopStore,
    viewer: MemberViewer | GuardianViewer,
    account: Account,
    origin: Origin,
) -> None:
    now = entrance.clock()
    await end_sessions(entrance, within, account, origin)
    await within.mailed_tokens.revoke_all(account.account_id)
    if isinstance(viewer, MemberViewer):
        await within.digital_cards.revoke(viewer.member_number, now)
    address = reachable_at(account)
    if address is not None:
        await mails.queue_left(within, entrance.coop, address, now)
