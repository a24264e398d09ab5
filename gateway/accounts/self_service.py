"""【変更する】: password, login ID and e-mail address, each with the current password again (A36)."""

from dataclasses import dataclass, replace
from datetime import datetime

from gateway import mails
from gateway.accounts.busy import sheds_load
from gateway.accounts.changes import end_sessions, log_change, reachable_at
from gateway.accounts.confirming import confirm_password
from gateway.accounts.entrance import Entrance
from gateway.accounts.mail_requests import log_mail_request, reserve_mail
from gateway.accounts.mailed_links import LIVES, issue_token, log_invalid_link, use_up_token
from gateway.accounts.outcomes import InvalidCredentials, TooManyAttempts
from gateway.accounts.recovery import new_password_refused, set_new_password
from gateway.accounts.refusals import (
    EmailRefused,
    LinkInvalid,
    LoginIdInUse,
    LoginIdRefused,
    NotOffered,
    PasswordRefused,
)
from gateway.accounts.sign_up import signs_in_by_email
from gateway.rules.email_addresses import usable_email
from gateway.rules.login_ids import usable_login_id
from gateway.store import CoopStore, LoginIdTaken
from gateway.store.login_ids import login_key
from gateway.store.records import AccessAction, Account, Origin, TokenPurpose
from gateway.viewer import LimitedViewer, SessionHolder, SessionPurpose, SignedInViewer

Unconfirmed = InvalidCredentials | TooManyAttempts


@dataclass(frozen=True, slots=True)
class EmailChangeStarted:
    """A link was mailed to the new address; until it is opened, the old one stays."""

    email: str
    expires_at: datetime


@sheds_load
async def change_password(
    entrance: Entrance, viewer: SessionHolder, current: str | None, new: str, origin: Origin
) -> Account | Unconfirmed | PasswordRefused:
    """Another password. Every other session ends.

    A session after a reissued password (A30) is itself the proof, asks for no current password, and ends too.
    """
    account = await _proved(entrance, viewer, current, origin)
    if not isinstance(account, Account):
        return account
    refused = await new_password_refused(entrance, account, new)
    if refused is not None:
        return refused
    new_hash = await entrance.passwords.hash(new)
    keep = None if isinstance(viewer, LimitedViewer) else viewer.session_id
    async with entrance.store.transaction() as within:
        await set_new_password(replace(entrance, store=within), account, new_hash, origin)
        await end_sessions(entrance, within, account, origin, keep=keep)
    return account


async def _proved(
    entrance: Entrance, viewer: SessionHolder, current: str | None, origin: Origin
) -> Account | Unconfirmed:
    if not isinstance(viewer, LimitedViewer):
        return await confirm_password(entrance, viewer, current or "", origin)
    account = (await entrance.store.accounts.by_id([viewer.account_id]))[viewer.account_id]
    may_change = viewer.purpose is SessionPurpose.CHANGE_PASSWORD
    return account if account is not None and may_change else InvalidCredentials()


async def change_login_id(
    entrance: Entrance, viewer: SignedInViewer, password: str, login_id: str, origin: Origin
) -> Account | Unconfirmed | LoginIdRefused | LoginIdInUse | NotOffered:
    """Another login ID."""
    if signs_in_by_email(entrance.coop):
        return NotOffered("ログインIDはメールアドレスです。メールアドレスの変更からお手続きください。")
    chosen = usable_login_id(login_id, entrance.coop.member_numbers, entrance.coop.provisional)
    if chosen is None:
        return LoginIdRefused()
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    try:
        return await _rename(entrance, viewer, account, chosen, origin)
    except LoginIdTaken:
        return LoginIdInUse()


