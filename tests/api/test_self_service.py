"""登録内容の変更 (A36), 保護者への公開 (X13) and 利用中止 (E14): with the current password again."""

from typing import Any

import pytest

from gateway.store import Store
from tests.api.asking import PASSWORD, Api
from tests.api.doing import GOOD_PASSWORD, done, input_error, mails_to, only_mail_to, refusal

WRONG_PASSWORD = input_error("INVALID_CREDENTIALS", "現在のパスワードが正しくありません。", "password")
WHO = "{ viewer { account { loginId email emailVerified } } }"


async def account(api: Api) -> Any:
    viewer = (await api.data(WHO))["viewer"]
    return None if viewer is None else viewer["account"]


async def test_a_new_password_ends_the_other_sessions_and_keeps_this_one(
    api: Api, taro: Api, store: Store
) -> None:
    """A36."""
    library = await api.signed_in("hirosaki", "hirosaki-taro")

    await done(taro, "changePassword", password=PASSWORD, newPassword=GOOD_PASSWORD)

    assert (await account(library), (await account(taro))["loginId"]) == (None, "hirosaki-taro")
    await api.signed_in("hirosaki", "hirosaki-taro", GOOD_PASSWORD)
    assert (await only_mail_to(store, "hirosaki@example.jp")).kind == "PASSWORD_CHANGED"


@pytest.mark.parametrize("password", [None, "", "wrong"])
async def test_the_present_password_is_asked_for(taro: Api, password: str | None) -> None:
    error = await refusal(taro, "changePassword", password=password, newPassword=GOOD_PASSWORD)

    assert error == WRONG_PASSWORD


async def test_a_weak_new_password_is_refused(taro: Api) -> None:
    error = await refusal(taro, "changePassword", password=PASSWORD, newPassword="hirosaki")

    assert (error["code"], error["path"]) == ("PASSWORD_REFUSED", ["input", "newPassword"])
    assert {"TOO_SHORT", "OWN_WORDS"} <= set(error["reasons"])


async def test_a_new_login_id_is_what_one_signs_in_with(api: Api, taro: Api) -> None:
    """A36."""
    payload = await done(taro, "changeLoginId", "loginId", password=PASSWORD, loginId="taro.hirosaki")

    assert payload == {"loginId": "taro.hirosaki"}
    assert (await account(taro))["loginId"] == "taro.hirosaki"
    await api.signed_in("hirosaki", "taro.hirosaki")


@pytest.mark.parametrize(
    ("login_id", "code"),
    [("x", "LOGIN_ID_REFUSED"), ("210100000001", "LOGIN_ID_REFUSED"), ("TAKASAKI", "LOGIN_ID_IN_USE")],
)
async def test_a_login_id_that_cannot_be_had_is_refused(taro: Api, login_id: str, code: str) -> None:
    error = await refusal(taro, "changeLoginId", password=PASSWORD, loginId=login_id)

    assert (error["code"], error["path"]) == (code, ["input", "loginId"])


async def test_where_the_address_is_the_id_there_is_no_other_to_choose(sapporo: Api) -> None:
    """E1."""
    error = await refusal(sapporo, "changeLoginId", password=PASSWORD, loginId="sapporo")

    assert (error["code"], error["path"]) == ("NOT_OFFERED", ["input"])


async def test_a_new_address_is_confirmed_there_and_announced_at_the_old_one(
    api: Api, taro: Api, store: Store
) -> None:
    """A36: the old one stays in force until then."""
    payload = await done(taro, "changeEmail", "email expiresAt", password=PASSWORD, email="new@example.jp")
    assert payload == {"email": "new@example.jp", "expiresAt": "2026-11-21T12:00:00+09:00"}
    assert (await account(taro))["email"] == "hirosaki@example.jp"
    assert (await only_mail_to(store, "hirosaki@example.jp")).kind == "EMAIL_CHANGE_ANNOUNCED"
    token = (await only_mail_to(store, "new@example.jp")).token()

    assert await done(api, "confirmEmail", "email", coop="hirosaki", token=token) == {
        "email": "new@example.jp"
    }

    assert await account(taro) == {
        "loginId": "hirosaki-taro",
        "email": "new@example.jp",
        "emailVerified": True,
    }


