"""職員によるアカウントの手続き (A33–A35, E2, E10, E11, E26): with an identity check, and never a password."""

from typing import Any

import pytest

from gateway.store import Store
from gateway.store.records import AccessLogQuery, AccountState
from tests.api.asking import PASSWORD, Api
from tests.api.doing import do, done, input_error, mails_to, only_mail_to, refusal
from tests.api.opening import open_staff, set_account_state

TARO = {"memberNumber": "2101 0000 0001"}
GUARDIAN = {**TARO, "kind": "GUARDIAN"}
CHECK = {"method": "PHONE_CALLBACK", "note": "登録の電話番号へ折り返し、生年月日を確認"}
ACCOUNT = "account { kind state loginId email emailVerified }"
SHOWN = {
    "kind": "MEMBER",
    "state": "REGISTERED",
    "loginId": "hirosaki-taro",
    "email": "hirosaki@example.jp",
    "emailVerified": True,
}
NOT_FOUND = input_error("ACCOUNT_NOT_FOUND", "該当するアカウントがありません。", "account")


async def test_login_id_and_address_are_told_once_the_caller_is_known(
    hirosaki_staff: Api, store: Store
) -> None:
    """A33, E2: the check stands in the access log."""
    payload = await done(hirosaki_staff, "discloseLogin", ACCOUNT, account=TARO, identityCheck=CHECK)

    assert payload == {"account": SHOWN}
    log = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=1))
    assert [(entry.action.value, entry.member_number, entry.reason) for entry in log.items] == [
        ("IDENTITY_CHECK", "210100000001", "登録の電話番号へ折り返し、生年月日を確認")
    ]


async def test_a_guardians_account_is_another_one(hirosaki_staff: Api) -> None:
    """A16."""
    payload = await done(hirosaki_staff, "discloseLogin", ACCOUNT, account=GUARDIAN, identityCheck=CHECK)

    assert (payload["account"]["kind"], payload["account"]["loginId"]) == ("GUARDIAN", "hirosaki-ichiro")


GIVEN: dict[str, dict[str, Any]] = {
    "discloseLogin": {"identityCheck": CHECK},
    "changeAccountEmail": {"identityCheck": CHECK, "email": "new@example.jp"},
    "startPasswordReset": {},
    "removeAuthCode": {"identityCheck": CHECK},
}


@pytest.mark.parametrize("mutation", GIVEN)
async def test_who_has_no_account_is_not_found(hirosaki_staff: Api, mutation: str) -> None:
    nobody = {"memberNumber": "210100000012"}

    assert await refusal(hirosaki_staff, mutation, account=nobody, **GIVEN[mutation]) == NOT_FOUND


@pytest.mark.parametrize("mutation", [*GIVEN, "unlockAccount"])
async def test_a_number_of_another_form_is_told_how_they_are_written(
    hirosaki_staff: Api, mutation: str
) -> None:
    """A3, A4."""
    error = await refusal(
        hirosaki_staff, mutation, account={"memberNumber": "2101"}, **GIVEN.get(mutation, {})
    )

    message = "半角数字12桁（ハイフンなし）でご入力ください。"
    assert error == input_error("BAD_INPUT", message, "account", "memberNumber")


@pytest.mark.parametrize("mutation", ["discloseLogin", "changeAccountEmail", "removeAuthCode"])
async def test_nothing_is_told_or_changed_without_a_record_of_the_check(
    hirosaki_staff: Api, mutation: str
) -> None:
    """A33, E2."""
    given = {**GIVEN[mutation], "identityCheck": {**CHECK, "note": "　"}}

    error = await refusal(hirosaki_staff, mutation, account=TARO, **given)

    message = "ご本人様確認の方法と内容を記録してください。"
    assert error == input_error("IDENTITY_CHECK_MISSING", message, "identityCheck")


async def test_a_new_address_gets_completion_and_login_id(hirosaki_staff: Api, store: Store) -> None:
    """A35: and the old address is told."""
    given = {"account": TARO, "email": "new@example.jp", "identityCheck": CHECK}

    payload = await done(hirosaki_staff, "changeAccountEmail", ACCOUNT, **given)

    assert payload == {"account": {**SHOWN, "email": "new@example.jp"}}
    mail = await only_mail_to(store, "new@example.jp")
    assert mail.kind == "EMAIL_CHANGED_BY_STAFF"
    assert "hirosaki-taro" in mail.text
    assert [mail.kind for mail in await mails_to(store, "hirosaki@example.jp")] == ["EMAIL_CHANGED"]


