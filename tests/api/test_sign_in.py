"""ログイン: by login ID or e-mail address, one answer for whatever is wrong, by cookie or by token."""

from typing import Any

import httpx
import pytest

from gateway.store import Store
from gateway.store.records import AccessLogQuery, AccountState
from tests.api.asking import PASSWORD, Api
from tests.api.opening import set_account_state

SIGN_IN = """
mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    errors { __typename code message path }
    token
    viewer { account { loginId kind } member { number } }
  }
}
"""
WHO = "{ viewer { account { loginId } } }"


def credentials(coop: str, identifier: str, password: str = PASSWORD, **more: Any) -> dict[str, Any]:
    return {"coop": coop, "identifier": identifier, "password": password, "transport": "TOKEN", **more}


async def signing_in(api: Api, **given: Any) -> dict[str, Any]:
    payload: dict[str, Any] = (await api.data(SIGN_IN, input=given))["signIn"]
    return payload


async def login_id(api: Api) -> str | None:
    viewer = (await api.data(WHO))["viewer"]
    return None if viewer is None else str(viewer["account"]["loginId"])


async def bare_login_id(client: httpx.AsyncClient, **headers: str) -> str | None:
    """Who somebody is who sends just these headers."""
    client.cookies.clear()
    response = await client.post("/graphql", json={"query": WHO}, headers=headers)
    viewer = response.json()["data"]["viewer"]
    return None if viewer is None else str(viewer["account"]["loginId"])


async def sign_in_by_cookie(api: Api, identifier: str) -> str:
    """The token in the cookie that the web gets."""
    given = credentials("hirosaki", identifier, transport="COOKIE")
    response = await api.post(SIGN_IN, input=given)
    token = response.cookies["__Host-session"]
    api.client.cookies.clear()
    return token


@pytest.mark.parametrize(
    ("coop", "identifier", "account", "number"),
    [
        ("hirosaki", "hirosaki-taro", {"loginId": "hirosaki-taro", "kind": "MEMBER"}, "210100000001"),
        ("hirosaki", "hirosaki-ichiro", {"loginId": "hirosaki-ichiro", "kind": "GUARDIAN"}, "210100000001"),
        ("hokkaido", "sapporo@example.jp", {"loginId": "sapporo@example.jp", "kind": "MEMBER"}, "10000001"),
    ],
)
async def test_somebody_signs_in_by_what_their_co_op_asks_for(
    api: Api, coop: str, identifier: str, account: dict[str, str], number: str
) -> None:
    """A1, E1: a login ID at Hirosaki, for a guardian their own; the e-mail address at Hokkaido."""
    payload = await signing_in(api, **credentials(coop, identifier))

    assert payload["errors"] == []
    assert payload["viewer"] == {"account": account, "member": {"number": number}}


async def test_staff_sign_in_and_are_no_member(hirosaki_staff: Api) -> None:
    viewer = (await hirosaki_staff.data("{ viewer { account { loginId kind } member { number } } }"))[
        "viewer"
    ]

    assert viewer == {"account": {"loginId": "staff-hirosaki", "kind": "STAFF"}, "member": None}


@pytest.mark.parametrize("typed", ["ＨＩＲＯＳＡＫＩ－ＴＡＲＯ", "  hirosaki-taro　", "Hirosaki-Taro"])
async def test_width_case_and_surrounding_space_of_a_login_id_do_not_matter(api: Api, typed: str) -> None:
    """A32, A37: a typo of the keyboard's mode is none."""
    payload = await signing_in(api, **credentials("hirosaki", typed))

    assert payload["viewer"]["account"]["loginId"] == "hirosaki-taro"


REFUSED_AT_HIROSAKI = {
    "errors": [
        {
            "__typename": "InputError",
            "code": "INVALID_CREDENTIALS",
            "message": "ログインIDまたはパスワードが正しくありません。入力間違いがないかご確認ください。",
            "path": ["input"],
        }
    ],
    "token": None,
    "viewer": None,
}


