"""What setting the code at sign-in consists of: the choice itself, recovery codes, the log, the mail to the owner."""

from dataclasses import dataclass, field
from datetime import datetime

from gateway import mails
from gateway.accounts.changes import log_change
from gateway.accounts.entrance import Entrance
from gateway.accounts.recovery_codes import new_recovery_codes, recovery_digests
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    Account,
    AccountKind,
    AuthCodeMethod,
    Origin,
)
from gateway.viewer import SignedInViewer


@dataclass(frozen=True, slots=True)
class RecoveryCodes:
    """Each opens the account once when the app is lost. Shown this once."""

    codes: tuple[str, ...] = field(repr=False)


async def choose(
    within: CoopStore,
    account: Account,
    method: AuthCodeMethod,
    now: datetime,
    *,
    secret: bytes | None = None,
    step: int = 0,
) -> None:
    """Sets the method. `secret` is the sealed one of an app. Recovery codes of another choice are gone."""
    await within.auth_codes.choose(account.account_id, method, now, secret=secret, step=step)
    await within.auth_codes.set_recovery_codes(account.account_id, [])
    needed = method is not AuthCodeMethod.NONE or account.kind is AccountKind.STAFF
    await within.accounts.set_auth_code(account.account_id, needed)


async def new_codes(entrance: Entrance, within: CoopStore, account: Account) -> RecoveryCodes:
    """New recovery codes in place of the old ones."""
    codes = new_recovery_codes()
    digests = [recovery_digests(entrance.vault, account.account_id, code)[0] for code in codes]
    await within.auth_codes.set_recovery_codes(account.account_id, digests)
    return RecoveryCodes(codes)


async def announce(
    entrance: Entrance,
    within: CoopStore,
    account: Account,
    method: AuthCodeMethod,
    by: SignedInViewer,
    origin: Origin,
) -> None:
    """Notes the choice in the access log, and tells the owner of the account."""
    await log_change(
        entrance, within, AccessAction.AUTH_CODE_SET, account, origin, by=by, what=(method.value,)
    )
    if account.email is not None:
        await mails.queue_auth_code_changed(
            within, entrance.coop, account.email, method.value, entrance.clock()
        )
