"""仮ログイン and the registration from it (A8–A20, X1, X2, X4)."""

from typing import Any

import pytest

from gateway.store import Store
from tests.api.asking import Api
from tests.api.doing import GOOD_PASSWORD, do, done, input_error, mails_to, only_mail_to, refusal

NUMBER = "210100000014"
BORN = "20041201"
EMAIL = "umi@example.jp"
CHOICE = {
    "loginId": "ajigasawa-umi",
    "password": GOOD_PASSWORD,
    "email": EMAIL,
    "acceptedTerms": "2020-03",
}
NEXT = "viewer { account { kind state loginId } member { number } } purpose token challenge { method }"


async def sign_in(api: Api, identifier: str, password: str) -> Any:
    given = {"coop": "hirosaki", "identifier": identifier, "password": password, "transport": "TOKEN"}
    return await do(api, "signIn", NEXT, **given)


@pytest.fixture
async def umi(api: Api) -> Api:
    """鰺ヶ沢 海, signed in to register and for nothing else."""
    return await api.signed_in("hirosaki", NUMBER, BORN)


async def test_the_payload_says_that_registration_comes_next(api: Api) -> None:
    """A13, A14."""
    payload = await sign_in(api, NUMBER, BORN)

    assert payload["errors"] == []
    assert (payload["purpose"], payload["challenge"]) == ("REGISTER", None)
    assert payload["viewer"] == {
        "account": {"kind": "MEMBER", "state": "PROVISIONAL", "loginId": NUMBER},
        "member": None,
    }


@pytest.mark.parametrize(
    ("identifier", "password", "kind"),
    [
        pytest.param("2101 0000 0014", BORN, "MEMBER", id="spaces"),
        pytest.param(f"{NUMBER}p", BORN, "GUARDIAN", id="p"),
        pytest.param(f"{NUMBER}ｐ", BORN, "GUARDIAN", id="full-width p"),
        pytest.param(f"{NUMBER}P", BORN, "GUARDIAN", id="capital P"),
        pytest.param("210100000015", "001015", "MEMBER", id="admitted in 2019: six digits of the phone"),
        pytest.param("210100000002", "20010615", "MEMBER", id="admitted in 2020: birth date"),
    ],
)
async def test_ids_and_passwords_are_those_of_the_guide(
    api: Api, identifier: str, password: str, kind: str
) -> None:
    """A8–A12."""
    payload = await sign_in(api, identifier, password)

    assert (payload["errors"], payload["purpose"]) == ([], "REGISTER")
    assert payload["viewer"]["account"]["kind"] == kind


@pytest.mark.parametrize(
    ("identifier", "password"),
    [
        pytest.param(NUMBER, "20041202", id="another birth date"),
        pytest.param("210100000005", "001005", id="joined in 2013"),
        pytest.param("210100000015", "20000402", id="birth date of one admitted in 2019"),
        pytest.param("210100000012p", "20070707", id="no guardian"),
        pytest.param("210199999999", BORN, id="unknown number"),
    ],
)
async def test_whatever_is_wrong_the_answer_is_that_of_every_sign_in(
    api: Api, identifier: str, password: str
) -> None:
    """A37."""
    payload = await sign_in(api, identifier, password)

    message = "ログインIDまたはパスワードが正しくありません。入力間違いがないかご確認ください。"
    assert payload["errors"] == [input_error("INVALID_CREDENTIALS", message)]
    assert payload["purpose"] is None


async def test_a_provisional_session_sees_nothing_of_the_member(umi: Api) -> None:
    """A13."""
    answer = await umi.ask('{ viewer { member { number } } node(id: "x") { id } }')

    assert answer.data["viewer"] == {"member": None}
    assert answer.codes() == {"node": "FORBIDDEN"}


async def test_the_test_mail_goes_where_it_is_sent(umi: Api, store: Store) -> None:
    """A17: its only effect is a mail."""
    assert await done(umi, "sendTestMail", "email", email=f" {EMAIL} ") == {"email": EMAIL}
    assert (await only_mail_to(store, EMAIL)).kind == "TEST"


