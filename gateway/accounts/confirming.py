"""The current password again, before what matters is changed."""

from gateway.accounts.entrance import Entrance
from gateway.accounts.identifying import uses_of_password
from gateway.accounts.locking import lock_when_due
from gateway.accounts.outcomes import InvalidCredentials, TooManyAttempts
from gateway.accounts.passwords import TooBusy
from gateway.accounts.refused import Reason, log_refusal
from gateway.accounts.sign_in import COME_BACK_AFTER
from gateway.accounts.throttle import count, forgive, welcome
from gateway.store.records import Account, Origin
from gateway.viewer import SignedInViewer


async def confirm_password(
    entrance: Entrance, viewer: SignedInViewer, password: str, origin: Origin
) -> Account | InvalidCredentials | TooManyAttempts:
    """The viewer's account, if this is its password. Throttled, logged and locked like signing in."""
    credential = await entrance.store.accounts.credential_of(viewer.account_id)
    if credential is None:
        return InvalidCredentials()
    account = credential.account
    uses = uses_of_password(account.login_id, origin, known_device=str(viewer.session_id))
    counted = await count(entrance, uses)
    if isinstance(counted, TooManyAttempts):
        await log_refusal(entrance.store, Reason.THROTTLED, account.account_id, origin, entrance.clock())
        return counted
    try:
        verdict = await entrance.passwords.check(credential.password_hash, password)
    except TooBusy:
        await forgive(entrance, uses)
        return TooManyAttempts(COME_BACK_AFTER)
    if verdict.right:
        await welcome(entrance, uses)
        return account
    await log_refusal(entrance.store, Reason.WRONG_PASSWORD, account.account_id, origin, entrance.clock())
    if await lock_when_due(entrance, account, counted, origin):
        await entrance.store.sessions.end_all(account.account_id)  # who guessed was in one of them
    return InvalidCredentials()