async def test_what_is_no_address_is_refused(taro: Api) -> None:
    error = await refusal(taro, "changeEmail", password=PASSWORD, email="new@")

    assert error == input_error("EMAIL_REFUSED", "メールアドレスを正しくご入力ください。", "email")


@pytest.mark.parametrize("coop", ["hirosaki", "hokkaido"])
async def test_a_made_up_url_confirms_nothing(api: Api, coop: str) -> None:
    error = await refusal(api, "confirmEmail", coop=coop, token="made-up")

    assert (error["code"], error["path"]) == ("LINK_INVALID", ["input", "token"])


@pytest.mark.parametrize(
    ("mutation", "given"),
    [
        ("changeLoginId", {"loginId": "taro.hirosaki"}),
        ("changeEmail", {"email": "new@example.jp"}),
        ("leaveMyPage", {}),
    ],
)
async def test_nothing_changes_without_the_password(taro: Api, mutation: str, given: dict[str, str]) -> None:
    before = await account(taro)

    assert await refusal(taro, mutation, password="wrong", **given) == WRONG_PASSWORD
    assert await account(taro) == before


async def test_guessing_the_password_from_within_is_slowed_down(taro: Api) -> None:
    """E26."""
    for _ in range(3):
        await refusal(taro, "leaveMyPage", password="wrong")

    assert (await refusal(taro, "leaveMyPage", password=PASSWORD))["__typename"] == "TooManyAttempts"


SHARING = "shared changedAt"


async def test_a_student_shuts_the_guardian_out_and_lets_them_in_again(taro: Api, ichiro: Api) -> None:
    """X13."""
    shut = await done(taro, "setGuardianSharing", SHARING, shared=False)
    assert shut == {"shared": False, "changedAt": "2026-11-20T12:00:00+09:00"}
    assert (await ichiro.ask("{ viewer { member { number } } }")).codes() == {"viewer.member": "FORBIDDEN"}

    await done(taro, "setGuardianSharing", SHARING, shared=True)

    assert (await ichiro.data("{ viewer { member { number } } }"))["viewer"]["member"] is not None


async def test_where_guardians_have_no_accounts_there_is_nothing_to_share(sapporo: Api) -> None:
    operation = "mutation { setGuardianSharing(input: {shared: false}) { shared } }"

    assert (await sapporo.ask(operation)).codes() == {"setGuardianSharing": "FORBIDDEN"}


async def test_who_leaves_mypage_is_signed_out_for_good(api: Api, sapporo: Api, store: Store) -> None:
    """E14, A27: the digital card ends too, and one is advised to uninstall the app."""
    response = await sapporo.post(
        "mutation ($input: LeaveMyPageInput!) { leaveMyPage(input: $input) { errors { code } } }",
        input={"password": PASSWORD},
    )

    assert response.json()["data"] == {"leaveMyPage": {"errors": []}}
    assert response.headers.get_list("set-cookie")[0].startswith('__Host-session="";')
    assert await account(sapporo) is None
    (card,) = (await store.of("hokkaido").digital_cards.of_members(["10000001"])).values()  # type: ignore[list-item]
    assert card is not None
    assert card.state.value == "REVOKED"
    (mail,) = await mails_to(store, "sapporo@example.jp")
    assert mail.kind == "LEFT"
    given = {"coop": "hokkaido", "identifier": "sapporo@example.jp", "password": PASSWORD}
    assert (await refusal(api, "signIn", **given))["code"] == "INVALID_CREDENTIALS"


async def test_a_guardian_leaves_alone(taro: Api, ichiro: Api) -> None:
    """A16: separate accounts."""
    await done(ichiro, "leaveMyPage", password=PASSWORD)

    assert (await account(ichiro), (await account(taro))["loginId"]) == (None, "hirosaki-taro")
