"""セッション: listed, ended by hand and by time, and worth nothing to anybody else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from gateway.store import Store
from gateway.store.records import AccountState
from tests.api.asking import PASSWORD, Api
from tests.api.opening import set_account_state
from tests.api.own_gateway import MovableClock, running_gateway
from tests.running import LegacySystems

SIGN_IN = """
mutation SignIn($label: String, $transport: SessionTransport!) {
  signIn(input: {
    coop: "hirosaki", identifier: "hirosaki-taro", password: "demo-coop-2026",
    deviceLabel: $label, transport: $transport
  }) { token }
}
"""
SESSIONS = """
{ viewer { account { sessions { id current deviceLabel address createdAt lastSeenAt expiresAt } } } }
"""
END = "mutation End($id: ID!) { endSession(input: {sessionId: $id}) { errors { code message path } } }"
SIGN_OUT = "mutation { signOut { errors { code } } }"
WHO = "{ viewer { account { loginId } } }"

GONE = {
    "code": "BAD_INPUT",
    "message": "そのセッションは見つかりません。すでに終了している可能性があります。",
    "path": ["input", "sessionId"],
}


async def with_label(api: Api, label: str) -> Api:
    data = await api.data(SIGN_IN, label=label, transport="TOKEN")
    return Api(api.client, data["signIn"]["token"])


async def sessions(api: Api) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await api.data(SESSIONS))["viewer"]["account"]["sessions"]
    return found


async def is_signed_in(api: Api) -> bool:
    return (await api.data(WHO))["viewer"] is not None


async def test_a_member_sees_every_device_that_is_signed_in(api: Api) -> None:
    phone = await with_label(api, "わたしのスマホ")
    await with_label(api, "図書館のPC")

    listed = await sessions(phone)

    assert {(session["deviceLabel"], session["current"]) for session in listed} == {
        ("わたしのスマホ", True),
        ("図書館のPC", False),
    }
    assert {session["address"] for session in listed} == {"127.0.0.1"}
    times = {(session["createdAt"], session["lastSeenAt"], session["expiresAt"]) for session in listed}
    noon = "2026-11-20T12:00:00+09:00"
    assert times == {(noon, noon, "2026-11-20T13:00:00+09:00")}


async def test_a_guardian_sees_only_their_own_sessions(taro: Api, ichiro: Api) -> None:
    """A16, X13: the same pages, separate accounts."""
    assert [session["current"] for session in await sessions(ichiro)] == [True]
    assert len(await sessions(taro)) == 1


async def test_a_session_on_another_device_is_ended_at_once(api: Api) -> None:
    phone, library = await with_label(api, "スマホ"), await with_label(api, "図書館")
    (other,) = [session["id"] for session in await sessions(phone) if not session["current"]]

    answer = await phone.data(END, id=other)

    assert answer == {"endSession": {"errors": []}}
    assert not await is_signed_in(library)
    assert [session["deviceLabel"] for session in await sessions(phone)] == ["スマホ"]


async def test_somebody_elses_session_cannot_be_ended(taro: Api, ichiro: Api) -> None:
    (of_taro,) = [session["id"] for session in await sessions(taro)]

    answer = await ichiro.data(END, id=of_taro)

    assert answer == {"endSession": {"errors": [GONE]}}
    assert await is_signed_in(taro)


@pytest.mark.parametrize("session_id", [str(uuid4()), "", "x", "\0"])
async def test_ending_what_is_no_session_says_that_there_is_none(taro: Api, session_id: str) -> None:
    assert await taro.data(END, id=session_id) == {"endSession": {"errors": [GONE]}}


async def test_signing_out_ends_the_session_on_the_server(taro: Api) -> None:
    answer = await taro.data(SIGN_OUT)

    assert answer == {"signOut": {"errors": []}}
    assert not await is_signed_in(taro)


async def test_signing_out_takes_the_cookie_away_and_its_token_is_worth_nothing(api: Api) -> None:
    token = (await api.post(SIGN_IN, transport="COOKIE")).cookies["__Host-session"]

    response = await api.post(SIGN_OUT)

    (cookie,) = response.headers.get_list("set-cookie")
    name, *attributes = cookie.split("; ")
    assert name == '__Host-session=""'
    assert {"HttpOnly", "Path=/", "SameSite=lax", "Secure", "Max-Age=0"} <= set(attributes)
    assert not await is_signed_in(Api(api.client, token))


async def test_signing_out_leaves_the_other_devices_signed_in(api: Api) -> None:
    phone, library = await with_label(api, "スマホ"), await with_label(api, "図書館")

    await library.data(SIGN_OUT)

    assert await is_signed_in(phone)


async def test_after_signing_out_nothing_more_is_answered_in_the_same_request(api: Api) -> None:
    phone = await with_label(api, "スマホ")

    answer = await phone.ask("mutation { signOut { errors { code } } again: signOut { errors { code } } }")

    assert answer.codes() == {"again": "UNAUTHENTICATED"}


@pytest.mark.parametrize("broken", ["", "x", "Bearer", "null", "あ", "\x7f", "a" * 43, "a" * 100_000])
async def test_a_made_up_token_is_nobodys(api: Api, broken: str) -> None:
    headers = [(b"authorization", b"Bearer " + broken.encode()), (b"content-type", b"application/json")]
    response = await api.client.post("/graphql", json={"query": WHO}, headers=httpx.Headers(headers))

    assert response.json() == {"data": {"viewer": None}}


async def test_a_token_with_one_other_character_is_nobodys(taro: Api) -> None:
    assert taro.token is not None
    for place in (0, 20, 42):
        other = "A" if taro.token[place] != "A" else "B"
        tampered = taro.token[:place] + other + taro.token[place + 1 :]
        assert not await is_signed_in(Api(taro.client, tampered))


async def test_a_token_in_capitals_or_with_more_behind_it_is_nobodys(taro: Api) -> None:
    assert taro.token is not None
    assert not await is_signed_in(Api(taro.client, taro.token.swapcase()))
    assert not await is_signed_in(Api(taro.client, taro.token + "a"))


async def test_a_closed_account_is_signed_out_everywhere(taro: Api, store: Store) -> None:
    """E14."""
    await set_account_state(store, "hirosaki", "hirosaki-taro", AccountState.CLOSED)

    assert not await is_signed_in(taro)


async def test_a_locked_account_is_not_signed_out(taro: Api, store: Store) -> None:
    """E26: what others guess from outside shuts nobody out of where they are."""
    await set_account_state(store, "hirosaki", "hirosaki-taro", AccountState.LOCKED)

    assert await is_signed_in(taro)


@pytest.fixture
def clock() -> MovableClock:
    """The gateway's time."""
    return MovableClock()


