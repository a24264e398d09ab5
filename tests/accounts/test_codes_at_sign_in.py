"""認証コード at sign-in (E26): by mail, by an app (RFC 6238), by recovery codes."""

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import sqlalchemy as sa

from gateway.accounts import (
    Attempt,
    AuthCodeRequired,
    CodeAttempt,
    Entrance,
    InvalidAuthCode,
    InvalidCredentials,
    SignedIn,
    TooManyAttempts,
    sign_in,
    submit_auth_code,
    viewer_for,
    viewer_of,
)
from gateway.accounts.auth_codes import set_totp, use_email_codes
from gateway.accounts.outcomes import AuthCodeRequired as Required
from gateway.accounts.totp import matching_step
from gateway.store import Store
from gateway.store.protection_tables import auth_challenges, auth_code_methods
from gateway.store.records import (
    Account,
    AccountKind,
    AccountState,
    AuthCodeMethod,
    NewAccount,
    SessionPurpose,
)
from gateway.store.tables import outbox_mail
from gateway.viewer import MemberViewer, StaffRole
from tests.accounts.clocks import MovableClock
from tests.accounts.people import PASSWORD, PHONE, TARO, in_state, log_of, opened, present, signed_in
from tests.running import NOW

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MINUTE = timedelta(minutes=1)
BY_MAIL = NewAccount(
    AccountKind.STAFF,
    "staff-by-mail",
    registered_at=NOW,
    name="窓口 次郎",
    email="madoguchi@example.jp",
    email_verified=True,
    roles=frozenset({StaffRole.DESK}),
)


async def with_app(entrance: Entrance) -> Account:
    account = await opened(entrance)
    await set_totp(entrance.store, entrance.vault, account, SECRET, entrance.clock())
    return account


async def with_mailed_codes(entrance: Entrance) -> Account:
    account = await opened(entrance)
    viewer = viewer_for(account, (await signed_in(entrance)).session.session_id)
    assert isinstance(await use_email_codes(entrance, viewer, PASSWORD, PHONE), Account)
    return account


async def challenged(entrance: Entrance, login_id: str = TARO.login_id) -> Required:
    outcome = await sign_in(entrance, Attempt(login_id, PASSWORD, PHONE))
    assert isinstance(outcome, AuthCodeRequired)
    return outcome


async def mailed_code(store: Store) -> str:
    """The code of the newest mail that has one."""
    async with store.engine.connect() as connection:
        texts = (
            await connection.scalars(sa.select(outbox_mail.c.text).order_by(outbox_mail.c.queued_at))
        ).all()
    codes = [code for text in texts for code in re.findall(r"(?<!\d)\d{6}(?!\d)", text)]
    return str(codes[-1])


def app_code(entrance: Entrance) -> str:
    return pyotp.TOTP(SECRET).at(entrance.clock())


def another(code: str) -> str:
    return f"{(int(code) + 500_000) % 1_000_000:06d}"


async def submitted(
    entrance: Entrance, challenge: Required, code: str
) -> SignedIn | InvalidAuthCode | TooManyAttempts:
    return await submit_auth_code(entrance, CodeAttempt(challenge.challenge, code, PHONE, "iPhone"))


async def test_with_an_app_the_password_alone_opens_nothing(store: Store, entrance: Entrance) -> None:
    await with_app(entrance)
    challenge = await challenged(entrance)
    assert (challenge.method, challenge.sent_to) == (AuthCodeMethod.TOTP, None)
    assert challenge.expires_at == NOW + 10 * MINUTE
    async with store.engine.connect() as connection:
        assert (await connection.execute(sa.text("SELECT * FROM sessions"))).all() == []
    assert [line.reason for line in await log_of(entrance.store)] == ["CODE_REQUIRED"]


async def test_the_apps_code_opens_the_session_that_waited(store: Store, entrance: Entrance) -> None:
    account = await with_app(entrance)
    outcome = await submitted(entrance, await challenged(entrance), app_code(entrance))
    assert isinstance(outcome, SignedIn)
    assert (outcome.session.device_label, outcome.session.purpose) == ("iPhone", SessionPurpose.FULL)
    assert await viewer_of(store, outcome.token, entrance.clock) == MemberViewer(
        "hirosaki", account.account_id, outcome.session.session_id, TARO.member_number or pytest.fail("none")
    )


async def test_a_mailed_code_opens_it_too(store: Store, entrance: Entrance) -> None:
    await with_mailed_codes(entrance)
    challenge = await challenged(entrance)
    assert (challenge.method, challenge.sent_to) == (AuthCodeMethod.EMAIL, "t***@example.jp")
    assert isinstance(await submitted(entrance, challenge, await mailed_code(store)), SignedIn)