@pytest.mark.parametrize(
    ("coop", "identifier", "password"),
    [
        pytest.param("hirosaki", "nobody", PASSWORD, id="unknown login ID"),
        pytest.param("hirosaki", "hirosaki-taro", "demo-coop-2027", id="wrong password"),
        pytest.param("hirosaki", "hirosaki-taro", PASSWORD + " ", id="a space after the password"),
        pytest.param("hirosaki", "hirosaki-taro", PASSWORD.upper(), id="password in capitals"),
        pytest.param("hirosaki", "hirosaki-taro", "", id="no password"),
        pytest.param("hirosaki", "", "", id="nothing"),
        pytest.param("hirosaki", "\0", "\0", id="NUL"),
        pytest.param("hirosaki", "sapporo@example.jp", PASSWORD, id="somebody of another co-op"),
        pytest.param("hirosaki", "210100000001", PASSWORD, id="member number"),
        pytest.param("aomori", "hirosaki-taro", PASSWORD, id="unknown co-op"),
        pytest.param("hirosaki\0", "hirosaki-taro", PASSWORD, id="NUL in the co-op"),
    ],
)
async def test_whatever_is_wrong_the_answer_is_the_same(
    api: Api, coop: str, identifier: str, password: str
) -> None:
    """A37: which part is wrong is not said."""
    payload = await signing_in(api, **credentials(coop, identifier, password))

    assert payload == REFUSED_AT_HIROSAKI


@pytest.mark.parametrize(
    "state", [state for state in AccountState if state is not AccountState.REGISTERED], ids=lambda s: s.value
)
async def test_an_account_that_may_not_sign_in_is_not_told_apart_either(
    api: Api, store: Store, state: AccountState
) -> None:
    """A37, E14, E26: not even with the right password."""
    await set_account_state(store, "hirosaki", "hirosaki-taro", state)

    payload = await signing_in(api, **credentials("hirosaki", "hirosaki-taro"))

    assert payload == REFUSED_AT_HIROSAKI


@pytest.mark.parametrize(
    ("identifier", "password"), [("otaru@example.jp", PASSWORD), ("sapporo@example.jp", "x")]
)
async def test_where_the_address_is_the_login_id_the_error_names_address_and_password(
    api: Api, identifier: str, password: str
) -> None:
    """E1: メールアドレスが間違っている。"""
    payload = await signing_in(api, **credentials("hokkaido", identifier, password))

    assert payload["viewer"] is None
    assert [error["message"] for error in payload["errors"]] == [
        "メールアドレスまたはパスワードが正しくありません。入力間違いがないかご確認ください。"
    ]


async def test_a_refused_sign_in_gives_no_cookie_and_leaves_a_trace(api: Api, store: Store) -> None:
    """E26: who was tried, and why it failed, for the log only."""
    given = credentials("hirosaki", "hirosaki-taro", "wrong", transport="COOKIE")
    response = await api.post(SIGN_IN, input=given)

    taro = await store.of("hirosaki").accounts.by_login_id("hirosaki-taro")
    assert taro is not None
    log = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=10, account_id=taro.account_id))
    assert "set-cookie" not in response.headers
    assert [(entry.action.value, entry.outcome.value, entry.reason) for entry in log.items] == [
        ("SIGN_IN", "REFUSED", "WRONG_PASSWORD")
    ]


async def test_the_webs_session_is_a_host_cookie_that_scripts_cannot_read(api: Api) -> None:
    given = credentials("hirosaki", "hirosaki-taro", transport="COOKIE")
    response = await api.post(SIGN_IN, input=given)

    cookie, _mark = response.headers.get_list("set-cookie")
    name_and_token, *attributes = cookie.split("; ")
    name, _, token = name_and_token.partition("=")
    assert name == "__Host-session"
    assert len(token) == 43
    assert sorted(attributes) == ["HttpOnly", "Path=/", "SameSite=lax", "Secure"]
    assert response.json()["data"]["signIn"]["token"] is None
    assert token not in response.text


async def test_a_cookie_is_the_default(api: Api) -> None:
    given = {"coop": "hirosaki", "identifier": "hirosaki-taro", "password": PASSWORD}
    response = await api.post(SIGN_IN, input=given)

    assert list(response.cookies) == ["__Host-session", "__Host-device"]