@pytest.fixture
async def phone(
    clock: MovableClock, seeded_database: str, legacy_systems: LegacySystems
) -> AsyncIterator[Api]:
    """Taro, signed in, at a gateway whose sessions last an hour without use and a day at most."""
    settings = Settings(
        database_url=SecretStr(seeded_database), session_idle_minutes=60, session_absolute_hours=24
    )
    async with running_gateway(settings, clock) as api:
        yield await api.signed_in("hirosaki", "hirosaki-taro", PASSWORD)


async def test_a_session_ends_after_an_hour_without_use(phone: Api, clock: MovableClock) -> None:
    clock.let_pass(timedelta(minutes=60))

    assert not await is_signed_in(phone)


async def test_use_carries_a_session_on(phone: Api, clock: MovableClock) -> None:
    clock.let_pass(timedelta(minutes=59))
    assert await is_signed_in(phone)

    clock.let_pass(timedelta(minutes=59))

    (session,) = await sessions(phone)
    assert session["lastSeenAt"] == "2026-11-20T13:58:00+09:00"
    assert session["expiresAt"] == "2026-11-20T14:58:00+09:00"


async def test_a_session_ends_after_a_day_however_much_it_is_used(phone: Api, clock: MovableClock) -> None:
    for _ in range(31):
        clock.let_pass(timedelta(minutes=45))
        assert await is_signed_in(phone)
    (session,) = await sessions(phone)
    assert session["expiresAt"] == "2026-11-21T12:00:00+09:00"

    clock.let_pass(timedelta(minutes=45))

    assert not await is_signed_in(phone)


async def test_an_ended_session_answers_as_if_nobody_were_signed_in(phone: Api, clock: MovableClock) -> None:
    clock.let_pass(timedelta(minutes=60))

    error = (await phone.ask(SIGN_OUT)).only_error()

    assert error["message"] == "ログインしてください。"
    assert error["extensions"] == {"code": "UNAUTHENTICATED"}