async def test_staff_without_an_app_get_a_code_by_mail(store: Store, entrance: Entrance) -> None:
    """Staff must."""
    await opened_by_mail(entrance)
    challenge = await challenged(entrance, BY_MAIL.login_id)
    assert (challenge.method, challenge.sent_to) == (AuthCodeMethod.EMAIL, "m***@example.jp")
    assert isinstance(await submitted(entrance, challenge, await mailed_code(store)), SignedIn)


async def opened_by_mail(entrance: Entrance) -> Account:
    return await entrance.store.accounts.add(BY_MAIL, await entrance.passwords.hash(PASSWORD))


async def test_staff_to_whom_no_code_can_come_do_not_get_in(entrance: Entrance) -> None:
    nowhere = NewAccount(AccountKind.STAFF, "staff-nowhere", registered_at=NOW, name="窓口 三郎")
    await entrance.store.accounts.add(nowhere, await entrance.passwords.hash(PASSWORD))
    assert await sign_in(entrance, Attempt("staff-nowhere", PASSWORD, PHONE)) == InvalidCredentials()
    assert (await log_of(entrance.store))[0].reason == "NO_WAY_TO_SEND_A_CODE"


@pytest.mark.parametrize("shape", ["{}", " {} ", "{:.3} {:.3}"])
async def test_space_and_width_of_a_code_do_not_count(entrance: Entrance, shape: str) -> None:
    """A32."""
    await with_app(entrance)
    code = app_code(entrance)
    typed = f"{code[:3]} {code[3:]}" if ":" in shape else shape.format(code)
    wide = typed.translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    assert isinstance(await submitted(entrance, await challenged(entrance), wide), SignedIn)


