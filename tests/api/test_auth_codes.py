"""認証コード (E26): asked for at sign-in, set by e-mail and by app, recovered, and never switched off by staff."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from gateway.store import Store
from tests.api.asking import PASSWORD, TOTP_SECRETS, Api
from tests.api.doing import GOOD_PASSWORD, do, done, input_error, mails_to, only_mail_to, refusal
from tests.api.opening import open_staff
from tests.running import NOW

STEP = timedelta(seconds=30)
NEXT = """
viewer { account { loginId } } purpose token challenge { challenge method sentTo expiresAt }
"""
SET = "method enrolment { secret uri } recoveryCodes"

WRONG_CODE = input_error(
    "INVALID_AUTH_CODE",
    "認証コードが正しくありません。期限が切れている場合は、はじめからやり直してください。",
    "code",
)


def wrong_password(step: str) -> dict[str, Any]:
    return input_error("INVALID_CREDENTIALS", "現在のパスワードが正しくありません。", step, "password")


def staff_code(identifier: str = "staff-hirosaki") -> str:
    secret = TOTP_SECRETS[identifier]
    assert secret is not None
    return pyotp.TOTP(secret).at(NOW)


async def sign_in(api: Api, identifier: str, password: str = PASSWORD) -> Any:
    given = {"coop": "hirosaki", "identifier": identifier, "password": password, "transport": "TOKEN"}
    return await done(api, "signIn", NEXT, **given)


async def challenge_of(api: Api, identifier: str, password: str = PASSWORD) -> str:
    return str((await sign_in(api, identifier, password))["challenge"]["challenge"])


async def verify(api: Api, challenge: str, code: str, coop: str = "hirosaki") -> Any:
    given = {"coop": coop, "challenge": challenge, "code": code, "transport": "TOKEN"}
    return await do(api, "verifyAuthCode", NEXT, **given)


async def with_app(member: Api) -> str:
    """Enrols an app for a member, and gives its secret."""
    begun = await done(member, "setAuthCode", SET, beginTotp={"password": PASSWORD})
    secret: str = begun["enrolment"]["secret"]
    await done(member, "setAuthCode", SET, finishTotp={"code": pyotp.TOTP(secret).at(NOW - STEP)})
    return secret


async def test_staff_are_asked_for_a_code_before_they_are_anybody(api: Api) -> None:
    """E26: no session, no token and no cookie until then."""
    payload = await sign_in(api, "staff-hirosaki")

    assert (payload["viewer"], payload["purpose"], payload["token"]) == (None, None, None)
    challenge = payload["challenge"]
    assert len(challenge.pop("challenge")) == 43
    assert challenge == {"method": "TOTP", "sentTo": None, "expiresAt": "2026-11-20T12:10:00+09:00"}


async def test_the_code_of_the_app_lets_staff_in(api: Api) -> None:
    challenge = await challenge_of(api, "staff-hirosaki")

    payload = await verify(api, challenge, staff_code())

    assert payload["errors"] == []
    assert (payload["viewer"], payload["purpose"]) == ({"account": {"loginId": "staff-hirosaki"}}, "FULL")
    assert len(payload["token"]) == 43


async def test_the_session_after_a_code_travels_in_a_cookie_unless_a_token_is_wanted(api: Api) -> None:
    challenge = await challenge_of(api, "staff-hirosaki")

    await done(api, "verifyAuthCode", "token", coop="hirosaki", challenge=challenge, code=staff_code())

    assert "__Host-session" in api.client.cookies


@pytest.mark.parametrize("code", ["000000", "", "あ", "\0", "0" * 1000])
async def test_a_wrong_code_is_refused_and_the_right_one_taken_after_it(api: Api, code: str) -> None:
    challenge = await challenge_of(api, "staff-hirosaki")

    refused = await verify(api, challenge, code)

    assert refused == {
        "errors": [WRONG_CODE],
        "viewer": None,
        "purpose": None,
        "token": None,
        "challenge": None,
    }
    assert (await verify(api, challenge, staff_code()))["errors"] == []


async def test_a_challenge_is_good_for_one_session(api: Api) -> None:
    challenge = await challenge_of(api, "staff-hirosaki")
    await verify(api, challenge, pyotp.TOTP(TOTP_SECRETS["staff-hirosaki"] or "").at(NOW - STEP))

    assert (await verify(api, challenge, staff_code()))["errors"] == [WRONG_CODE]


async def test_a_code_of_the_app_is_good_once(api: Api) -> None:
    """RFC 6238: whoever looked over the shoulder comes too late."""
    await verify(api, await challenge_of(api, "staff-hirosaki"), staff_code())

    again = await verify(api, await challenge_of(api, "staff-hirosaki"), staff_code())

    assert again["errors"] == [WRONG_CODE]


@pytest.mark.parametrize(
    ("coop", "challenge"), [("hirosaki", "made-up"), ("aomori", "made-up"), ("hirosaki", "\0")]
)
async def test_a_made_up_challenge_and_an_unknown_co_op_answer_as_a_wrong_code_does(
    api: Api, coop: str, challenge: str
) -> None:
    assert (await verify(api, challenge, "123456", coop))["errors"] == [WRONG_CODE]


async def test_a_challenge_is_worth_nothing_at_another_co_op(api: Api) -> None:
    challenge = await challenge_of(api, "staff-hirosaki")

    assert (await verify(api, challenge, staff_code(), "hokkaido"))["errors"] == [WRONG_CODE]


async def test_codes_are_throttled(api: Api) -> None:
    """E26: counted per attempt, and told until when."""
    challenge = await challenge_of(api, "staff-hirosaki")
    for _ in range(5):
        await verify(api, challenge, "000000")

    (error,) = (await verify(api, challenge, staff_code()))["errors"]

    assert error == {
        "__typename": "TooManyAttempts",
        "code": "TOO_MANY_ATTEMPTS",
        "message": "試行回数が多いため、しばらく受け付けられません。12時00分30秒以降にもう一度お試しください。",
        "path": ["input"],
        "retryAt": "2026-11-20T12:00:30+09:00",
    }


async def test_a_member_who_wants_codes_by_e_mail_gets_one_at_sign_in(
    api: Api, taro: Api, store: Store
) -> None:
    """E26: the mail goes to the confirmed address, which the answer shows masked."""
    payload = await done(taro, "setAuthCode", SET, useEmail={"password": PASSWORD})
    assert payload == {"method": "EMAIL", "enrolment": None, "recoveryCodes": None}
    assert await auth_code(taro) == "EMAIL"

    challenge = (await sign_in(api, "hirosaki-taro"))["challenge"]

    assert (challenge["method"], challenge["sentTo"]) == ("EMAIL", "h***@example.jp")
    (mail,) = [mail for mail in await mails_to(store, "hirosaki@example.jp") if mail.kind == "AUTH_CODE"]
    assert (await verify(api, challenge["challenge"], mail.code()))["errors"] == []


async def auth_code(member: Api) -> Any:
    return (await member.data("{ viewer { account { authCode } } }"))["viewer"]["account"]["authCode"]


async def test_an_app_is_enrolled_in_two_steps(api: Api, taro: Api) -> None:
    """E26: nothing changes before the app has shown that it has the secret."""
    begun = await done(taro, "setAuthCode", SET, beginTotp={"password": PASSWORD})
    secret, uri = begun["enrolment"]["secret"], begun["enrolment"]["uri"]
    assert (begun["method"], begun["recoveryCodes"]) == (None, None)
    assert pyotp.parse_uri(uri).secret == secret
    assert await auth_code(taro) == "NONE"

    finished = await done(taro, "setAuthCode", SET, finishTotp={"code": pyotp.TOTP(secret).at(NOW - STEP)})

    assert (finished["method"], finished["enrolment"]) == ("TOTP", None)
    assert len(set(finished["recoveryCodes"])) == 10
    assert await auth_code(taro) == "TOTP"
    payload = await verify(api, await challenge_of(api, "hirosaki-taro"), pyotp.TOTP(secret).at(NOW))
    assert payload["viewer"] == {"account": {"loginId": "hirosaki-taro"}}


async def test_a_wrong_first_code_leaves_everything_as_it_was(taro: Api) -> None:
    await done(taro, "setAuthCode", SET, beginTotp={"password": PASSWORD})

    error = await refusal(taro, "setAuthCode", finishTotp={"code": "000000"})

    assert error == {**WRONG_CODE, "path": ["input", "finishTotp", "code"]}
    assert await auth_code(taro) == "NONE"


async def test_a_code_without_an_enrolment_is_a_wrong_one(taro: Api) -> None:
    assert (await refusal(taro, "setAuthCode", finishTotp={"code": "123456"}))["code"] == "INVALID_AUTH_CODE"


async def test_a_recovery_code_lets_in_once(api: Api, taro: Api) -> None:
    await with_app(taro)
    new = await done(taro, "setAuthCode", SET, newRecoveryCodes={"password": PASSWORD})
    code = new["recoveryCodes"][0]

    first = await verify(api, await challenge_of(api, "hirosaki-taro"), code)
    again = await verify(api, await challenge_of(api, "hirosaki-taro"), code)

    assert (first["errors"], again["errors"]) == ([], [WRONG_CODE])


async def test_recovery_codes_need_an_app(taro: Api) -> None:
    error = await refusal(taro, "setAuthCode", newRecoveryCodes={"password": PASSWORD})

    assert error == input_error("AUTH_CODE_NOT_SET", "認証アプリが設定されていません。", "newRecoveryCodes")


@pytest.mark.parametrize("step", ["useEmail", "beginTotp", "newRecoveryCodes", "turnOff"])
async def test_the_current_password_is_asked_for_before_anything_changes(taro: Api, step: str) -> None:
    error = await refusal(taro, "setAuthCode", **{step: {"password": "wrong"}})

    assert error == wrong_password(step)


async def test_staff_cannot_switch_the_code_off(hirosaki_staff: Api) -> None:
    error = await refusal(hirosaki_staff, "setAuthCode", turnOff={"password": PASSWORD})

    assert error == input_error(
        "AUTH_CODE_REQUIRED", "職員のアカウントでは、認証コードを解除できません。", "turnOff"
    )


async def test_a_short_password_does_not_stand_alone(taro: Api) -> None:
    """NIST SP 800-63B-4: the demo's password has 14 characters."""
    await with_app(taro)

    error = await refusal(taro, "setAuthCode", turnOff={"password": PASSWORD})

    assert error == input_error(
        "AUTH_CODE_REQUIRED",
        "認証コードを使わない場合は、15文字以上のパスワードが必要です。先にパスワードを変更してください。",
        "turnOff",
    )


