"""新規登録 in two steps: for who joined in 2013 or before, and for every member of Hokkaido (A15–A26, E10)."""

from typing import Any

import pytest

from gateway.store import Store
from tests.api.asking import Api
from tests.api.doing import GOOD_PASSWORD, done, input_error, mails_to, only_mail_to, refusal
from tests.running import LegacySystems

EMAIL = "saburo@example.jp"
SABURO = {
    "coop": "hirosaki",
    "memberNumber": "2101 0000 0005",
    "birthDate": "1994-07-15",
    "phone": "0172-00-1005",
    "email": EMAIL,
    "loginId": "hakkoda-saburo",
    "password": GOOD_PASSWORD,
    "acceptedTerms": "2020-03",
}
SACHIKO = {
    "coop": "hokkaido",
    "memberNumber": "1000 0002",
    "birthDate": "1957-03-12",
    "phone": "０９０－００００－１００２",
    "email": "otaru@example.jp",
    "password": GOOD_PASSWORD,
    "acceptedTerms": "2020-04",
}
STARTED = "email expiresAt"
LINK_INVALID = input_error(
    "LINK_INVALID",
    "URLが無効か有効期限が切れているか、入力内容に誤りがあります。"
    "ご確認のうえ、はじめからお手続きをやり直してください。",
    "token",
)


async def refused(api: Api, given: dict[str, Any], **other: Any) -> Any:
    return await refusal(api, "startRegistration", **{**given, **other})


async def started(api: Api, store: Store, given: dict[str, Any]) -> str:
    """Takes the first step, and gives the token of the mailed URL."""
    await done(api, "startRegistration", STARTED, **given)
    return (await only_mail_to(store, given["email"])).token()


async def test_the_first_step_mails_the_url_of_the_second(api: Api, store: Store) -> None:
    """A15, A21."""
    payload = await done(api, "startRegistration", STARTED, **SABURO)

    assert payload == {"email": EMAIL, "expiresAt": "2026-11-21T12:00:00+09:00"}
    assert (await only_mail_to(store, EMAIL)).kind == "REGISTRATION_LINK"


async def test_the_second_step_makes_an_account_to_sign_in_with(api: Api, store: Store) -> None:
    """A19, A22, X3: ID and password of the first step, and no session before one signs in."""
    token = await started(api, store, SABURO)

    given = {"coop": "hirosaki", "token": token, "loginId": "hakkoda-saburo", "password": GOOD_PASSWORD}
    payload = await done(api, "confirmRegistration", "loginId", **given)

    assert payload == {"loginId": "hakkoda-saburo"}
    assert "__Host-session" not in api.client.cookies
    saburo = await api.signed_in("hirosaki", "hakkoda-saburo", GOOD_PASSWORD)
    assert (await saburo.data("{ viewer { account { state email emailVerified } member { number } } }"))[
        "viewer"
    ] == {
        "account": {"state": "REGISTERED", "email": EMAIL, "emailVerified": True},
        "member": {"number": "210100000005"},
    }


async def test_where_the_address_is_the_id_none_is_chosen(api: Api, store: Store) -> None:
    """E1, E5: a retired member of Hokkaido."""
    token = await started(api, store, SACHIKO)

    given = {"coop": "hokkaido", "token": token, "loginId": SACHIKO["email"], "password": GOOD_PASSWORD}

    assert await done(api, "confirmRegistration", "loginId", **given) == {"loginId": "otaru@example.jp"}
    await api.signed_in("hokkaido", "otaru@example.jp", GOOD_PASSWORD)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"memberNumber": "210199999999"}, id="unknown number"),
        pytest.param({"birthDate": "1994-07-16"}, id="another birth date"),
        pytest.param({"phone": "0172001006"}, id="another phone"),
        pytest.param({"registrant": "GUARDIAN"}, id="no guardian"),
    ],
)
async def test_who_is_not_found_is_told_so_in_the_guides_words(
    api: Api, store: Store, other: dict[str, Any]
) -> None:
    """A25, exactly; which part was wrong is not said, and no mail goes out."""
    error = await refused(api, SABURO, **other)

    assert error == input_error(
        "MEMBER_NOT_FOUND", "入力された情報に該当する組合員が見つかりません", "memberNumber"
    )
    assert await mails_to(store, EMAIL) == []


async def test_nobody_registers_twice(api: Api, store: Store) -> None:
    """A26, A27, exactly."""
    token = await started(api, store, SABURO)
    given = {"coop": "hirosaki", "token": token, "loginId": "hakkoda-saburo", "password": GOOD_PASSWORD}
    await done(api, "confirmRegistration", **given)

    error = await refused(api, SABURO, loginId="another-id")

    assert error == input_error("ALREADY_REGISTERED", "お客様は既に本登録が完了しています", "memberNumber")


async def test_who_has_a_provisional_credential_is_sent_to_it(api: Api) -> None:
    """A14."""
    itayanagi = {"memberNumber": "210100000013", "birthDate": "2004-06-01", "phone": "0172001013"}

    error = await refused(api, SABURO, **itayanagi)

    assert (error["code"], error["path"]) == ("PROVISIONAL_SIGN_IN_REQUIRED", ["input", "memberNumber"])
    assert error["message"].startswith("すでに「仮登録」状態となっております。")


HAKODATE = {**SACHIKO, "memberNumber": "10000003", "birthDate": "2001-01-18", "phone": "0110001003"}


async def test_who_has_not_paid_the_share_capital_is_no_member_yet(api: Api) -> None:
    """E10."""
    error = await refused(api, HAKODATE)

    assert error == input_error(
        "NOT_A_MEMBER_YET",
        "出資金のご入金をもって組合員となり、マイページ登録ができるようになります。",
        "memberNumber",
    )


