"""新規登録 by member number: A15, A16, A20–A27, E1, E10, X2, X3, X21."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from adapters.errors import Unavailable
from adapters.records import MemberNumber, MemberStatus
from gateway.accounts import Attempt, Entrance, InvalidCredentials, SignedIn, sign_in
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.password_policy import PasswordFault
from gateway.accounts.refusals import (
    EmailRefused,
    LinkInvalid,
    LoginIdInUse,
    LoginIdRefused,
    MemberNotFound,
    NotAMemberYet,
    PasswordRefused,
    ProvisionalSignInRequired,
    RegisteredAlready,
    TermsNotAccepted,
)
from gateway.accounts.registration import (
    ConfirmRegistration,
    RegistrationStarted,
    StartRegistration,
    confirm_registration,
    start_registration,
)
from gateway.accounts.share_payments import confirm_share_payment
from gateway.store import Store
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    AccountState,
    MailKind,
    Origin,
    TermsAcceptance,
)
from gateway.viewer import AccountKind, StaffViewer
from tests.accounts.applicants import (
    NEW_PASSWORD,
    SABURO,
    SABURO_ASKS,
    SABUROS_FORM,
    SABUROS_PARENT,
    SACHIKO,
    SACHIKO_ASKS,
    SHO,
)
from tests.accounts.clocks import MovableClock
from tests.accounts.mailbox import addressed, last_mail, outbox, the_mail
from tests.accounts.people import ELSEWHERE, PHONE, STAFF, in_state, log_of, opened, signed_in
from tests.accounts.people import TARO as TAROS_ACCOUNT
from tests.accounts.registries import TARO, ListedMembers
from tests.running import NOW

DAY = timedelta(hours=24)
A25 = "入力された情報に該当する組合員が見つかりません"
A26 = "お客様は既に本登録が完了しています"


@pytest.fixture(autouse=True)
def _applicants(registry: ListedMembers, hokkaido: Entrance) -> None:
    registry.people += [SABURO, SABUROS_PARENT]
    assert isinstance(hokkaido.registry, ListedMembers)
    hokkaido.registry.people += [SACHIKO, SHO]


async def started(entrance: Entrance, asked: StartRegistration = SABURO_ASKS) -> RegistrationStarted:
    outcome = await start_registration(entrance, asked, PHONE)
    assert isinstance(outcome, RegistrationStarted)
    return outcome


async def confirmed(
    entrance: Entrance, store: Store, login_id: str = "saburo-h"
) -> Account | LinkInvalid | LoginIdInUse | TooManyAttempts:
    token = (await last_mail(store, MailKind.REGISTRATION_LINK)).token
    asked = ConfirmRegistration(token, login_id, NEW_PASSWORD)
    return await confirm_registration(entrance, asked, PHONE)


async def test_the_first_step_mails_a_link_and_lets_nobody_in(entrance: Entrance, store: Store) -> None:
    """A15, A21, A24."""
    assert await started(entrance) == RegistrationStarted("saburo@example.jp", NOW + DAY)
    mail = await the_mail(store, MailKind.REGISTRATION_LINK)
    assert (mail.recipient, mail.sender) == ("saburo@example.jp", "mypage@klas.seikyou.jp")
    assert mail.subject == "【弘前大学生活協同組合】本登録のご案内"
    assert f"https://mypage.klas.seikyou.jp/registration#token={mail.token}\n" in mail.text
    assert "仮登録時に登録した希望ログインIDとパスワード" in mail.text
    assert await sign_in(entrance, Attempt("saburo-h", NEW_PASSWORD, PHONE)) == InvalidCredentials()


async def test_the_second_step_registers_with_the_terms_and_the_address_that_was_proved(
    entrance: Entrance, store: Store, clock: MovableClock
) -> None:
    """A19, A20, A22, X2, X3."""
    await started(entrance)
    clock.advance(timedelta(minutes=3))
    account = await confirmed(entrance, store)
    assert isinstance(account, Account)
    assert (account.state, account.login_id) == (AccountState.REGISTERED, "saburo-h")
    assert (account.kind, account.member_number) == (AccountKind.MEMBER, SABURO.number)
    assert (account.email, account.email_verified) == ("saburo@example.jp", True)
    assert account.registered_at == NOW + timedelta(minutes=3)
    assert account.terms == TermsAcceptance("2020-03", NOW)
    assert (await the_mail(store, MailKind.REGISTRATION_COMPLETE)).fact("ログインID") == "saburo-h"
    assert isinstance(await sign_in(entrance, Attempt("saburo-h", NEW_PASSWORD, PHONE)), SignedIn)
    assert [line.action for line in await log_of(entrance.store)] == [
        AccessAction.SIGN_IN,
        AccessAction.CONFIRM,
        AccessAction.REGISTER,
    ]


async def test_a_link_opens_once(entrance: Entrance, store: Store) -> None:
    await started(entrance)
    assert isinstance(await confirmed(entrance, store), Account)
    assert await confirmed(entrance, store) == LinkInvalid()
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.outcome) == (AccessAction.CONFIRM, AccessOutcome.REFUSED)
    assert line.reason == "LINK_INVALID"


async def test_a_link_is_worth_nothing_after_a_day(
    entrance: Entrance, store: Store, clock: MovableClock
) -> None:
    await started(entrance)
    clock.advance(DAY)
    assert await confirmed(entrance, store) == LinkInvalid()


@pytest.mark.parametrize(
    ("login_id", "password"), [("saburo-x", NEW_PASSWORD), ("saburo-h", NEW_PASSWORD + "!")]
)
async def test_the_link_alone_registers_nobody(
    entrance: Entrance, store: Store, login_id: str, password: str
) -> None:
    """A22: whom the mail went to by mistake does not know ID and password."""
    await started(entrance)
    token = (await the_mail(store, MailKind.REGISTRATION_LINK)).token
    assert await confirm_registration(entrance, ConfirmRegistration(token, login_id, password), PHONE) == (
        LinkInvalid()
    )
    assert isinstance(await confirmed(entrance, store), Account)


async def test_a_link_pasted_with_space_around_and_an_id_in_full_width_are_understood(
    entrance: Entrance, store: Store
) -> None:
    """A32, A37."""
    await started(entrance)
    token = (await the_mail(store, MailKind.REGISTRATION_LINK)).token
    asked = ConfirmRegistration(f" {token}\n", "ＳＡＢＵＲＯ-h", NEW_PASSWORD)
    assert isinstance(await confirm_registration(entrance, asked, PHONE), Account)


async def test_begun_anew_only_the_newest_link_counts(entrance: Entrance, store: Store) -> None:
    await started(entrance)
    old = (await the_mail(store, MailKind.REGISTRATION_LINK)).token
    form = replace(SABUROS_FORM, login_id="sabu-2", email="other@example.jp")
    entrance.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    await started(entrance, replace(SABURO_ASKS, sign_up=form))
    asked = ConfirmRegistration(old, "saburo-h", NEW_PASSWORD)
    assert await confirm_registration(entrance, asked, PHONE) == LinkInvalid()
    account = await confirmed(entrance, store, "sabu-2")
    assert isinstance(account, Account)
    assert account.email == "other@example.jp"


async def test_an_unknown_number_is_told_with_the_sentence_of_the_guide(entrance: Entrance) -> None:
    """A25, X21."""
    unknown = replace(SABURO_ASKS, member_number=MemberNumber("210199999999"))
    outcome = await start_registration(entrance, unknown, PHONE)
    assert outcome == MemberNotFound()
    assert outcome.message == A25
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.outcome, line.reason) == (
        AccessAction.REGISTER,
        AccessOutcome.REFUSED,
        "MemberNotFound",
    )


@pytest.mark.parametrize(
    "wrong", [{"birth_date": date(1994, 7, 16)}, {"phone": "0172-00-1006"}, {"phone": ""}]
)
async def test_who_is_not_the_person_hears_the_same_as_for_an_unknown_number(
    entrance: Entrance, store: Store, wrong: dict[str, object]
) -> None:
    """A25, X21: also of who is registered already."""
    asked = replace(SABURO_ASKS, **wrong)  # type: ignore[arg-type]
    assert await start_registration(entrance, asked, PHONE) == MemberNotFound()
    await opened(entrance)
    taro = replace(asked, member_number=TARO.number)
    assert await start_registration(entrance, taro, PHONE) == MemberNotFound()
    assert await outbox(store) == []


@pytest.mark.parametrize("state", [AccountState.REGISTERED, AccountState.LOCKED, AccountState.CLOSED])
async def test_nobody_registers_twice(entrance: Entrance, store: Store, state: AccountState) -> None:
    """A26, A27."""
    account = await opened(entrance, replace(TAROS_ACCOUNT, member_number=SABURO.number))
    await in_state(store, account, state)
    outcome = await start_registration(entrance, SABURO_ASKS, PHONE)
    assert outcome == RegisteredAlready()
    assert outcome.message == A26


async def test_who_has_a_provisional_account_is_sent_there(entrance: Entrance) -> None:
    """A14, X1."""
    asked = replace(SABURO_ASKS, member_number=TARO.number, birth_date=date(2005, 8, 1), phone="09000000001")
    assert await start_registration(entrance, asked, PHONE) == ProvisionalSignInRequired()


async def test_the_guardian_registers_beside_the_student(entrance: Entrance, store: Store) -> None:
    """A1, A16: with the student's number and birth date, and a phone of their own."""
    await opened(entrance, replace(TAROS_ACCOUNT, member_number=SABURO.number))
    form = replace(SABUROS_FORM, login_id="tadashi", email="tadashi@example.jp")
    guardian = replace(SABURO_ASKS, kind=AccountKind.GUARDIAN, phone="080-0000-0005", sign_up=form)
    await started(entrance, guardian)
    account = await confirmed(entrance, store, "tadashi")
    assert isinstance(account, Account)
    assert (account.kind, account.member_number) == (AccountKind.GUARDIAN, SABURO.number)