async def test_a_long_password_may_stand_alone_again(api: Api, taro: Api) -> None:
    await with_app(taro)
    await done(taro, "changePassword", password=PASSWORD, newPassword=GOOD_PASSWORD)

    payload = await done(taro, "setAuthCode", SET, turnOff={"password": GOOD_PASSWORD})

    assert payload["method"] == "NONE"
    assert (await sign_in(api, "hirosaki-taro", GOOD_PASSWORD))["challenge"] is None


async def test_codes_go_to_no_unconfirmed_address(api: Api, store: Store) -> None:
    await open_staff(store, "hirosaki", "no-address")
    staff = await api.signed_in("hirosaki", "no-address")

    error = await refusal(staff, "setAuthCode", useEmail={"password": PASSWORD})

    message = "確認済みのメールアドレスがありません。先にメールアドレスをご確認ください。"
    assert error == input_error("EMAIL_NOT_VERIFIED", message, "useEmail")


@pytest.mark.parametrize(
    "given", [{}, {"useEmail": None}, {"turnOff": {"password": "x"}, "useEmail": {"password": "x"}}]
)
async def test_exactly_one_step_is_taken_at_a_time(taro: Api, given: dict[str, Any]) -> None:
    """@oneOf."""
    operation = "mutation ($input: SetAuthCodeInput!) { setAuthCode(input: $input) { method } }"

    answer = await taro.ask(operation, input=given)

    assert [error["extensions"]["code"] for error in answer.errors] == ["INVALID_OPERATION"]


async def test_the_owner_is_told_by_mail_of_every_change(taro: Api, store: Store) -> None:
    await done(taro, "setAuthCode", SET, useEmail={"password": PASSWORD})

    assert (await only_mail_to(store, "hirosaki@example.jp")).kind == "AUTH_CODE_CHANGED"