async def test_who_has_paid_may_register(api: Api, hokkaido_staff: Api) -> None:
    """E10: as soon as the office has confirmed it."""
    await done(hokkaido_staff, "confirmSharePayment", memberNumber="10000003")

    assert (await done(api, "startRegistration", "email", **HAKODATE)) == {"email": "otaru@example.jp"}


@pytest.mark.parametrize("version", [None, "", "2019-01"])
async def test_the_present_terms_must_be_accepted(api: Api, version: str | None) -> None:
    """A20, X2."""
    error = await refused(api, SABURO, acceptedTerms=version)

    assert error == input_error(
        "TERMS_NOT_ACCEPTED",
        "利用規約をご確認のうえ、「利用規約に同意します。」にチェックしてください。",
        "acceptedTerms",
    )


@pytest.mark.parametrize(
    "email", ["", "saburo", "saburo@", "saburo@example", "a b@example.jp", "x\0@example.jp"]
)
async def test_what_is_no_address_is_refused(api: Api, email: str) -> None:
    error = await refused(api, SABURO, email=email)

    assert error == input_error("EMAIL_REFUSED", "メールアドレスを正しくご入力ください。", "email")


@pytest.mark.parametrize("login_id", [None, "", "abc", "サブロウ", "210100000005", "210100000001p", "a" * 33])
async def test_what_cannot_be_a_login_id_is_refused(api: Api, login_id: str | None) -> None:
    error = await refused(api, SABURO, loginId=login_id)

    assert (error["code"], error["path"]) == ("LOGIN_ID_REFUSED", ["input", "loginId"])


async def test_a_login_id_in_use_is_told_to_who_proved_to_be_the_member(api: Api) -> None:
    error = await refused(api, SABURO, loginId="Hirosaki-Taro")

    assert error == input_error(
        "LOGIN_ID_IN_USE", "このログインIDは使用できません。別のログインIDをご入力ください。", "loginId"
    )


@pytest.mark.parametrize(
    ("password", "reasons"),
    [
        ("short", ["TOO_SHORT"]),
        ("x" * 129, ["TOO_LONG"]),
        ("hakkoda-saburo-1994", ["OWN_WORDS"]),
        ("aaaaaaaaaaaaaaaaaa", ["COMMON"]),
    ],
)
async def test_a_password_is_refused_with_every_reason(api: Api, password: str, reasons: list[str]) -> None:
    """E26: NIST SP 800-63B-4."""
    error = await refused(api, SABURO, password=password)

    assert (error["__typename"], error["code"]) == ("PasswordRefused", "PASSWORD_REFUSED")
    assert error["path"] == ["input", "password"]
    assert set(reasons) <= set(error["reasons"])
    assert len(error["messages"]) == len(error["reasons"])


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("2101 0000 005", "半角数字12桁（ハイフンなし）でご入力ください。"),
        ("310100000005", "組合員番号は「2101」から始まる12桁の番号です。"),
    ],
)
async def test_a_number_of_another_form_is_told_how_they_are_written(
    api: Api, number: str, message: str
) -> None:
    """A3, A4."""
    assert await refused(api, SABURO, memberNumber=number) == input_error(
        "BAD_INPUT", message, "memberNumber"
    )


async def test_an_unknown_co_op_is_bad_input(api: Api) -> None:
    operation = "mutation ($input: StartRegistrationInput!) { startRegistration(input: $input) { email } }"

    error = (await api.ask(operation, input={**SABURO, "coop": "aomori"})).only_error()

    assert error["extensions"] == {"code": "BAD_INPUT", "argument": "coop"}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"token": "made-up"}, id="token"),
        pytest.param({"loginId": "hakkoda"}, id="login ID"),
        pytest.param({"password": "kawakaze-to-ringo-73"}, id="password"),
        pytest.param({"coop": "hokkaido"}, id="co-op"),
    ],
)
async def test_the_second_step_needs_url_id_and_password_together(
    api: Api, store: Store, other: dict[str, str]
) -> None:
    """A22: which of them is wrong is not said."""
    token = await started(api, store, SABURO)
    given = {"coop": "hirosaki", "token": token, "loginId": "hakkoda-saburo", "password": GOOD_PASSWORD}

    assert await refusal(api, "confirmRegistration", **{**given, **other}) == LINK_INVALID


async def test_the_url_is_good_once(api: Api, store: Store) -> None:
    token = await started(api, store, SABURO)
    given = {"coop": "hirosaki", "token": token, "loginId": "hakkoda-saburo", "password": GOOD_PASSWORD}
    await done(api, "confirmRegistration", **given)

    assert await refusal(api, "confirmRegistration", **given) == LINK_INVALID


async def test_guessing_numbers_is_slowed_down(api: Api) -> None:
    """X21: no answer before the throttle."""
    for place in range(20):
        await refused(api, SABURO, memberNumber=f"2101999999{place:02}", email=f"guess-{place}@example.jp")

    error = await refused(api, SABURO)

    assert error["__typename"] == "TooManyAttempts"
    assert error["retryAt"] > "2026-11-20T12:00:00+09:00"


async def test_while_the_registry_is_out_everybody_hears_the_same(
    api: Api, legacy_systems: LegacySystems
) -> None:
    """A25, X21: an outage is no answer about a member."""
    operation = "mutation ($input: StartRegistrationInput!) { startRegistration(input: $input) { email } }"
    async with legacy_systems.hirosaki.registry.fault("error"):
        answers = [
            await api.ask(operation, input={**SABURO, "memberNumber": number})
            for number in ("210100000005", "210199999999")
        ]

    assert [answer.codes() for answer in answers] == [{"startRegistration": "SYSTEM_UNAVAILABLE"}] * 2
