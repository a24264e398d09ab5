"""What was forgotten: A28–A34, A37, E2–E4, X15."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.accounts import Attempt, Entrance, InvalidCredentials, SignedIn, sign_in, viewer_of
from gateway.accounts.auth_codes import set_totp
from gateway.accounts.outcomes import AuthCodeRequired, TooManyAttempts
from gateway.accounts.recovery import (
    RecoveryRequested,
    request_login_id_reminder,
    request_password_reset,
    reset_password,
    start_password_reset,
)
from gateway.accounts.recovery_answers import TRIED_AGAIN_AFTER, RecoveryAnswers
from gateway.accounts.refusals import (
    AccountNotFound,
    LinkInvalid,
    MemberNumberMissing,
    NotOffered,
    PasswordRefused,
)
from gateway.accounts.self_service import change_password
from gateway.accounts.whose import AccountOf
from gateway.store import Store
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Account,
    AccountState,
    MailKind,
    SessionPurpose,
)
from gateway.store.tables import outbox_mail, recovery_requests
from gateway.viewer import AccountKind, Anonymous, LimitedViewer, StaffViewer
from tests.accounts.applicants import NEW_PASSWORD
from tests.accounts.clocks import MovableClock
from tests.accounts.mailbox import addressed, last_mail, outbox, the_mail
from tests.accounts.people import (
    ELSEWHERE,
    ICHIRO,
    NUMBER,
    PASSWORD,
    PHONE,
    SACHIKO,
    STAFF,
    STAFF_SECRET,
    TARO,
    in_state,
    log_of,
    opened,
    present,
    signed_in,
)

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)


async def answered(entrance: Entrance) -> int:
    """Lets the worker answer everything; how much there was."""
    answers = RecoveryAnswers(entrance.coop, entrance.store, entrance.vault, entrance.clock)
    count = 0
    while await answers.answer_next():
        count += 1
    return count


async def reminded(entrance: Entrance, email: str = "taro@example.jp") -> None:
    assert await request_login_id_reminder(entrance, NUMBER, email, PHONE) == RecoveryRequested()
    assert await answered(entrance) == 1


async def reissued(entrance: Entrance, store: Store) -> str:
    """The password that is mailed to Taro."""
    outcome = await request_password_reset(entrance, TARO.login_id, NUMBER, PHONE)
    assert outcome == RecoveryRequested()
    assert await answered(entrance) == 1
    return (await last_mail(store, MailKind.REISSUED_PASSWORD)).fact("再発行パスワード")


async def mailed_link(hokkaido: Entrance, store: Store) -> str:
    """The token that is mailed to Sachiko."""
    outcome = await request_password_reset(hokkaido, "sachiko@example.jp", None, PHONE)
    assert outcome == RecoveryRequested()
    assert await answered(hokkaido) == 1
    return (await last_mail(store, MailKind.PASSWORD_RESET_LINK)).token


def limited(signed: SignedIn) -> LimitedViewer:
    account, session = signed.account, signed.session
    ids = (account.coop_code, account.account_id, session.session_id)
    return LimitedViewer(*ids, session.purpose, account.kind, account.member_number)


async def test_number_and_address_bring_the_login_id(entrance: Entrance, store: Store) -> None:
    """A28, A31, A32."""
    await opened(entrance)
    await reminded(entrance, "ＴＡＲＯ@example.jp")
    mail = await the_mail(store, MailKind.LOGIN_ID_REMINDER)
    assert (mail.recipient, mail.fact("ログインID")) == ("taro@example.jp", "hirosaki-taro")
    assert "コピー＆ペースト" in mail.text
    assert "続けて「パスワードを忘れた」から" in mail.text
    assert "（１）「ログインIDを忘れた」（２）「パスワードを忘れた」の順" in RecoveryRequested.message


async def test_who_shares_an_address_hears_of_both_ids(entrance: Entrance, store: Store) -> None:
    """A16, A28."""
    await opened(entrance)
    await opened(entrance, replace(ICHIRO, email="taro@example.jp", email_verified=True))
    await reminded(entrance)
    text = (await the_mail(store, MailKind.LOGIN_ID_REMINDER)).text
    assert "ログインID：hirosaki-taro\n" in text
    assert "ログインID：hirosaki-ichiro\n" in text


@pytest.mark.parametrize("email", ["other@example.jp", "", "ichiro@example.jp"])
async def test_the_answer_is_the_same_when_no_mail_follows(
    entrance: Entrance, store: Store, email: str
) -> None:
    """A28: a wrong address, and one that nobody has proved to be theirs."""
    await opened(entrance)
    await opened(entrance, replace(ICHIRO, email="ichiro@example.jp", email_verified=False))
    await reminded(entrance, email)
    assert await outbox(store) == []
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.outcome) == (AccessAction.RECOVERY_REQUESTED, AccessOutcome.REFUSED)
    assert (line.account_id, line.reason) == (None, "NO_ACCOUNT_TO_MAIL_TO")


async def test_a_forgotten_address_is_told_by_phone_only(hokkaido: Entrance) -> None:
    """E2."""
    outcome = await request_login_id_reminder(hokkaido, NUMBER, "sachiko@example.jp", PHONE)
    assert isinstance(outcome, NotOffered)
    assert "ご本人様からお電話いただき、ご本人様確認のうえご案内いたします" in outcome.message
    assert "011-561-6493" in outcome.message


async def test_the_same_is_written_down_whoever_is_asked_for(entrance: Entrance, store: Store) -> None:
    """A28, A29: the request does nothing that depends on an account, so that its time tells nothing."""
    await opened(entrance)
    await request_password_reset(entrance, "hirosaki-taro", NUMBER, PHONE)
    await request_password_reset(entrance, "nobody-at-all", NUMBER, ELSEWHERE)
    async with store.engine.connect() as connection:
        rows = (await connection.execute(sa.select(recovery_requests))).all()
    assert sorted(row.identifier for row in rows) == ["hirosaki-taro", "nobody-at-all"]
    assert await outbox(store) == []


async def test_what_was_typed_is_forgotten_once_it_is_answered(entrance: Entrance, store: Store) -> None:
    await request_password_reset(entrance, "nobody-at-all", NUMBER, PHONE)
    assert await answered(entrance) == 1
    async with store.engine.connect() as connection:
        assert (await connection.execute(sa.select(recovery_requests))).all() == []


async def test_the_password_needs_number_and_login_id(entrance: Entrance, store: Store) -> None:
    """A29."""
    await opened(entrance)
    other = MemberNumber("210100000002")
    assert await request_password_reset(entrance, TARO.login_id, None, PHONE) == MemberNumberMissing()
    assert await request_password_reset(entrance, TARO.login_id, other, PHONE) == RecoveryRequested()
    assert await answered(entrance) == 1
    assert await outbox(store) == []


async def test_a_reissued_password_opens_a_session_that_may_only_set_another(
    entrance: Entrance, store: Store
) -> None:
    """A30, A32, X15."""
    account = await opened(entrance)
    elsewhere = await signed_in(entrance)
    password = await reissued(entrance, store)
    assert isinstance(await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)), SignedIn)
    outcome = await sign_in(entrance, Attempt(TARO.login_id, f" {password} ", PHONE))
    assert isinstance(outcome, SignedIn)
    assert outcome.session.purpose is SessionPurpose.CHANGE_PASSWORD
    changed = await change_password(entrance, limited(outcome), None, NEW_PASSWORD, PHONE)
    assert changed == account
    for token in (outcome.token, elsewhere.token):
        assert await viewer_of(store, token, entrance.clock) == Anonymous()
    assert isinstance(await sign_in(entrance, Attempt(TARO.login_id, NEW_PASSWORD, PHONE)), SignedIn)
    for old in (PASSWORD, password):
        assert await sign_in(entrance, Attempt(TARO.login_id, old, PHONE)) == InvalidCredentials()
    assert (await the_mail(store, MailKind.PASSWORD_CHANGED)).recipient == "taro@example.jp"


async def test_a_reissued_password_is_worth_nothing_after_an_hour(
    entrance: Entrance, store: Store, clock: MovableClock
) -> None:
    """A30."""
    await opened(entrance)
    password = await reissued(entrance, store)
    clock.advance(HOUR)
    assert await sign_in(entrance, Attempt(TARO.login_id, password, PHONE)) == InvalidCredentials()


async def test_a_reissued_password_is_the_way_out_of_a_lock(entrance: Entrance, store: Store) -> None:
    """E26."""
    account = await opened(entrance)
    await in_state(store, account, AccountState.LOCKED)
    password = await reissued(entrance, store)
    outcome = await sign_in(entrance, Attempt(TARO.login_id, password, PHONE))
    assert isinstance(outcome, SignedIn)
    assert isinstance(await viewer_of(store, outcome.token, entrance.clock), LimitedViewer)
    await change_password(entrance, limited(outcome), None, NEW_PASSWORD, PHONE)
    assert (await present(entrance, account)).state is AccountState.REGISTERED


async def test_no_mail_has_a_password_the_owner_has_chosen(entrance: Entrance, store: Store) -> None:
    """A34."""
    await opened(entrance)
    await reissued(entrance, store)
    assert PASSWORD not in (await the_mail(store, MailKind.REISSUED_PASSWORD)).text


async def test_the_link_lets_its_owner_set_a_password_once(hokkaido: Entrance, store: Store) -> None:
    """E3, E4, X15."""
    account = await opened(hokkaido, SACHIKO)
    session = await signed_in(hokkaido, SACHIKO)
    token = await mailed_link(hokkaido, store)
    link = f"https://mypage.hokkaido-gakko-coop.example/password#token={token}\n"
    assert link in (await the_mail(store, MailKind.PASSWORD_RESET_LINK)).text
    assert await reset_password(hokkaido, token, NEW_PASSWORD, ELSEWHERE) == account
    assert await viewer_of(store, session.token, hokkaido.clock) == Anonymous()
    assert await sign_in(hokkaido, Attempt(SACHIKO.login_id, PASSWORD, PHONE)) == InvalidCredentials()
    assert isinstance(await sign_in(hokkaido, Attempt(SACHIKO.login_id, NEW_PASSWORD, PHONE)), SignedIn)
    assert await reset_password(hokkaido, token, "another long password", PHONE) == LinkInvalid()
    assert (await the_mail(store, MailKind.PASSWORD_CHANGED)).recipient == "sachiko@example.jp"
    lines = [line for line in await log_of(hokkaido.store) if line.action is AccessAction.PASSWORD_CHANGED]
    assert [(line.origin, line.outcome) for line in lines] == [
        (PHONE, AccessOutcome.REFUSED),
        (ELSEWHERE, AccessOutcome.ALLOWED),
    ]


async def test_a_reset_opens_a_locked_account(hokkaido: Entrance, store: Store) -> None:
    """E26."""
    account = await opened(hokkaido, SACHIKO)
    await in_state(store, account, AccountState.LOCKED)
    token = await mailed_link(hokkaido, store)
    assert isinstance(await reset_password(hokkaido, token, NEW_PASSWORD, PHONE), Account)
    assert (await present(hokkaido, account)).state is AccountState.REGISTERED


async def test_a_reset_does_not_bypass_the_code(hokkaido: Entrance, store: Store) -> None:
    """E26, ASVS 6.4.3: and beside a code a shorter password does."""
    account = await opened(hokkaido, SACHIKO)
    await set_totp(hokkaido.store, hokkaido.vault, account, STAFF_SECRET, hokkaido.clock())
    token = await mailed_link(hokkaido, store)
    assert isinstance(await reset_password(hokkaido, token, "kuruma8!", PHONE), Account)
    assert isinstance(await sign_in(hokkaido, Attempt(SACHIKO.login_id, "kuruma8!", PHONE)), AuthCodeRequired)


async def test_a_weak_password_leaves_the_link_as_it_is(hokkaido: Entrance, store: Store) -> None:
    await opened(hokkaido, SACHIKO)
    token = await mailed_link(hokkaido, store)
    assert isinstance(await reset_password(hokkaido, token, "short", PHONE), PasswordRefused)
    assert isinstance(await reset_password(hokkaido, token, NEW_PASSWORD, PHONE), Account)


async def test_only_the_newest_link_counts_and_only_for_an_hour(
    hokkaido: Entrance, store: Store, clock: MovableClock
) -> None:
    await opened(hokkaido, SACHIKO)
    old = await mailed_link(hokkaido, store)
    clock.advance(SECOND)
    new = await mailed_link(hokkaido, store)
    assert await reset_password(hokkaido, old, NEW_PASSWORD, PHONE) == LinkInvalid()
    clock.advance(HOUR)
    assert await reset_password(hokkaido, new, NEW_PASSWORD, PHONE) == LinkInvalid()


@pytest.mark.parametrize("state", [AccountState.CLOSED, AccountState.AWAITING_CONFIRMATION])
async def test_who_has_no_account_in_use_recovers_none(
    hokkaido: Entrance, store: Store, state: AccountState
) -> None:
    account = await opened(hokkaido, SACHIKO)
    token = await mailed_link(hokkaido, store)
    await in_state(store, account, state)
    assert await reset_password(hokkaido, token, NEW_PASSWORD, PHONE) == LinkInvalid()
    before = len(await addressed(store))
    await request_password_reset(hokkaido, SACHIKO.login_id, None, PHONE)
    assert await answered(hokkaido) == 1
    assert len(await addressed(store)) == before


async def test_a_link_of_one_co_op_opens_nothing_at_another(
    entrance: Entrance, hokkaido: Entrance, store: Store
) -> None:
    await opened(hokkaido, SACHIKO)
    token = await mailed_link(hokkaido, store)
    assert await reset_password(entrance, token, NEW_PASSWORD, PHONE) == LinkInvalid()


Request = Callable[[Entrance], Awaitable[object]]


@pytest.mark.parametrize(
    "request_of",
    [
        lambda entrance: request_login_id_reminder(entrance, NUMBER, "x@example.jp", PHONE),
        lambda entrance: request_password_reset(entrance, "nobody-at-all", NUMBER, PHONE),
    ],
)
async def test_requests_are_throttled_alike_whether_or_not_there_is_an_account(
    entrance: Entrance, request_of: Request
) -> None:
    outcomes = [await request_of(entrance) for _ in range(6)]
    assert outcomes[:5] == [RecoveryRequested()] * 5
    assert isinstance(outcomes[5], TooManyAttempts)


async def test_requests_of_strangers_lock_nobody_out(entrance: Entrance) -> None:
    """ASVS 6.3: a forgotten-password flow counts against no sign-in."""
    await opened(entrance)
    for _ in range(8):
        await request_password_reset(entrance, TARO.login_id, NUMBER, ELSEWHERE)
    assert isinstance(await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE)), SignedIn)


async def test_staff_have_it_mailed_and_see_no_password(entrance: Entrance, store: Store) -> None:
    """A34."""
    await opened(entrance)
    staff = await opened(entrance, STAFF)
    session = (await signed_in(entrance, STAFF)).session
    by = StaffViewer("hirosaki", staff.account_id, session.session_id, staff.roles)
    whose = AccountOf(NUMBER, AccountKind.MEMBER)
    assert await start_password_reset(entrance, by, whose, PHONE) == RecoveryRequested()
    assert await answered(entrance) == 1
    assert await addressed(store) == [(MailKind.REISSUED_PASSWORD, "taro@example.jp")]
    line = (await log_of(entrance.store))[0]
    assert (line.account_id, line.member_number) == (staff.account_id, NUMBER)
    guardian = AccountOf(NUMBER, AccountKind.GUARDIAN)
    assert await start_password_reset(entrance, by, guardian, PHONE) == AccountNotFound()


async def test_a_request_that_cannot_be_answered_holds_up_no_other(
    entrance: Entrance, store: Store, clock: MovableClock
) -> None:
    await opened(entrance)
    await request_login_id_reminder(entrance, NUMBER, "taro@example.jp", PHONE)
    clock.advance(SECOND)
    await request_password_reset(entrance, TARO.login_id, NUMBER, PHONE)
    forbid = "ALTER TABLE outbox_mail ADD CONSTRAINT no_reminders CHECK (kind <> 'LOGIN_ID_REMINDER')"
    async with store.engine.begin() as connection:
        await connection.execute(sa.text(forbid))
    assert await answered(entrance) == 2
    assert await addressed(store) == [(MailKind.REISSUED_PASSWORD, "taro@example.jp")]
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("ALTER TABLE outbox_mail DROP CONSTRAINT no_reminders"))
        await connection.execute(sa.delete(outbox_mail))
    assert await answered(entrance) == 0
    clock.advance(TRIED_AGAIN_AFTER)
    assert await answered(entrance) == 1
    assert await addressed(store) == [(MailKind.LOGIN_ID_REMINDER, "taro@example.jp")]
