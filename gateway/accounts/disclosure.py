"""What staff do for who cannot get in: tell ID and address (A33, E2), take a new address (A35).

Never without having checked who asks, and never a password (A34). The check stands in the access log.
"""

from dataclasses import dataclass
from enum import Enum

from gateway import mails
from gateway.accounts.changes import log_change, reachable_at
from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import AccountNotFound, EmailInUse, EmailRefused, IdentityCheckMissing
from gateway.accounts.sign_up import signs_in_by_email
from gateway.accounts.whose import AccountOf, account_in_use
from gateway.rules.email_addresses import usable_email
from gateway.store import CoopStore, LoginIdTaken
from gateway.store.records import AccessAction, Account, Origin
from gateway.viewer import StaffViewer

LONGEST_NOTE = 300


class IdentityCheckMethod(Enum):
    """How staff know whom they speak with: 折り返しの電話, 組合員証, 身分証, 登録内容の確認."""

    PHONE_CALLBACK = "PHONE_CALLBACK"
    CARD_SHOWN = "CARD_SHOWN"
    DOCUMENT_SHOWN = "DOCUMENT_SHOWN"
    QUESTIONS = "QUESTIONS"


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """本人確認の記録: how, and what was checked, in the words of who did it."""

    method: IdentityCheckMethod
    note: str

    def is_written_down(self) -> bool:
        """Whether somebody could tell from it later what was checked."""
        return 0 < len(self.note.strip()) <= LONGEST_NOTE


async def disclose_login(
    entrance: Entrance, by: StaffViewer, whose: AccountOf, check: IdentityCheck, origin: Origin
) -> Account | AccountNotFound | IdentityCheckMissing:
    """The account, whose login ID and address staff may now tell its owner (A33, E2)."""
    return await record_identity_check(entrance, by, whose, check, "LOGIN_DISCLOSED", origin)


async def record_identity_check(
    entrance: Entrance, by: StaffViewer, whose: AccountOf, check: IdentityCheck, what_for: str, origin: Origin
) -> Account | AccountNotFound | IdentityCheckMissing:
    """The account, once the check is on record: for whatever else staff do for its owner (`what_for`)."""
    if not check.is_written_down():
        return IdentityCheckMissing()
    account = await account_in_use(entrance, whose)
    if account is None:
        return AccountNotFound()
    await _log_check(entrance, entrance.store, by, account, check, what_for, origin)
    return account


async def change_account_email(
    entrance: Entrance,
    by: StaffViewer,
    whose: AccountOf,
    email: str,
    check: IdentityCheck,
    origin: Origin,
) -> Account | AccountNotFound | IdentityCheckMissing | EmailRefused | EmailInUse:
    """A new address for who has lost ID, password and address: completion and login ID go there (A35).

    It counts as verified: staff have read it back to somebody they have identified. The old address is told.
    """
    if not check.is_written_down():
        return IdentityCheckMissing()
    address = usable_email(email)
    if address is None:
        return EmailRefused()
    account = await account_in_use(entrance, whose)
    if account is None:
        return AccountNotFound()
    try:
        return await _readdress(entrance, by, account, address, check, origin)
    except LoginIdTaken:
        return EmailInUse()


async def _readdress(
    entrance: Entrance,
    by: StaffViewer,
    account: Account,
    email: str,
    check: IdentityCheck,
    origin: Origin,
) -> Account | AccountNotFound:
    by_email = signs_in_by_email(entrance.coop)
    async with entrance.store.transaction() as within:
        changed = await within.lifecycle.readdress(account.account_id, email, signs_in_with_it=by_email)
        if changed is None:
            return AccountNotFound()
        await within.mailed_tokens.revoke_all(account.account_id)
        await _log_check(entrance, within, by, changed, check, "EMAIL_CHANGED", origin)
        await log_change(entrance, within, AccessAction.EMAIL_CHANGED, changed, origin, by=by)
        await _tell_both(entrance, within, account, changed, email)
    return changed


async def _tell_both(
    entrance: Entrance, within: CoopStore, before: Account, after: Account, email: str
) -> None:
    coop, now = entrance.coop, entrance.clock()
    await mails.queue_email_changed_by_staff(within, coop, email, after.login_id, now)
    old = reachable_at(before)
    if old is not None and old != email:
        await mails.queue_email_changed(within, coop, old, now)


async def _log_check(
    entrance: Entrance,
    within: CoopStore,
    by: StaffViewer,
    account: Account,
    check: IdentityCheck,
    what_for: str,
    origin: Origin,
) -> None:
    what = (what_for, account.kind.value, check.method.value)
    action = AccessAction.IDENTITY_CHECK
    await log_change(entrance, within, action, account, origin, by=by, what=what, note=check.note.strip())