@pytest.mark.parametrize(
    ("seconds", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
async def test_an_apps_clock_may_be_half_a_minute_off(entrance: Entrance, seconds: int, right: bool) -> None:
    await with_app(entrance)
    code = pyotp.TOTP(SECRET).at(entrance.clock() + timedelta(seconds=seconds))
    outcome = await submitted(entrance, await challenged(entrance), code)
    assert isinstance(outcome, SignedIn if right else InvalidAuthCode)


async def test_an_apps_code_works_once(entrance: Entrance, clock: MovableClock) -> None:
    """RFC 6238, 5.2: also at another sign-in, by who looked over the shoulder; nor does an older one after it."""
    await with_app(entrance)
    code, older = app_code(entrance), pyotp.TOTP(SECRET).at(clock() - timedelta(seconds=30))
    assert isinstance(await submitted(entrance, await challenged(entrance), code), SignedIn)
    second = await challenged(entrance)
    assert await submitted(entrance, second, code) == InvalidAuthCode()
    assert await submitted(entrance, second, older) == InvalidAuthCode()
    clock.advance(timedelta(seconds=30))
    assert isinstance(await submitted(entrance, second, app_code(entrance)), SignedIn)


async def test_one_code_many_times_at_once_opens_one_session(entrance: Entrance) -> None:
    await with_app(entrance)
    challenge = await challenged(entrance)
    outcomes = await asyncio.gather(*(submitted(entrance, challenge, app_code(entrance)) for _ in range(4)))
    assert Counter(type(outcome) for outcome in outcomes) == {SignedIn: 1, InvalidAuthCode: 3}


async def test_a_challenge_is_met_once(store: Store, entrance: Entrance) -> None:
    await with_mailed_codes(entrance)
    challenge, code = await challenged(entrance), await mailed_code(store)
    assert isinstance(await submitted(entrance, challenge, code), SignedIn)
    assert await submitted(entrance, challenge, code) == InvalidAuthCode()


async def test_a_mailed_code_is_good_for_its_own_sign_in_only(store: Store, entrance: Entrance) -> None:
    await with_mailed_codes(entrance)
    await challenged(entrance)
    code = await mailed_code(store)
    assert await submitted(entrance, await challenged(entrance), code) == InvalidAuthCode()


async def test_a_mailed_code_dies_after_ten_minutes(
    store: Store, entrance: Entrance, clock: MovableClock
) -> None:
    await with_mailed_codes(entrance)
    challenge, code = await challenged(entrance), await mailed_code(store)
    clock.advance(10 * MINUTE)
    assert await submitted(entrance, challenge, code) == InvalidAuthCode()
    assert await store.remove_expired(clock()) >= 1


async def test_five_wrong_codes_use_a_challenge_up(
    store: Store, entrance: Entrance, clock: MovableClock
) -> None:
    await with_mailed_codes(entrance)
    challenge, code = await challenged(entrance), await mailed_code(store)
    for _ in range(5):
        assert await submitted(entrance, challenge, another(code)) == InvalidAuthCode()
    assert await submitted(entrance, challenge, code) == TooManyAttempts(timedelta(seconds=30))
    clock.advance(MINUTE)
    assert await submitted(entrance, challenge, code) == InvalidAuthCode()


async def test_a_hundred_codes_at_once_are_five(entrance: Entrance) -> None:
    await with_app(entrance)
    challenge, wrong = await challenged(entrance), another(app_code(entrance))
    outcomes = await asyncio.gather(*(submitted(entrance, challenge, wrong) for _ in range(100)))
    assert Counter(outcomes) == {InvalidAuthCode(): 5, TooManyAttempts(timedelta(seconds=30)): 95}


async def test_asking_for_a_new_code_does_not_begin_anew(entrance: Entrance) -> None:
    await with_app(entrance)
    wrong = another(app_code(entrance))
    for _ in range(5):
        assert await submitted(entrance, await challenged(entrance), wrong) == InvalidAuthCode()
    assert await submitted(entrance, await challenged(entrance), app_code(entrance)) == TooManyAttempts(
        timedelta(seconds=30)
    )


async def test_the_hundredth_wrong_code_in_a_row_locks_the_account(
    entrance: Entrance, clock: MovableClock
) -> None:
    """So that 100 guesses at three codes of a million are all there are: 1 in 3,300."""
    account = await with_app(entrance)
    for _ in range(100):
        challenge = await challenged(entrance)
        outcome = await submitted(entrance, challenge, "000000x")
        assert outcome == InvalidAuthCode()
        clock.advance(timedelta(hours=1))
    assert (await present(entrance, account)).state is AccountState.LOCKED


async def test_an_account_locked_meanwhile_does_not_open(store: Store, entrance: Entrance) -> None:
    account = await with_app(entrance)
    challenge = await challenged(entrance)
    await in_state(store, account, AccountState.LOCKED)
    assert await submitted(entrance, challenge, app_code(entrance)) == InvalidAuthCode()


@pytest.mark.parametrize("token", ["", "nobody-was-given-this", "half a pair \ud83c"])
async def test_a_challenge_that_nobody_was_given_is_met_by_no_code(entrance: Entrance, token: str) -> None:
    assert await submit_auth_code(entrance, CodeAttempt(token, "123456", PHONE)) == InvalidAuthCode()


async def test_another_co_op_does_not_know_a_challenge(entrance: Entrance, hokkaido: Entrance) -> None:
    await with_app(entrance)
    assert await submitted(hokkaido, await challenged(entrance), app_code(entrance)) == InvalidAuthCode()


async def test_mailing_codes_has_an_end(entrance: Entrance) -> None:
    await opened_by_mail(entrance)
    outcomes = [await sign_in(entrance, Attempt(BY_MAIL.login_id, PASSWORD, PHONE)) for _ in range(6)]
    assert [type(outcome) for outcome in outcomes] == [AuthCodeRequired] * 5 + [TooManyAttempts]


async def test_the_session_one_came_with_ends_only_when_the_code_was_right(
    store: Store, entrance: Entrance
) -> None:
    account = await opened(entrance)
    old = await signed_in(entrance)
    await set_totp(entrance.store, entrance.vault, account, SECRET, entrance.clock())
    challenge = await challenged(entrance)
    attempt = CodeAttempt(challenge.challenge, app_code(entrance), PHONE, replaces=old.token)
    assert await viewer_of(store, old.token, entrance.clock) == viewer_for(account, old.session.session_id)
    assert isinstance(await submit_auth_code(entrance, attempt), SignedIn)
    assert await viewer_of(store, old.token, entrance.clock) != viewer_for(account, old.session.session_id)


async def test_the_database_holds_no_code_no_secret_and_no_challenge(
    store: Store, entrance: Entrance
) -> None:
    await with_app(entrance)
    await opened_by_mail(entrance)
    challenge = await challenged(entrance, BY_MAIL.login_id)
    code = await mailed_code(store)
    async with store.engine.connect() as connection:
        rows = [
            *(await connection.execute(sa.select(auth_challenges))).all(),
            *(await connection.execute(sa.select(auth_code_methods))).all(),
        ]
    assert len(rows) == 2
    assert not [each for each in (code, challenge.challenge, SECRET) if each in str(rows)]


def test_nothing_secret_shows_when_printed() -> None:
    attempt = CodeAttempt("the-challenge", "123456", PHONE, replaces="the-token")
    required = AuthCodeRequired("the-challenge", AuthCodeMethod.TOTP, None, NOW)
    assert not re.search(r"the-challenge|123456|the-token", repr((attempt, required)))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(seconds: int, code: str) -> None:
    """Its test vectors for SHA-1, cut to six digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert matching_step(secret, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30
