"""One query serves the home screen of either co-op (B33), with few calls to the systems behind it."""

import asyncio
from pathlib import Path

import gateway.http.graphiql
from tests.api.asking import Api
from tests.running import LegacySystems

EXAMPLES = Path(gateway.http.graphiql.__file__).parent / "examples"
HIROSAKI_HOME = (EXAMPLES / "1-hirosaki-home.graphql").read_text(encoding="utf-8")
HOKKAIDO_HOME = (EXAMPLES / "2-hokkaido-home.graphql").read_text(encoding="utf-8")


async def test_a_hirosaki_member_sees_the_figures_of_the_pos(taro: Api) -> None:
    """B1, B2, B4, B5, B6, B10, B33."""
    data = await taro.data(HIROSAKI_HOME)

    member = data["viewer"]["member"]
    assert member["numberDisplay"] == "2101 0000 0001"
    assert member["profile"]["name"] == "弘前 太郎"
    pico = member["pico"]
    assert (pico["asOf"], pico["snapshot"]) == ("2026-11-19", "CURRENT")
    assert (pico["prepaidBalance"], pico["points"], pico["pointsToAutomaticTopUp"]) == (4350, 120, 80)
    assert pico["webPoints"] == {"balance": 640, "transferable": 600}
    assert pico["unreceivedPrepaid"]["total"] == 20000


async def test_a_hokkaido_member_sees_statements_and_digital_card(sapporo: Api) -> None:
    """E7, E12, X17."""
    data = await sapporo.data(HOKKAIDO_HOME)

    member = data["viewer"]["member"]
    assert (member["numberDisplay"], member["kind"]) == ("1000 0001", "SCHOOL_STAFF")
    assert member["shareCapital"]["amount"] == 5000
    months = [edge["node"]["month"] for edge in member["statements"]["edges"]]
    assert len(months) == 3
    assert months == sorted(months, reverse=True)
    assert member["digitalCard"]["state"] == "ACTIVE"


async def test_the_home_screen_costs_one_call_of_each_batch_endpoint(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    await taro.data(HIROSAKI_HOME)  # the first connection to a database asks for its version
    await legacy_systems.forget_calls()

    await taro.data(HIROSAKI_HOME)

    assert await legacy_systems.hirosaki.pos.calls() == {
        "ZANDAKA": 1,
        "MIUKE": 1,
        "RUIKEI": 1,
        "TEISHI": 1,
        "RIREKI": 1,
        "MEAL": 1,
    }
    assert await legacy_systems.hirosaki.registry.calls() == {"KUMIAIIN": 1}
    assert await legacy_systems.hirosaki.mailer.calls() == {"/api/notices": 1}


async def test_a_hokkaido_home_screen_costs_one_call_of_each_batch_endpoint(
    sapporo: Api, legacy_systems: LegacySystems
) -> None:
    await sapporo.data(HOKKAIDO_HOME)
    await legacy_systems.forget_calls()

    await sapporo.data(HOKKAIDO_HOME)

    assert await legacy_systems.hokkaido.registry.calls() == {
        "KUMIAIIN": 1,
        "HENKO_UKETSUKE": 1,
        "SEIKYU": 1,
    }
    assert await legacy_systems.hokkaido.mailer.calls() == {"/api/notices": 1}


async def test_thirty_two_home_screens_at_once_share_their_calls(
    api: Api, legacy_systems: LegacySystems
) -> None:
    """Keys that arrive while a call is under way leave together in the next one."""
    people = [await api.signed_in("hirosaki", who) for who in ("hirosaki-taro", "takasaki", "shirakami")]
    await legacy_systems.forget_calls()

    await asyncio.gather(*(people[n % 3].data(HIROSAKI_HOME) for n in range(32)))

    calls = await legacy_systems.hirosaki.pos.calls()
    assert sum(calls.values()) <= 32 * 6 / 4