async def test_who_has_no_guardian_gets_no_guardians_account(
    entrance: Entrance, registry: ListedMembers
) -> None:
    registry.people.remove(SABUROS_PARENT)
    guardian = replace(SABURO_ASKS, kind=AccountKind.GUARDIAN)
    assert await start_registration(entrance, guardian, PHONE) == MemberNotFound()


async def test_who_has_left_the_co_op_is_not_found(entrance: Entrance, registry: ListedMembers) -> None:
    """E15, E22."""
    registry.people[registry.people.index(SABURO)] = replace(SABURO, status=MemberStatus.WITHDRAWN)
    assert await start_registration(entrance, SABURO_ASKS, PHONE) == MemberNotFound()


async def test_before_the_share_capital_is_paid_nobody_is_a_member(hokkaido: Entrance, store: Store) -> None:
    """E10, E11: and once the office has confirmed it, they are invited and register."""
    sho = replace(SACHIKO_ASKS, member_number=SHO.number, birth_date=date(1995, 5, 6))
    assert await start_registration(hokkaido, sho, PHONE) == NotAMemberYet()
    staff = await opened(hokkaido, STAFF)
    by = StaffViewer(
        "hokkaido", staff.account_id, (await signed_in(hokkaido, STAFF)).session.session_id, staff.roles
    )
    await confirm_share_payment(hokkaido, by, SHO.number, PHONE)
    assert (await the_mail(store, MailKind.INVITATION)).recipient == "hakodate@example.jp"
    assert isinstance(await start_registration(hokkaido, sho, PHONE), RegistrationStarted)


