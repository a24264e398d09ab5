"""ログインIDを忘れた, パスワードを忘れた (A28–A32, E2–E4, X15): one answer for all, and the owner gets the mail."""

from collections.abc import Mapping
from typing import Any

import pytest

from gateway.accounts import Vault
from gateway.accounts.recovery_answers import RecoveryAnswers
from gateway.coop import Coop
from gateway.store import Store
from tests.api.asking import PASSWORD, Api
from tests.api.doing import GOOD_PASSWORD, Written, done, input_error, mails_to, refusal
from tests.api.opening import reissue_password
from tests.running import SIGNING_KEY, fixed_clock

UNIFORM = (
    "ご入力の内容が登録と一致する場合は、登録されているメールアドレスにメールをお送りします。"
    "ログインID、パスワードのどちらもお忘れの場合は、"
    "（１）「ログインIDを忘れた」（２）「パスワードを忘れた」の順にお手続きください。"
)
TARO = {"coop": "hirosaki", "memberNumber": "210100000001"}


async def mailed(store: Store, coop: Coop, recipient: str) -> list[Written]:
    """What the worker has mailed to somebody once it has answered everything."""
    answers = RecoveryAnswers(coop, store.of(coop.code), Vault(SIGNING_KEY), fixed_clock)
    while await answers.answer_next():
        pass
    return await mails_to(store, recipient)


async def test_the_login_id_goes_to_the_registered_address(
    api: Api, store: Store, coops: Mapping[str, Coop]
) -> None:
    """A28."""
    payload = await done(api, "requestLoginIdReminder", "message", **TARO, email="hirosaki@example.jp")

    assert payload == {"message": UNIFORM}
    (mail,) = await mailed(store, coops["hirosaki"], "hirosaki@example.jp")
    assert mail.kind == "LOGIN_ID_REMINDER"
    assert "hirosaki-taro" in mail.text


@pytest.mark.parametrize(
    ("number", "email"), [("210100000001", "other@example.jp"), ("210199999999", "hirosaki@example.jp")]
)
async def test_who_is_unknown_hears_the_same_and_no_mail_goes_out(
    api: Api, store: Store, coops: Mapping[str, Coop], number: str, email: str
) -> None:
    """A37, E1: never whether there is an account."""
    given = {"coop": "hirosaki", "memberNumber": number, "email": email}

    assert await done(api, "requestLoginIdReminder", "message", **given) == {"message": UNIFORM}
    assert await mailed(store, coops["hirosaki"], email) == []


async def test_where_the_address_is_the_id_it_is_told_by_phone_only(api: Api) -> None:
    """E2."""
    given = {"coop": "hokkaido", "memberNumber": "10000001", "email": "sapporo@example.jp"}

    error = await refusal(api, "requestLoginIdReminder", **given)

    assert (error["code"], error["path"]) == ("NOT_OFFERED", ["input"])
    assert "011-561-6493" in error["message"]


async def test_a_reissued_password_opens_nothing_but_the_change_of_password(
    api: Api, store: Store, coops: Mapping[str, Coop]
) -> None:
    """A29, A30, X15."""
    given = {**TARO, "identifier": "hirosaki-taro"}
    assert await done(api, "requestPasswordReset", "message", **given) == {"message": UNIFORM}
    (mail,) = await mailed(store, coops["hirosaki"], "hirosaki@example.jp")
    assert mail.kind == "REISSUED_PASSWORD"
    reissued = await reissue_password(store, "hirosaki", "hirosaki-taro")

    signed_in = await done(
        api,
        "signIn",
        "purpose token",
        coop="hirosaki",
        identifier="hirosaki-taro",
        password=f" {reissued}　",
        transport="TOKEN",
    )
    limited = Api(api.client, signed_in["token"])

    assert signed_in["purpose"] == "CHANGE_PASSWORD"
    assert (await limited.ask('{ node(id: "x") { id } }')).codes() == {"node": "FORBIDDEN"}
    await done(limited, "changePassword", newPassword=GOOD_PASSWORD)
    assert (await limited.data("{ viewer { account { id } } }"))["viewer"] is None
    await api.signed_in("hirosaki", "hirosaki-taro", GOOD_PASSWORD)


async def test_the_number_is_needed_where_one_signs_in_by_login_id(api: Api) -> None:
    """A29."""
    error = await refusal(api, "requestPasswordReset", coop="hirosaki", identifier="hirosaki-taro")

    assert error == input_error(
        "MEMBER_NUMBER_MISSING", "組合員番号とログインIDをご入力ください。", "memberNumber"
    )


@pytest.fixture
async def token(api: Api, store: Store, coops: Mapping[str, Coop]) -> str:
    """Of the URL that 札幌 一郎 was mailed (E3)."""
    await done(api, "requestPasswordReset", coop="hokkaido", identifier="sapporo@example.jp")
    (mail,) = await mailed(store, coops["hokkaido"], "sapporo@example.jp")
    assert mail.kind == "PASSWORD_RESET_LINK"
    return mail.token()


async def test_the_mailed_url_sets_a_new_password_and_ends_every_session(
    api: Api, sapporo: Api, token: str, store: Store
) -> None:
    """E3, E4: and the owner is told."""
    await done(api, "resetPassword", coop="hokkaido", token=token, newPassword=GOOD_PASSWORD)

    assert (await sapporo.data("{ viewer { account { id } } }"))["viewer"] is None
    await api.signed_in("hokkaido", "sapporo@example.jp", GOOD_PASSWORD)
    kinds = [mail.kind for mail in await mails_to(store, "sapporo@example.jp")]
    assert "PASSWORD_CHANGED" in kinds


async def test_the_mailed_url_is_good_once(api: Api, token: str) -> None:
    await done(api, "resetPassword", coop="hokkaido", token=token, newPassword=GOOD_PASSWORD)

    given: dict[str, Any] = {"coop": "hokkaido", "token": token, "newPassword": GOOD_PASSWORD}
    error = await refusal(api, "resetPassword", **given)

    assert (error["code"], error["path"]) == ("LINK_INVALID", ["input", "token"])


async def test_a_refused_password_does_not_use_the_url_up(api: Api, token: str) -> None:
    error = await refusal(api, "resetPassword", coop="hokkaido", token=token, newPassword=PASSWORD)

    assert (error["code"], error["path"]) == ("PASSWORD_REFUSED", ["input", "newPassword"])
    await done(api, "resetPassword", coop="hokkaido", token=token, newPassword=GOOD_PASSWORD)


async def test_requests_for_one_recipient_are_slowed_down(api: Api) -> None:
    for _ in range(5):
        await done(api, "requestPasswordReset", coop="hokkaido", identifier="sapporo@example.jp")

    error = await refusal(api, "requestPasswordReset", coop="hokkaido", identifier="sapporo@example.jp")

    assert error["__typename"] == "TooManyAttempts"


@pytest.mark.parametrize("mutation", ["requestLoginIdReminder", "requestPasswordReset"])
async def test_a_number_of_another_form_is_told_how_they_are_written(api: Api, mutation: str) -> None:
    """A3, A4."""
    field = {"email": "x@example.jp"} if mutation == "requestLoginIdReminder" else {"identifier": "x"}

    error = await refusal(api, mutation, coop="hirosaki", memberNumber="2101", **field)

    message = "半角数字12桁（ハイフンなし）でご入力ください。"
    assert error == input_error("BAD_INPUT", message, "memberNumber")
