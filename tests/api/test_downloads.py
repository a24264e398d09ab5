"""What every download keeps to: who may, what is logged, what a foreign page cannot do, and never half a file."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from gateway.settings import Settings
from gateway.store import Store
from gateway.store.records import AccessAction, AccessLogEntry, AccessLogQuery
from tests.api.asking import PASSWORD, SIGN_IN, Api
from tests.api.doing import done
from tests.api.downloading import download, refusal, table
from tests.api.other_people import sign_in_as
from tests.api.own_gateway import running_gateway
from tests.running import SIGNING_KEY, LegacySystems
from tests.running.eventually import eventually

ALL = {"view": "PC", "kind": "ALL"}
TARO = "210100000001"
POS_IS_OUT = (
    "電子マネー・ご利用履歴・ミールカードの情報を、ただいま表示できません。"
    "時間をおいて、もう一度お試しください。"
)
NOT_ALLOWED = (403, "この情報を利用する権限がありません。")
FILES = [
    ("statements.csv", {}),
    ("history.csv", ALL),
    ("history.pdf", ALL),
    ("meal-card.csv", {}),
    ("access-log.csv", {}),
]


async def exports(store: Store, coop: str = "hirosaki") -> list[AccessLogEntry]:
    """What the access log holds of downloads, newest first."""
    page = await store.of(coop).access_log.page(AccessLogQuery(50, action=AccessAction.EXPORT))
    return list(page.items)


@pytest.mark.parametrize(("path", "asked"), FILES)
async def test_nobody_signed_in_gets_no_file(
    api: Api, store: Store, path: str, asked: dict[str, str]
) -> None:
    assert refusal(await download(api, path, **asked)) == (401, "ログインしてください。")
    assert await exports(store) == []


async def test_a_guardian_takes_along_what_the_student_shares_and_nothing_else(
    taro: Api, ichiro: Api
) -> None:
    """X13: until sharing is revoked."""
    own = await table(taro, "history.csv", **ALL)

    assert await table(ichiro, "history.csv", **ALL) == own
    await done(taro, "setGuardianSharing", shared=False)
    assert refusal(await download(ichiro, "history.csv", **ALL)) == NOT_ALLOWED


async def test_nobody_takes_along_what_is_anothers_and_the_log_holds_that_they_tried(
    api: Api, taro: Api, store: Store
) -> None:
    """E26: not even in the same co-op, however the number is written."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    for number in (TARO, "2101 0000 0001"):
        assert refusal(await download(takasaki, "history.csv", member=number, **ALL)) == NOT_ALLOWED
    assert [(each.outcome.value, each.member_number, each.what) for each in await exports(store)] == [
        ("REFUSED", TARO, ("MEMBER",))
    ] * 2


async def test_staff_take_along_for_a_member_of_their_own_co_op_only(
    hirosaki_staff: Api, hokkaido_staff: Api, taro: Api
) -> None:
    own = await table(taro, "history.csv", **ALL)

    assert await table(hirosaki_staff, "history.csv", member="2101-0000-0001", **ALL) == own
    assert (await download(hokkaido_staff, "history.csv", member=TARO, **ALL)).status_code == 400


async def test_a_file_stands_in_the_log_with_whose_and_what_it_is(
    taro: Api, hirosaki_staff: Api, store: Store
) -> None:
    """E26, E27: as an export, not as a look."""
    await table(taro, "meal-card.csv")
    await table(hirosaki_staff, "history.csv", member=TARO, **ALL)

    staffs, own = await exports(store)
    assert own.outcome.value == staffs.outcome.value == "ALLOWED"
    assert (own.member_number, own.what) == (TARO, ("MEAL_CARD", "MEMBER", "PROFILE"))
    assert (staffs.member_number, staffs.what) == (TARO, ("MEMBER", "PROFILE", "TRANSACTIONS"))
    assert own.account_id != staffs.account_id
    assert own.origin.address == "127.0.0.1"


async def test_a_feature_phone_takes_nothing_along(taro: Api) -> None:
    """A2."""
    taro.client.headers["Client-Device"] = "FEATURE_PHONE"

    assert (await download(taro, "history.csv", **ALL)).status_code == 403


async def test_after_the_refund_there_is_no_file_any_more(
    api: Api, store: Store, hokkaido_staff: Api
) -> None:
    """E22: 釧路 勇 has been refunded; staff still look things up for him."""
    isamu = await sign_in_as(api, store, "hokkaido", "10000005")

    refused = refusal(await download(isamu, "statements.csv"))
    assert refused == (403, "出資金返還後はマイページの閲覧ができません。")
    assert await table(hokkaido_staff, "statements.csv", member="10000005")