async def test_where_one_signs_in_by_e_mail_the_address_is_the_id(hokkaido: Entrance, store: Store) -> None:
    """E1."""
    await started(hokkaido, SACHIKO_ASKS)
    account = await confirmed(hokkaido, store, "Sachiko@example.jp")
    assert isinstance(account, Account)
    assert account.login_id == "sachiko@example.jp"
    attempt = Attempt("sachiko@example.jp", NEW_PASSWORD, PHONE)
    assert isinstance(await sign_in(hokkaido, attempt), SignedIn)


async def test_an_address_somebody_signs_in_with_gets_the_same_answer_and_another_mail(
    hokkaido: Entrance, store: Store
) -> None:
    """E1: nobody learns from the answer who has an account."""
    await opened(hokkaido, replace(TAROS_ACCOUNT, login_id="sachiko@example.jp", member_number=SHO.number))
    assert await started(hokkaido, SACHIKO_ASKS) == RegistrationStarted("sachiko@example.jp", NOW + DAY)
    assert await addressed(store) == [(MailKind.REGISTRATION_ATTEMPTED, "sachiko@example.jp")]


async def test_nobody_keeps_an_address_from_its_owner_by_beginning_a_registration(
    hokkaido: Entrance, store: Store
) -> None:
    squatter = replace(SACHIKO_ASKS, member_number=SHO.number, birth_date=date(1995, 5, 6))
    paid = replace(SHO, status=MemberStatus.ACTIVE)
    assert isinstance(hokkaido.registry, ListedMembers)
    hokkaido.registry.people.append(paid)
    await started(hokkaido, squatter)
    hokkaido.clock.advance(timedelta(minutes=1))  # type: ignore[attr-defined]
    await started(hokkaido, SACHIKO_ASKS)
    assert isinstance(await confirmed(hokkaido, store, "sachiko@example.jp"), Account)


async def test_an_id_that_was_taken_between_the_steps_is_told_at_the_second(
    entrance: Entrance, store: Store
) -> None:
    await started(entrance)
    await opened(entrance, replace(TAROS_ACCOUNT, login_id="SABURO-H"))
    assert await confirmed(entrance, store) == LoginIdInUse()


