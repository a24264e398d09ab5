"""認証コードの設定 (E26): members choose, staff must."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

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
)
from gateway.accounts.auth_code_setting import RecoveryCodes
from gateway.accounts.auth_codes import (
    EmailNotVerified,
    NoAuthCode,
    PasswordTooShortAlone,
    StaffNeedCode,
    TotpEnrolment,
    auth_code_method,
    begin_totp,
    finish_totp,
    new_recovery_codes,
    remove_auth_code,
    turn_off_auth_code,
    use_email_codes,
)
from gateway.store import Store
from gateway.store.records import AccessAction, Account, AuthCodeMethod, SessionPurpose
from gateway.store.tables import outbox_mail
from gateway.viewer import SignedInViewer, StaffViewer
from tests.accounts.clocks import MovableClock
from tests.accounts.people import (
    ICHIRO,
    PASSWORD,
    PHONE,
    STAFF,
    TARO,
    log_of,
    opened,
    present,
    signed_in,
)
from tests.running import NOW

LONG = "朝ごはんはりんごとパンと決めている"


async def taro(entrance: Entrance) -> SignedInViewer:
    account = await opened(entrance)
    return viewer_for(account, (await signed_in(entrance)).session.session_id)


async def staff(entrance: Entrance) -> StaffViewer:
    account = await opened(entrance, STAFF)
    return StaffViewer(
        "hirosaki", account.account_id, (await signed_in(entrance, STAFF)).session.session_id, account.roles
    )


async def enrolled(entrance: Entrance, viewer: SignedInViewer) -> tuple[str, RecoveryCodes]:
    offer = await begin_totp(entrance, viewer, PASSWORD, PHONE)
    assert isinstance(offer, TotpEnrolment)
    codes = await finish_totp(entrance, viewer, pyotp.TOTP(offer.secret).at(entrance.clock()), PHONE)
    assert isinstance(codes, RecoveryCodes)
    return offer.secret, codes


async def method_of(entrance: Entrance, viewer: SignedInViewer) -> AuthCodeMethod:
    found = (await entrance.store.accounts.by_id([viewer.account_id]))[viewer.account_id]
    assert found is not None
    return await auth_code_method(entrance, found)


async def challenged(entrance: Entrance) -> str:
    outcome = await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE))
    assert isinstance(outcome, AuthCodeRequired)
    return outcome.challenge


async def test_nobody_has_a_code_until_they_choose_one(entrance: Entrance) -> None:
    viewer = await taro(entrance)
    assert await method_of(entrance, viewer) is AuthCodeMethod.NONE
    assert await entrance.store.auth_codes.methods([viewer.account_id]) == {
        viewer.account_id: AuthCodeMethod.NONE
    }


async def test_an_app_is_offered_a_secret_and_proves_that_it_has_it(
    entrance: Entrance, clock: MovableClock
) -> None:
    viewer = await taro(entrance)
    offer = await begin_totp(entrance, viewer, PASSWORD, PHONE)
    assert isinstance(offer, TotpEnrolment)
    uri = urlsplit(offer.uri)
    assert (uri.scheme, uri.netloc) == ("otpauth", "totp")
    assert parse_qs(uri.query) == {"secret": [offer.secret], "issuer": [entrance.coop.name]}
    assert len(offer.secret) == 32
    assert await method_of(entrance, viewer) is AuthCodeMethod.NONE

    assert await finish_totp(entrance, viewer, "000000", PHONE) == InvalidAuthCode()
    assert await method_of(entrance, viewer) is AuthCodeMethod.NONE
    code = pyotp.TOTP(offer.secret).at(clock())
    assert isinstance(await finish_totp(entrance, viewer, code, PHONE), RecoveryCodes)
    assert await method_of(entrance, viewer) is AuthCodeMethod.TOTP
    attempt = CodeAttempt(await challenged(entrance), code, PHONE)
    assert await submit_auth_code(entrance, attempt) == InvalidAuthCode(), "it was used to enrol"


async def test_an_app_cannot_be_finished_that_was_never_begun(entrance: Entrance) -> None:
    viewer = await taro(entrance)
    outcomes = [await finish_totp(entrance, viewer, "123456", PHONE) for _ in range(6)]
    assert outcomes == [InvalidAuthCode()] * 5 + [TooManyAttempts(timedelta(seconds=30))]


async def test_another_app_takes_over_only_when_it_has_proved_itself(
    entrance: Entrance, clock: MovableClock
) -> None:
    viewer = await taro(entrance)
    old, _ = await enrolled(entrance, viewer)
    await begin_totp(entrance, viewer, PASSWORD, PHONE)
    clock.advance(timedelta(minutes=1))
    attempt = CodeAttempt(await challenged(entrance), pyotp.TOTP(old).at(clock()), PHONE)
    assert isinstance(await submit_auth_code(entrance, attempt), SignedIn)


async def test_ten_recovery_codes_each_open_the_account_once(entrance: Entrance) -> None:
    """For who lost the app."""
    viewer = await taro(entrance)
    _, recovery = await enrolled(entrance, viewer)
    assert len(set(recovery.codes)) == 10
    for typed in (recovery.codes[0], f" {recovery.codes[1].upper().replace('-', ' ')} "):
        attempt = CodeAttempt(await challenged(entrance), typed, PHONE)
        assert isinstance(await submit_auth_code(entrance, attempt), SignedIn)
        again = CodeAttempt(await challenged(entrance), typed, PHONE)
        assert await submit_auth_code(entrance, again) == InvalidAuthCode()


async def test_new_recovery_codes_make_the_old_ones_worthless(entrance: Entrance) -> None:
    viewer = await taro(entrance)
    _, old = await enrolled(entrance, viewer)
    new = await new_recovery_codes(entrance, viewer, PASSWORD, PHONE)
    assert isinstance(new, RecoveryCodes)
    attempt = CodeAttempt(await challenged(entrance), old.codes[0], PHONE)
    assert await submit_auth_code(entrance, attempt) == InvalidAuthCode()
    attempt = CodeAttempt(await challenged(entrance), new.codes[0], PHONE)
    assert isinstance(await submit_auth_code(entrance, attempt), SignedIn)


async def test_without_an_app_there_is_nothing_to_recover(entrance: Entrance) -> None:
    viewer = await taro(entrance)
    assert await new_recovery_codes(entrance, viewer, PASSWORD, PHONE) == NoAuthCode()


async def test_every_change_needs_the_current_password(entrance: Entrance, clock: MovableClock) -> None:
    viewer = await taro(entrance)
    for change in (use_email_codes, begin_totp, new_recovery_codes, turn_off_auth_code):
        assert await change(entrance, viewer, "a wrong guess", PHONE) == InvalidCredentials()
        clock.advance(timedelta(seconds=30))
    assert await method_of(entrance, viewer) is AuthCodeMethod.NONE


async def test_codes_are_mailed_to_a_verified_address_only(entrance: Entrance) -> None:
    await opened(entrance, ICHIRO)
    session = (await signed_in(entrance, ICHIRO)).session
    account = await entrance.store.accounts.by_login_id(ICHIRO.login_id)
    assert account is not None
    viewer = viewer_for(account, session.session_id)
    assert await use_email_codes(entrance, viewer, PASSWORD, PHONE) == EmailNotVerified()


async def test_a_code_is_turned_off_only_where_the_password_can_stand_alone(entrance: Entrance) -> None:
    """15 characters alone, 8 beside a code."""
    viewer = await taro(entrance)
    await use_email_codes(entrance, viewer, PASSWORD, PHONE)
    assert await turn_off_auth_code(entrance, viewer, PASSWORD, PHONE) == PasswordTooShortAlone()
    await entrance.store.accounts.change_password(viewer.account_id, await entrance.passwords.hash(LONG))
    assert isinstance(await turn_off_auth_code(entrance, viewer, LONG, PHONE), Account)
    assert await method_of(entrance, viewer) is AuthCodeMethod.NONE
    assert isinstance(await sign_in(entrance, Attempt(TARO.login_id, LONG, PHONE)), SignedIn)


async def test_staff_cannot_turn_it_off(entrance: Entrance) -> None:
    viewer = await staff(entrance)
    assert await turn_off_auth_code(entrance, viewer, PASSWORD, PHONE) == StaffNeedCode()
    assert await method_of(entrance, viewer) is AuthCodeMethod.TOTP


async def test_staff_take_a_lost_app_away_and_a_new_password_comes_first(
    store: Store, entrance: Entrance
) -> None:
    viewer, desk = await taro(entrance), await staff(entrance)
    await enrolled(entrance, viewer)
    assert await remove_auth_code(entrance, viewer.account_id, desk, PHONE)
    assert not await remove_auth_code(entrance, viewer.account_id, desk, PHONE)
    outcome = await sign_in(entrance, Attempt(TARO.login_id, PASSWORD, PHONE))
    assert isinstance(outcome, SignedIn)
    assert outcome.session.purpose is SessionPurpose.CHANGE_PASSWORD


async def test_whether_an_account_has_a_code_stands_in_the_account(entrance: Entrance) -> None:
    viewer = await taro(entrance)
    await enrolled(entrance, viewer)
    account = await entrance.store.accounts.by_login_id(TARO.login_id)
    assert account is not None
    assert account.auth_code
    await use_email_codes(entrance, viewer, PASSWORD, PHONE)
    assert (await present(entrance, account)).auth_code


async def test_every_change_is_logged_and_told_to_the_owner(store: Store, entrance: Entrance) -> None:
    viewer = await taro(entrance)
    await use_email_codes(entrance, viewer, PASSWORD, PHONE)
    line = (await log_of(entrance.store))[0]
    assert (line.action, line.account_id, line.what, line.at) == (
        AccessAction.AUTH_CODE_SET,
        viewer.account_id,
        ("EMAIL",),
        NOW,
    )
    async with store.engine.connect() as connection:
        mails = (await connection.execute(sa.select(outbox_mail.c.recipient, outbox_mail.c.text))).all()
    assert [mail.recipient for mail in mails] == [TARO.email]
    assert "認証コード" in mails[0].text


def test_neither_secret_nor_recovery_code_shows_when_printed() -> None:
    shown = repr(
        (TotpEnrolment("JBSWY3DP", "otpauth://totp/x?secret=JBSWY3DP"), RecoveryCodes(("x7k2m-9p4tq",)))
    )
    assert "JBSWY3DP" not in shown
    assert "x7k2m" not in shown


@pytest.mark.parametrize("name", ["x7k2m-9p4tq"])
async def test_a_recovery_code_of_somebody_else_opens_nothing(entrance: Entrance, name: str) -> None:
    viewer = await taro(entrance)
    await enrolled(entrance, viewer)
    assert (
        await submit_auth_code(entrance, CodeAttempt(await challenged(entrance), name, PHONE))
        == InvalidAuthCode()
    )
