"""Registration from a provisional session: A2, A17–A20, X2, X4."""

from dataclasses import replace

import pytest

from adapters.records import MemberStatus
from gateway.accounts import Attempt, Entrance, InvalidCredentials, SignedIn, sign_in, viewer_of
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.password_policy import PasswordFault
from gateway.accounts.provisional_registration import (
    SentTestMail,
    complete_registration,
    send_test_mail,
)
from gateway.accounts.refusals import (
    EmailRefused,
    LinkInvalid,
    LoginIdInUse,
    LoginIdRefused,
    MemberNotFound,
    NotAMemberYet,
    PasswordRefused,
    RegisteredAlready,
    TermsNotAccepted,
)
from gateway.accounts.self_service import confirm_email
from gateway.accounts.sign_up import SignUp
from gateway.store import Store
from gateway.store.records import AccessAction, Account, AccountState, MailKind, TermsAcceptance
from gateway.viewer import AccountKind, Anonymous, LimitedViewer
from tests.accounts.applicants import NEW_PASSWORD
from tests.accounts.mailbox import addressed, the_mail
from tests.accounts.people import ICHIRO, PHONE, log_of, opened
from tests.accounts.registries import TARO, ListedMembers
from tests.running import NOW, fixed_clock

FORM = SignUp("taro-no-id", NEW_PASSWORD, "taro@example.jp", "2020-03")
BIRTH_DATE = "20050801"


async def provisional(entrance: Entrance, identifier: str = TARO.number) -> tuple[str, LimitedViewer]:
    """A provisional session: its token, and whom it stands for."""
    outcome = await sign_in(entrance, Attempt(identifier, BIRTH_DATE, PHONE))
    assert isinstance(outcome, SignedIn)
    account, session = outcome.account, outcome.session
    viewer = LimitedViewer(
        "hirosaki",
        account.account_id,
        session.session_id,
        session.purpose,
        account.kind,
        account.member_number,
    )
    return outcome.token, viewer


async def test_who_signed_in_provisionally_registers_at_once(entrance: Entrance) -> None:
    """A18, A20, X2, X4."""
    _, viewer = await provisional(entrance)
    account = await complete_registration(entrance, viewer, FORM, PHONE)
    assert isinstance(account, Account)
    assert (account.state, account.kind) == (AccountState.REGISTERED, AccountKind.MEMBER)
    assert (account.login_id, account.registered_at) == ("taro-no-id", NOW)
    assert (account.email, account.email_verified) == ("taro@example.jp", False)
    assert account.terms == TermsAcceptance("2020-03", NOW)
    assert (await log_of(entrance.store))[1].action is AccessAction.REGISTER


async def test_the_provisional_credential_and_its_sessions_end(entrance: Entrance, store: Store) -> None:
    """A19: one signs in anew, with the ID and password one has chosen."""
    token, viewer = await provisional(entrance)
    await complete_registration(entrance, viewer, FORM, PHONE)
    assert await viewer_of(store, token, fixed_clock) == Anonymous()
    assert await sign_in(entrance, Attempt(TARO.number, BIRTH_DATE, PHONE)) == InvalidCredentials()
    assert isinstance(await sign_in(entrance, Attempt("taro-no-id", NEW_PASSWORD, PHONE)), SignedIn)


async def test_the_guardian_registers_in_their_own_right(entrance: Entrance) -> None:
    """A8, A9, A16."""
    _, viewer = await provisional(entrance, "２１０１ 0000 0001ｐ")
    account = await complete_registration(entrance, viewer, FORM, PHONE)
    assert isinstance(account, Account)
    assert (account.kind, account.member_number) == (AccountKind.GUARDIAN, TARO.number)
    _, students = await provisional(entrance)
    student = await complete_registration(entrance, students, replace(FORM, login_id="taro-2"), PHONE)
    assert isinstance(student, Account)


