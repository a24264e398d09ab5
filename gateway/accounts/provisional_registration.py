"""Registration from a provisional session: 必要事項の入力, 登録確認 (A18), the address verified afterwards (X4)."""

from dataclasses import dataclass

from gateway import mails
from gateway.accounts.busy import sheds_load
from gateway.accounts.changes import end_sessions, log_change
from gateway.accounts.entrance import Entrance
from gateway.accounts.mail_requests import log_mail_request, reserve_mail
from gateway.accounts.mailed_links import issue_token
from gateway.accounts.membership import membership_fault
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import (
    EmailRefused,
    LoginIdInUse,
    MemberNotFound,
    NotAMemberYet,
    PasswordRefused,
    RegisteredAlready,
)
from gateway.accounts.registry_entries import registered
from gateway.accounts.sign_up import (
    Chosen,
    FormFault,
    SignUp,
    password_refused,
    read_sign_up,
    registration_of,
    words_about,
)
from gateway.rules.email_addresses import usable_email
from gateway.store import CoopStore, LoginIdTaken
from gateway.store.records import AccessAction, Account, Origin, Registration, TokenPurpose
from gateway.viewer import LimitedViewer

Fault = FormFault | MemberNotFound | NotAMemberYet | PasswordRefused
Outcome = Account | TooManyAttempts | Fault | LoginIdInUse | RegisteredAlready


@dataclass(frozen=True, slots=True)
class SentTestMail:
    """A test mail is on its way to this address."""

    email: str


async def send_test_mail(
    entrance: Entrance, viewer: LimitedViewer, email: str, origin: Origin
) -> SentTestMail | EmailRefused | TooManyAttempts:
    """メール送信テスト (A17): mails a test and does nothing else. Throttled by who asks and by who is written to."""
    recipient = usable_email(email)
    if recipient is None:
        return EmailRefused()
    wait = await reserve_mail(entrance, recipient, origin)
    if wait is not None:
        return wait
    now = entrance.clock()
    async with entrance.store.transaction() as within:
        await mails.queue_test_mail(within, entrance.coop, recipient, now)
        await log_mail_request(within, viewer, "TEST", origin, now)
    return SentTestMail(recipient)


@sheds_load
async def complete_registration(
    entrance: Entrance, viewer: LimitedViewer, sign_up: SignUp, origin: Origin
) -> Outcome:
    """本登録 at once. The provisional credential and its sessions end, this one too: sign in anew (A19).

    Raises `Unavailable` when the registry does not answer.
    """
    chosen = read_sign_up(entrance.coop, sign_up)
    if not isinstance(chosen, Chosen):
        return chosen
    fault = await _fault(entrance, viewer, chosen)
    if fault is not None:
        return fault
    wait = await reserve_mail(entrance, chosen.email, origin)
    if wait is not None:
        return wait
    registration = await registration_of(entrance, chosen)
    try:
        return await _register(entrance, viewer, registration, origin) or RegisteredAlready()
    except LoginIdTaken:
        return LoginIdInUse()


async def _fault(
    entrance: Entrance, viewer: LimitedViewer, chosen: Chosen
) -> MemberNotFound | NotAMemberYet | PasswordRefused | None:
    if viewer.member_number is None:
        return MemberNotFound()
    member, guardian = await registered(entrance, viewer.member_number)
    if member is None:
        return MemberNotFound()
    personal = [chosen.login_id, chosen.email, *words_about(member, guardian)]
    refused = password_refused(entrance.coop, chosen.password, personal)
    return await membership_fault(entrance, member) or refused


async def _register(
    entrance: Entrance, viewer: LimitedViewer, registration: Registration, origin: Origin
) -> Account | None:
    async with entrance.store.transaction() as within:
        account = await within.lifecycle.complete(viewer.account_id, registration, entrance.clock())
        if account is None:
            return None
        await log_change(entrance, within, AccessAction.REGISTER, account, origin, by=viewer)
        await end_sessions(entrance, within, account, origin)
        await _mail_confirmation(entrance, within, account, registration.email)
    return account


async def _mail_confirmation(entrance: Entrance, within: CoopStore, account: Account, email: str) -> None:
    now, purpose = entrance.clock(), TokenPurpose.CONFIRM_EMAIL
    token, expires_at = await issue_token(within, account, purpose, now, email=email)
    await mails.queue_email_confirmation(
        within, entrance.coop, email, token, expires_at, now, after_registration=True
    )