async def test_a_test_mail_needs_an_address(umi: Api) -> None:
    error = await refusal(umi, "sendTestMail", email="umi")

    assert error == input_error("EMAIL_REFUSED", "メールアドレスを正しくご入力ください。", "email")


async def test_test_mails_to_one_address_are_slowed_down(umi: Api) -> None:
    """A17: throttled."""
    for _ in range(5):
        await done(umi, "sendTestMail", email=EMAIL)

    assert (await refusal(umi, "sendTestMail", email=EMAIL))["__typename"] == "TooManyAttempts"


async def test_the_registration_ends_the_provisional_session_and_its_credential(api: Api, umi: Api) -> None:
    """A18, A19: one signs in anew with the new ID and password."""
    assert await done(umi, "completeRegistration", "loginId", **CHOICE) == {"loginId": "ajigasawa-umi"}

    assert (await umi.data("{ viewer { account { id } } }"))["viewer"] is None
    assert (await sign_in(api, NUMBER, BORN))["errors"][0]["code"] == "INVALID_CREDENTIALS"
    registered = await api.signed_in("hirosaki", "ajigasawa-umi", GOOD_PASSWORD)
    assert (await registered.data("{ viewer { member { number } } }"))["viewer"]["member"] == {
        "number": NUMBER
    }


async def test_the_cookie_goes_with_the_session(umi: Api) -> None:
    operation = (
        "mutation ($input: CompleteRegistrationInput!) { completeRegistration(input: $input) { loginId } }"
    )

    response = await umi.post(operation, input=CHOICE)

    (cookie,) = response.headers.get_list("set-cookie")
    assert cookie.startswith('__Host-session="";')


async def test_the_address_is_confirmed_afterwards(api: Api, umi: Api, store: Store) -> None:
    """X4."""
    await done(umi, "completeRegistration", **CHOICE)
    registered = await api.signed_in("hirosaki", "ajigasawa-umi", GOOD_PASSWORD)
    assert await verified(registered) is False
    (mail,) = [mail for mail in await mails_to(store, EMAIL) if mail.kind == "EMAIL_CONFIRMATION"]

    payload = await done(api, "confirmEmail", "email", coop="hirosaki", token=mail.token())

    assert payload == {"email": EMAIL}
    assert await verified(registered) is True


async def verified(member: Api) -> Any:
    account = (await member.data("{ viewer { account { emailVerified } } }"))["viewer"]["account"]
    return account["emailVerified"]


@pytest.mark.parametrize(
    ("other", "code", "field"),
    [
        ({"acceptedTerms": None}, "TERMS_NOT_ACCEPTED", "acceptedTerms"),
        ({"email": "umi"}, "EMAIL_REFUSED", "email"),
        ({"loginId": f"{NUMBER}p"}, "LOGIN_ID_REFUSED", "loginId"),
        ({"loginId": "hirosaki-taro"}, "LOGIN_ID_IN_USE", "loginId"),
        ({"password": BORN}, "PASSWORD_REFUSED", "password"),
    ],
)
async def test_what_is_wrong_is_told_by_field_and_nothing_has_happened(
    umi: Api, other: dict[str, Any], code: str, field: str
) -> None:
    """A20, X2: and then it works."""
    error = await refusal(umi, "completeRegistration", **{**CHOICE, **other})

    assert (error["code"], error["path"]) == (code, ["input", field])
    await done(umi, "completeRegistration", **CHOICE)


async def test_provisional_credentials_are_under_the_strictest_throttle(api: Api) -> None:
    """A13, E26: member and guardian have the same secret, and their guesses count together."""
    for identifier in (NUMBER, f"{NUMBER}p", NUMBER):
        await sign_in(api, identifier, "20041231")

    (error,) = (await sign_in(api, NUMBER, BORN))["errors"]

    assert (error["__typename"], error["retryAt"]) == ("TooManyAttempts", "2026-11-20T12:15:00+09:00")