async def test_a_device_that_somebody_signed_in_on_is_known_by_a_host_cookie_for_90_days(api: Api) -> None:
    given = credentials("hirosaki", "hirosaki-taro", transport="COOKIE")
    _session, mark = (await api.post(SIGN_IN, input=given)).headers.get_list("set-cookie")

    name, *attributes = mark.split("; ")
    assert name.startswith("__Host-device=")
    assert sorted(attributes) == ["HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=strict", "Secure"]


async def test_on_a_known_device_its_owner_is_not_held_up_by_the_guesses_of_others(api: Api) -> None:
    """E26: the throttle is no way to shut a member out."""
    right = credentials("hirosaki", "hirosaki-taro", transport="COOKIE")
    mark = (await api.post(SIGN_IN, input=right)).cookies["__Host-device"]
    api.client.cookies.clear()
    for _ in range(3):
        await api.post(SIGN_IN, input={**right, "password": "a wrong guess"})

    held_up = (await api.post(SIGN_IN, input=right)).json()["data"]["signIn"]
    api.client.cookies.set("__Host-device", mark)
    let_in = (await api.post(SIGN_IN, input=right)).json()["data"]["signIn"]

    assert [error["code"] for error in held_up["errors"]] == ["TOO_MANY_ATTEMPTS"]
    assert let_in["errors"] == []


async def test_a_token_comes_without_a_cookie(api: Api) -> None:
    response = await api.post(SIGN_IN, input=credentials("hirosaki", "hirosaki-taro"))

    assert "set-cookie" not in response.headers
    assert len(response.json()["data"]["signIn"]["token"]) == 43


async def test_the_cookie_says_who_is_asking(api: Api) -> None:
    cookie = await sign_in_by_cookie(api, "hirosaki-taro")

    assert await bare_login_id(api.client, Cookie=f"__Host-session={cookie}") == "hirosaki-taro"
    assert await bare_login_id(api.client, Cookie=f"session={cookie}") is None


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_token_says_who_is_asking(api: Api, taro: Api, scheme: str) -> None:
    assert await bare_login_id(api.client, Authorization=f"{scheme} {taro.token}") == "hirosaki-taro"


async def test_a_bearer_token_goes_before_a_cookie(api: Api, hirosaki_staff: Api) -> None:
    cookie = await sign_in_by_cookie(api, "hirosaki-taro")

    both = {"Cookie": f"__Host-session={cookie}", "Authorization": f"Bearer {hirosaki_staff.token}"}

    assert await bare_login_id(api.client, **both) == "staff-hirosaki"


async def test_a_worthless_bearer_token_is_not_made_good_by_a_cookie(api: Api) -> None:
    cookie = await sign_in_by_cookie(api, "hirosaki-taro")

    both = {"Cookie": f"__Host-session={cookie}", "Authorization": "Bearer worthless"}

    assert await bare_login_id(api.client, **both) is None


async def test_another_authorization_scheme_leaves_the_cookie_alone(api: Api) -> None:
    """A proxy before a test system may ask for a password of its own."""
    cookie = await sign_in_by_cookie(api, "hirosaki-taro")

    both = {"Cookie": f"__Host-session={cookie}", "Authorization": "Basic dGVzdDp0ZXN0"}

    assert await bare_login_id(api.client, **both) == "hirosaki-taro"


async def test_signing_in_ends_the_session_the_request_came_with(api: Api, taro: Api) -> None:
    """Nobody else's session is ever carried on, and none is left lying about."""
    await signing_in(taro, **credentials("hirosaki", "takasaki"))

    assert await login_id(taro) is None


async def test_a_refused_sign_in_leaves_the_present_session_as_it_is(taro: Api) -> None:
    await signing_in(taro, **credentials("hirosaki", "takasaki", "wrong"))

    assert await login_id(taro) == "hirosaki-taro"


async def test_the_same_password_gives_another_token_each_time(api: Api) -> None:
    first = await signing_in(api, **credentials("hirosaki", "hirosaki-taro"))
    second = await signing_in(api, **credentials("hirosaki", "hirosaki-taro"))

    assert first["token"] != second["token"]