async def test_an_address_somebody_signs_in_with_is_refused(hokkaido_staff: Api) -> None:
    """E1."""
    given = {"account": {"memberNumber": "10000001"}, "email": "kitami@example.jp", "identityCheck": CHECK}

    error = await refusal(hokkaido_staff, "changeAccountEmail", **given)

    message = "このメールアドレスは別のアカウントで使用されています。"
    assert error == input_error("EMAIL_IN_USE", message, "email")


async def test_what_is_no_address_is_refused(hirosaki_staff: Api) -> None:
    error = await refusal(
        hirosaki_staff, "changeAccountEmail", account=TARO, email="new@", identityCheck=CHECK
    )

    assert (error["code"], error["path"]) == ("EMAIL_REFUSED", ["input", "email"])


async def test_staff_start_a_reset_whose_mail_goes_to_the_owner(hirosaki_staff: Api) -> None:
    """A34: no password is in the answer."""
    payload = await done(hirosaki_staff, "startPasswordReset", "message", account=TARO)

    assert payload["message"].startswith("ご入力の内容が登録と一致する場合は、")


async def test_staff_open_a_locked_account(api: Api, hirosaki_staff: Api, store: Store) -> None:
    """E26."""
    await set_account_state(store, "hirosaki", "hirosaki-taro", AccountState.LOCKED)

    payload = await done(hirosaki_staff, "unlockAccount", ACCOUNT, account=TARO)

    assert payload == {"account": SHOWN}
    await api.signed_in("hirosaki", "hirosaki-taro")


async def test_staff_open_provisional_credentials_that_were_tried_too_often(
    api: Api, hirosaki_staff: Api
) -> None:
    """A13, E26: there is no account yet."""
    wrong = {"coop": "hirosaki", "identifier": "210100000014", "password": "20041231"}
    for _ in range(3):
        await do(api, "signIn", **wrong)
    assert (await refusal(api, "signIn", **{**wrong, "password": "20041201"}))["code"] == "TOO_MANY_ATTEMPTS"

    payload = await done(hirosaki_staff, "unlockAccount", ACCOUNT, account={"memberNumber": "210100000014"})

    assert payload == {"account": None}
    await api.signed_in("hirosaki", "210100000014", "20041201")


async def test_where_there_are_no_provisional_credentials_nobody_is_found(hokkaido_staff: Api) -> None:
    assert await refusal(hokkaido_staff, "unlockAccount", account={"memberNumber": "10000002"}) == NOT_FOUND


async def test_a_lost_app_is_taken_off_the_account(api: Api, taro: Api, hirosaki_staff: Api) -> None:
    """E26."""
    await done(taro, "setAuthCode", useEmail={"password": PASSWORD})

    payload = await done(hirosaki_staff, "removeAuthCode", ACCOUNT, account=TARO, identityCheck=CHECK)

    assert payload == {"account": SHOWN}
    await api.signed_in("hirosaki", "hirosaki-taro")


async def test_staff_see_no_member_of_another_co_op(hokkaido_staff: Api) -> None:
    error = await refusal(hokkaido_staff, "discloseLogin", account=TARO, identityCheck=CHECK)

    assert (error["code"], error["path"]) == ("BAD_INPUT", ["input", "account", "memberNumber"])


PAYMENT = "confirmedAt invited"


async def test_a_confirmed_payment_invites_the_new_member_once(hokkaido_staff: Api, store: Store) -> None:
    """E10, E11."""
    first = await done(hokkaido_staff, "confirmSharePayment", PAYMENT, memberNumber="1000 0003")
    again = await done(hokkaido_staff, "confirmSharePayment", PAYMENT, memberNumber="10000003")

    assert first == {"confirmedAt": "2026-11-20T12:00:00+09:00", "invited": True}
    assert again == first
    assert (await only_mail_to(store, "hakodate@example.jp")).kind == "INVITATION"


async def test_the_payment_of_nobody_cannot_be_confirmed(hokkaido_staff: Api) -> None:
    error = await refusal(hokkaido_staff, "confirmSharePayment", memberNumber="99999999")

    assert (error["code"], error["path"]) == ("MEMBER_NOT_FOUND", ["input", "memberNumber"])


async def test_the_desk_does_not_confirm_payments(api: Api, store: Store) -> None:
    """E10: the office has the money."""
    await open_staff(store, "hokkaido", "idle@example.jp")
    idle = await api.signed_in("hokkaido", "idle@example.jp")
    operation = 'mutation { confirmSharePayment(input: {memberNumber: "10000003"}) { invited } }'

    assert (await idle.ask(operation)).codes() == {"confirmSharePayment": "FORBIDDEN"}