@pytest.fixture
async def browser(gateway_app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A browser in which 弘前 太郎 is signed in by cookie."""
    transport = httpx.ASGITransport(gateway_app)
    async with httpx.AsyncClient(transport=transport, base_url="https://gateway.test") as client:
        operation = SIGN_IN.replace("TOKEN", "COOKIE")
        variables = {"coop": "hirosaki", "identifier": "hirosaki-taro", "password": PASSWORD}
        await client.post("/graphql", json={"query": operation, "variables": variables})
        assert "__Host-session" in client.cookies
        yield client


@pytest.mark.parametrize("path", ["history.csv", "history.pdf"])
@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "same-origin"}, {"GraphQL-Require-Preflight": "true"}],
)
async def test_a_link_of_our_own_page_is_followed_with_the_cookie(
    browser: httpx.AsyncClient, path: str, headers: dict[str, str]
) -> None:
    response = await browser.get(f"/exports/{path}", params=ALL, headers=headers)

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["history.csv", "access-log.csv"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
    ],
)
async def test_a_foreign_page_makes_no_browser_download(
    browser: httpx.AsyncClient, store: Store, path: str, headers: dict[str, str]
) -> None:
    response = await browser.get(f"/exports/{path}", params=ALL, headers=headers)

    assert refusal(response) == (403, "この操作は、マイページの画面から行ってください。")
    assert await exports(store) == []


async def test_while_the_system_is_out_there_is_a_sentence_and_no_file(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    async with legacy_systems.hirosaki.pos.fault("error", only=["RIREKI"]):
        for path in ("history.csv", "history.pdf"):
            assert refusal(await download(taro, path, **ALL)) == (503, POS_IS_OUT)


async def test_a_history_of_the_pos_needs_no_registry(taro: Api, legacy_systems: LegacySystems) -> None:
    """Unless it reaches back to the day of joining."""
    async with legacy_systems.hirosaki.registry.fault("error"):
        assert await table(taro, "history.csv", **ALL)
        assert (await download(taro, "history.csv", view="PC", kind="LEARNING")).status_code == 503


async def test_last_known_answers_are_for_the_screen_and_never_for_a_file(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    """A file outlives the outage, and nobody would see from it how old it was."""
    assert await table(taro, "history.csv", **ALL)
    async with legacy_systems.hirosaki.pos.fault("error", only=["RIREKI"]):
        assert refusal(await download(taro, "history.csv", **ALL)) == (503, POS_IS_OUT)


@pytest.fixture
async def address(gateway_app: Starlette) -> AsyncIterator[str]:
    """Where the gateway listens, on a port of the loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(gateway_app, http="httptools", ws="none", lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        await serving


@pytest.mark.parametrize(("path", "is_begun"), [("history.csv", True), ("history.pdf", False)])
async def test_an_outage_on_the_way_never_leaves_a_file_that_looks_whole(
    address: str, taro: Api, legacy_systems: LegacySystems, path: str, is_begun: bool
) -> None:
    """The first page comes late and well, the second not at all: CSV breaks off, PDF is not begun."""
    pos = legacy_systems.hirosaki.pos
    await pos.forget_calls()
    headers = {"Authorization": f"Bearer {taro.token}"}

    async def the_first_page_is_asked_for() -> bool:
        return (await pos.calls()).get("RIREKI") == 1

    async with (
        httpx.AsyncClient(base_url=address, trust_env=False, headers=headers) as client,
        pos.fault("latency", seconds=1, only=["RIREKI"]),
    ):
        asked = asyncio.create_task(client.get(f"/exports/{path}", params=ALL))
        await eventually(the_first_page_is_asked_for)
        async with pos.fault("error", only=["RIREKI"]):
            if is_begun:
                with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
                    await asked
            else:
                assert refusal(await asked) == (503, POS_IS_OUT)


async def test_without_a_font_there_is_no_pdf_and_a_sentence_says_so(
    seeded_database: str, legacy_systems: LegacySystems, tmp_path: Path
) -> None:
    settings = Settings(
        database_url=SecretStr(seeded_database),
        signing_key=SecretStr(SIGNING_KEY),
        pdf_font=tmp_path / "none.ttf",
    )
    async with running_gateway(settings) as api:
        taro = await api.signed_in("hirosaki", "hirosaki-taro")
        told = refusal(await download(taro, "history.pdf", **ALL))
        assert told == (503, "PDFは、ただいまご用意できません。CSVをご利用ください。")
        assert await table(taro, "history.csv", **ALL)