@pytest.mark.parametrize(
    ("form", "told"),
    [
        (replace(SABUROS_FORM, accepted_terms=None), TermsNotAccepted()),
        (replace(SABUROS_FORM, accepted_terms="2019-03"), TermsNotAccepted()),
        (replace(SABUROS_FORM, email="saburo"), EmailRefused()),
        (replace(SABUROS_FORM, login_id=None), LoginIdRefused()),
        (replace(SABUROS_FORM, login_id="210100000001p"), LoginIdRefused()),
    ],
)
async def test_what_is_wrong_with_the_form_is_told_before_anybody_is_looked_up(
    entrance: Entrance, registry: ListedMembers, form: object, told: object
) -> None:
    """A20, X2."""
    asked = replace(SABURO_ASKS, sign_up=form)  # type: ignore[arg-type]
    assert await start_registration(entrance, asked, PHONE) == told
    assert registry.calls == 0


async def test_an_id_in_use_is_told_to_who_has_proved_to_be_a_member(entrance: Entrance) -> None:
    await opened(entrance)
    form = replace(SABUROS_FORM, login_id="Hirosaki-Taro")
    asked = replace(SABURO_ASKS, sign_up=form)
    assert await start_registration(entrance, asked, PHONE) == LoginIdInUse()
    stranger = replace(asked, phone="0172000000")
    assert await start_registration(entrance, stranger, PHONE) == MemberNotFound()


@pytest.mark.parametrize(
    ("password", "fault"),
    [("short", PasswordFault.TOO_SHORT), ("19940715 saburo-h", PasswordFault.OWN_WORDS)],
)
async def test_a_weak_password_is_refused(entrance: Entrance, password: str, fault: PasswordFault) -> None:
    form = replace(SABUROS_FORM, password=password)
    outcome = await start_registration(entrance, replace(SABURO_ASKS, sign_up=form), PHONE)
    assert isinstance(outcome, PasswordRefused)
    assert outcome.faults == (fault,)


async def test_choosing_a_better_password_is_no_guess_at_the_member(entrance: Entrance) -> None:
    weak = replace(SABURO_ASKS, sign_up=replace(SABUROS_FORM, password="19940715 saburo-h"))
    for _ in range(10):
        assert isinstance(await start_registration(entrance, weak, PHONE), PasswordRefused)
    await started(entrance)


async def test_with_the_registry_out_nothing_is_answered_and_no_try_is_counted(
    entrance: Entrance, registry: ListedMembers
) -> None:
    registry.failure = Unavailable("hirosaki/registry", "no connection")
    for _ in range(30):
        with pytest.raises(Unavailable):
            await start_registration(entrance, SABURO_ASKS, PHONE)
    registry.failure = None
    await started(entrance)


async def test_who_asks_for_many_numbers_is_held_up_before_any_look_up(
    entrance: Entrance, registry: ListedMembers
) -> None:
    """X21."""
    outcomes = []
    for index in range(25):
        number = MemberNumber(f"2101999{index:05d}")
        form = replace(SABUROS_FORM, email=f"many-{index}@example.jp")
        asked = replace(SABURO_ASKS, member_number=number, sign_up=form)
        outcomes.append(await start_registration(entrance, asked, PHONE))
    calls = registry.calls
    assert outcomes.count(MemberNotFound()) == 20
    assert isinstance(outcomes[-1], TooManyAttempts)
    assert isinstance(await start_registration(entrance, SABURO_ASKS, PHONE), TooManyAttempts)
    assert registry.calls == calls == 40
    assert isinstance(await start_registration(entrance, SABURO_ASKS, ELSEWHERE), RegistrationStarted)


async def test_one_member_is_not_guessed_at_from_many_addresses(entrance: Entrance) -> None:
    outcomes = []
    for index in range(8):
        form = replace(SABUROS_FORM, email=f"many-{index}@example.jp")
        asked = replace(SABURO_ASKS, phone=f"0172{index:06d}", sign_up=form)
        outcomes.append(await start_registration(entrance, asked, Origin(f"203.0.113.{index}")))
    assert [type(outcome) for outcome in outcomes] == [MemberNotFound] * 5 + [TooManyAttempts] * 3


async def test_what_nobody_confirms_is_removed_a_day_after_its_link_expired(
    entrance: Entrance, store: Store
) -> None:
    await started(entrance)
    await store.remove_expired(NOW + 2 * DAY - timedelta(seconds=1))
    assert await entrance.store.accounts.of_one(SABURO.number, AccountKind.MEMBER) is not None
    await store.remove_expired(NOW + 2 * DAY)
    assert await entrance.store.accounts.of_one(SABURO.number, AccountKind.MEMBER) is None
