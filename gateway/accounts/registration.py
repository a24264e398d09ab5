"""新規登録 by member number: 仮登録 with an identity check, then 本登録 by a mailed link (A15, A20–A27).

Nothing is answered before the throttle, and A26 and the other answers about a member only to who has proved to
be the person: to everybody else every number is unknown (A25, X21).
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from adapters.errors import AdapterError
from adapters.records import Guardian, Member, MemberNumber
from gateway import mails
from gateway.accounts.busy import sheds_load
from gateway.accounts.changes import end_sessions, log_change
from gateway.accounts.entrance import Entrance
from gateway.accounts.mailed_links import LIVES, find_token, issue_token, log_invalid_link, use_up_token
from gateway.accounts.membership import is_a_guardian, membership_fault
from gateway.accounts.networks import network_of
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import (
    LinkInvalid,
    LoginIdInUse,
    MemberNotFound,
    NotAMemberYet,
    PasswordRefused,
    ProvisionalSignInRequired,
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
    signs_in_by_email,
    words_about,
)
from gateway.accounts.throttle import Use, forgive, reserve
from gateway.accounts.throttle_limits import Scope
from gateway.rules.identity import is_the_guardian, is_the_member
from gateway.rules.provisional_credentials import is_issued
from gateway.store import LoginIdTaken
from gateway.store.accounts import Credential
from gateway.store.login_ids import login_key
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    AccountState,
    NewAccessLogEntry,
    Origin,
    PendingRegistration,
    TokenPurpose,
)
from gateway.viewer import AccountKind

_OPEN_FOR_REGISTRATION = (None, AccountState.PROVISIONAL, AccountState.AWAITING_CONFIRMATION)


@dataclass(frozen=True, slots=True)
class StartRegistration:
    """A 仮登録 as it was typed. `kind`: MEMBER or GUARDIAN, whose `member_number` is the student's (A1, A16).

    `birth_date` is the member's (the student's), `phone` any of theirs that the registry has: the family's,
    the member's mobile, for a guardian the guardian's mobile.
    """

    member_number: MemberNumber
    kind: AccountKind
    birth_date: date
    phone: str = field(repr=False)
    sign_up: SignUp


@dataclass(frozen=True, slots=True)
class RegistrationStarted:
    """A link was mailed; or, where one signs in by e-mail and this address is taken, a word about that."""

    email: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ConfirmRegistration:
    """本登録 as it was typed (A22). `login_id` is the e-mail address where one signs in by it."""

    token: str = field(repr=False)
    login_id: str
    password: str = field(repr=False)


NotRegistrable = MemberNotFound | RegisteredAlready | ProvisionalSignInRequired | NotAMemberYet
StartOutcome = (
    RegistrationStarted | TooManyAttempts | FormFault | NotRegistrable | PasswordRefused | LoginIdInUse
)


@sheds_load
async def start_registration(entrance: Entrance, asked: StartRegistration, origin: Origin) -> StartOutcome:
    """仮登録: checks who it is against the registry, and mails the link for 本登録 (A21).

    Raises `Unavailable` when the registry does not answer.
    """
    chosen = read_sign_up(entrance.coop, asked.sign_up)
    if not isinstance(chosen, Chosen):
        return chosen
    uses = _uses(asked, chosen.email, origin)
    wait = await reserve(entrance, uses)
    if wait is not None:
        return wait
    try:
        outcome = await _judged(entrance, asked, chosen, origin)
    except AdapterError:
        await forgive(entrance, uses)
        raise
    if isinstance(outcome, MemberNotFound | RegisteredAlready | ProvisionalSignInRequired | NotAMemberYet):
        await _log_refusal(entrance, asked, type(outcome).__name__, origin)
    else:
        await forgive(entrance, uses if isinstance(outcome, PasswordRefused) else [_from_address(origin)])
    return outcome


def _uses(asked: StartRegistration, email: str, origin: Origin) -> list[Use]:
    # The number counts like a recipient: many addresses together guess no faster at one member.
    number = Use(Scope.MAIL_TO_RECIPIENT, f"registration {asked.member_number}")
    return [_from_address(origin), number, Use(Scope.MAIL_TO_RECIPIENT, login_key(email))]


def _from_address(origin: Origin) -> Use:
    return Use(Scope.REGISTRATION_FROM_ADDRESS, network_of(origin))


async def _judged(
    entrance: Entrance, asked: StartRegistration, chosen: Chosen, origin: Origin
) -> StartOutcome:
    member, guardian = await registered(entrance, asked.member_number)
    if member is None or not _is_the_person(entrance, member, guardian, asked):
        return MemberNotFound()
    fault = await _registration_fault(entrance, member, asked.kind)
    if fault is not None:
        return fault
    personal = [chosen.login_id, chosen.email, *words_about(member, guardian)]
    refused = password_refused(entrance.coop, chosen.password, personal)
    return refused or await _pend(entrance, asked, chosen, origin)


def _is_the_person(
    entrance: Entrance, member: Member, guardian: Guardian | None, asked: StartRegistration
) -> bool:
    if asked.kind is AccountKind.MEMBER:
        return is_the_member(member, asked.birth_date, asked.phone)
    if guardian is None or not is_a_guardian(entrance, guardian, asked.kind):
        return False
    return is_the_guardian(member, guardian, asked.birth_date, asked.phone)


async def _registration_fault(entrance: Entrance, member: Member, kind: AccountKind) -> NotRegistrable | None:
    fault = await membership_fault(entrance, member)
    if fault is not None:
        return fault
    account = await entrance.store.accounts.of_one(member.number, kind)
    if (account and account.state) not in _OPEN_FOR_REGISTRATION:
        return RegisteredAlready()
    rules = entrance.coop.provisional
    return ProvisionalSignInRequired() if rules is not None and is_issued(member, rules) else None


async def _pend(
    entrance: Entrance, asked: StartRegistration, chosen: Chosen, origin: Origin
) -> RegistrationStarted | LoginIdInUse | RegisteredAlready:
    registration = await registration_of(entrance, chosen)
    now, purpose = entrance.clock(), TokenPurpose.CONFIRM_REGISTRATION
    expires_at = now + LIVES[purpose]
    pending = PendingRegistration(asked.member_number, asked.kind, registration, expires_at + LIVES[purpose])
    taken = await entrance.store.accounts.signs_in_somebody(chosen.login_id)
    if taken and not signs_in_by_email(entrance.coop):
        return LoginIdInUse()
    async with entrance.store.transaction() as within:
        if taken:
            await mails.queue_address_in_use(within, entrance.coop, chosen.email, now)
            return RegistrationStarted(chosen.email, expires_at)
        account = await within.lifecycle.pend(pending)
        if account is None:
            return RegisteredAlready()
        await end_sessions(entrance, within, account, origin)
        token, expires_at = await issue_token(within, account, purpose, now)
        await mails.queue_registration_link(within, entrance.coop, chosen.email, token, expires_at, now)
        await log_change(entrance, within, AccessAction.REGISTER, account, origin)
    return RegistrationStarted(chosen.email, expires_at)


@sheds_load
async def confirm_registration(
    entrance: Entrance, asked: ConfirmRegistration, origin: Origin
) -> Account | LinkInvalid | LoginIdInUse | TooManyAttempts:
    """本登録: link, chosen ID and password together (A22). Who is registered then signs in (A19)."""
    wait = await reserve(entrance, [_from_address(origin)])
    if wait is not None:
        return wait
    credential = await _proved(entrance, asked)
    if credential is None:
        await log_invalid_link(entrance, AccessAction.CONFIRM, origin)
        return LinkInvalid()
    try:
        account = await _confirm(entrance, asked.token, credential, origin)
    except LoginIdTaken:
        return LoginIdInUse()
    await forgive(entrance, [_from_address(origin)])
    return account or LinkInvalid()


async def _proved(entrance: Entrance, asked: ConfirmRegistration) -> Credential | None:
    """The account to confirm, if token, ID and password belong together."""
    token = await find_token(entrance, asked.token, TokenPurpose.CONFIRM_REGISTRATION)
    credential = token and await entrance.store.accounts.credential_of(token.account_id)
    if not credential:
        return None
    verdict = await entrance.passwords.check(credential.password_hash, asked.password)
    right_id = login_key(credential.account.login_id) == login_key(asked.login_id)
    return credential if verdict.right and right_id else None


async def _confirm(entrance: Entrance, token: str, credential: Credential, origin: Origin) -> Account | None:
    now, pending = entrance.clock(), credential.account
    async with entrance.store.transaction() as within:
        if await use_up_token(within, token, TokenPurpose.CONFIRM_REGISTRATION, now) is None:
            return None
        account = await within.lifecycle.confirm(
            pending.account_id, pending.login_id, credential.password_hash or "", now
        )
        if account is None or account.email is None:
            return None
        await mails.queue_registration_complete(within, entrance.coop, account.email, account.login_id, now)
        await log_change(entrance, within, AccessAction.CONFIRM, account, origin, what=("REGISTRATION",))
    return account


async def _log_refusal(entrance: Entrance, asked: StartRegistration, why: str, origin: Origin) -> None:
    entry = NewAccessLogEntry(
        at=entrance.clock(),
        action=AccessAction.REGISTER,
        outcome=AccessOutcome.REFUSED,
        origin=origin,
        member_number=asked.member_number,
        reason=why,
    )
    await entrance.store.access_log.record([entry])