async def test_the_address_is_confirmed_afterwards_by_a_mailed_link(entrance: Entrance, store: Store) -> None:
    """X4. Whoever the mail went to by mistake learns neither number nor ID."""
    _, viewer = await provisional(entrance)
    await complete_registration(entrance, viewer, FORM, PHONE)
    assert await addressed(store) == [(MailKind.EMAIL_CONFIRMATION, "taro@example.jp")]
    mail = await the_mail(store, MailKind.EMAIL_CONFIRMATION)
    assert "taro-no-id" not in mail.text
    assert TARO.number not in mail.text
    account = await confirm_email(entrance, mail.token, PHONE)
    assert isinstance(account, Account)
    assert account.email_verified
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.what) == (AccessAction.CONFIRM, ("EMAIL",))
    assert await confirm_email(entrance, mail.token, PHONE) == LinkInvalid()


async def test_nobody_completes_twice(entrance: Entrance) -> None:
    """A26, A27: not even from two windows."""
    _, viewer = await provisional(entrance)
    assert isinstance(await complete_registration(entrance, viewer, FORM, PHONE), Account)
    again = replace(FORM, login_id="taro-again")
    assert await complete_registration(entrance, viewer, again, PHONE) == RegisteredAlready()


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (replace(FORM, accepted_terms=None), TermsNotAccepted()),
        (replace(FORM, email="taro@"), EmailRefused()),
        (replace(FORM, login_id=TARO.number), LoginIdRefused()),
        (replace(FORM, login_id="hirosaki-ichiro"), LoginIdInUse()),
    ],
)
async def test_what_is_wrong_with_the_form_is_told_and_nothing_changes(
    entrance: Entrance, store: Store, form: SignUp, told: object
) -> None:
    """A20."""
    await opened(entrance, ICHIRO)
    token, viewer = await provisional(entrance)
    assert await complete_registration(entrance, viewer, form, PHONE) == told
    assert await viewer_of(store, token, fixed_clock) == viewer
    assert await addressed(store) == []


async def test_the_birth_date_makes_no_password(entrance: Entrance) -> None:
    """A12: everybody who knows the provisional password would know it."""
    _, viewer = await provisional(entrance)
    form = replace(FORM, password="20050801taro-no-id")
    outcome = await complete_registration(entrance, viewer, form, PHONE)
    assert isinstance(outcome, PasswordRefused)
    assert outcome.faults == (PasswordFault.OWN_WORDS,)


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (MemberStatus.AWAITING_PAYMENT, NotAMemberYet()),
        (MemberStatus.WITHDRAWN, MemberNotFound()),
    ],
)
async def test_who_is_no_member_any_more_registers_no_account(
    entrance: Entrance, registry: ListedMembers, status: MemberStatus, told: object
) -> None:
    """E10, E15, E22."""
    _, viewer = await provisional(entrance)
    registry.people[registry.people.index(TARO)] = replace(TARO, status=status)
    assert await complete_registration(entrance, viewer, FORM, PHONE) == told


async def test_a_test_mail_is_all_that_a_test_mail_does(entrance: Entrance, store: Store) -> None:
    """A17."""
    _, viewer = await provisional(entrance)
    sent = await send_test_mail(entrance, viewer, " ｔａｒｏ@example.jp", PHONE)
    assert sent == SentTestMail("taro@example.jp")
    assert (await the_mail(store, MailKind.TEST)).recipient == "taro@example.jp"
    assert (await log_of(entrance.store))[0].action is AccessAction.MAIL_REQUESTED
    account = (await entrance.store.accounts.by_id([viewer.account_id]))[viewer.account_id]
    assert account is not None
    assert (account.state, account.email) == (AccountState.PROVISIONAL, None)


async def test_test_mails_to_one_address_are_throttled(entrance: Entrance, store: Store) -> None:
    """A17."""
    _, viewer = await provisional(entrance)
    outcomes = [await send_test_mail(entrance, viewer, "taro@example.jp", PHONE) for _ in range(7)]
    assert outcomes[:5] == [SentTestMail("taro@example.jp")] * 5
    assert [type(outcome) for outcome in outcomes[5:]] == [TooManyAttempts] * 2
    assert len(await addressed(store)) == 5