async def _rename(
    entrance: Entrance, viewer: SignedInViewer, account: Account, login_id: str, origin: Origin
) -> Account | InvalidCredentials:
    async with entrance.store.transaction() as within:
        renamed = await within.lifecycle.rename(account.account_id, login_id)
        if renamed is None:
            return InvalidCredentials()
        await log_change(entrance, within, AccessAction.LOGIN_ID_CHANGED, renamed, origin, by=viewer)
        address = reachable_at(renamed)
        if address is not None:
            now = entrance.clock()
            await mails.queue_login_id_changed(within, entrance.coop, address, login_id, now)
    return renamed


async def change_email(
    entrance: Entrance, viewer: SignedInViewer, password: str, email: str, origin: Origin
) -> EmailChangeStarted | Unconfirmed | EmailRefused:
    """Mails a link to the new address, and a word to the old one. The same address again: another link."""
    address = usable_email(email)
    if address is None:
        return EmailRefused()
    wait = await reserve_mail(entrance, address, origin)
    if wait is not None:
        return wait
    account = await confirm_password(entrance, viewer, password, origin)
    if not isinstance(account, Account):
        return account
    now = entrance.clock()
    async with entrance.store.transaction() as within:
        await log_mail_request(within, viewer, "EMAIL_CHANGE", origin, now)
        await _mail_to_both(entrance, within, account, address)
    return EmailChangeStarted(address, now + LIVES[TokenPurpose.CONFIRM_EMAIL])


async def _mail_to_both(entrance: Entrance, within: CoopStore, account: Account, email: str) -> None:
    coop, now, purpose = entrance.coop, entrance.clock(), TokenPurpose.CONFIRM_EMAIL
    if await _signs_in_another(entrance, within, account, email):
        await mails.queue_address_in_use(within, coop, email, now)
    else:
        token, expires_at = await issue_token(within, account, purpose, now, email=email)
        await mails.queue_email_confirmation(
            within, coop, email, token, expires_at, now, after_registration=False
        )
    old = reachable_at(account)
    if old is not None and old != email:
        await mails.queue_email_change_announced(within, coop, old, now)


async def _signs_in_another(entrance: Entrance, within: CoopStore, account: Account, email: str) -> bool:
    """Whether another account signs in with this address: whose, nobody is told (E1)."""
    if not signs_in_by_email(entrance.coop) or login_key(email) == login_key(account.login_id):
        return False
    return await within.accounts.signs_in_somebody(email)


async def confirm_email(entrance: Entrance, token: str, origin: Origin) -> Account | LinkInvalid:
    """The link was opened: the address is its owner's, and the account's from now on (A36, X4)."""
    try:
        account = await _confirm_email(entrance, token, origin)
    except LoginIdTaken:
        account = None
    if account is None:
        await log_invalid_link(entrance, AccessAction.CONFIRM, origin)
        return LinkInvalid()
    return account


async def _confirm_email(entrance: Entrance, token: str, origin: Origin) -> Account | None:
    now = entrance.clock()
    async with entrance.store.transaction() as within:
        used = await use_up_token(within, token, TokenPurpose.CONFIRM_EMAIL, now)
        if used is None or used.email is None:
            return None
        before = (await within.accounts.by_id([used.account_id]))[used.account_id]
        by_email = signs_in_by_email(entrance.coop)
        account = await within.lifecycle.readdress(used.account_id, used.email, signs_in_with_it=by_email)
        if before is None or account is None:
            return None
        await _tell_of_new_address(entrance, within, before, account, origin)
    return account


async def _tell_of_new_address(
    entrance: Entrance, within: CoopStore, before: Account, account: Account, origin: Origin
) -> None:
    if before.email == account.email:
        await log_change(entrance, within, AccessAction.CONFIRM, account, origin, what=("EMAIL",))
        return
    await log_change(entrance, within, AccessAction.EMAIL_CHANGED, account, origin)
    # What was mailed to the old address must open nothing any more.
    await within.mailed_tokens.revoke(account.account_id, TokenPurpose.RESET_PASSWORD)
    old = reachable_at(before)
    if old is not None:
        await mails.queue_email_changed(within, entrance.coop, old, entrance.clock())
