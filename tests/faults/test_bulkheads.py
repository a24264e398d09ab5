"""One system's trouble, or one client's, is nobody else's."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.api.asking import Api
from tests.faults.gateways import running_gateway
from tests.faults.screens import HIROSAKI_HOME, STAFF_LIST
from tests.running import LegacySystem, LegacySystems

T = TypeVar("T")
BALANCE = "{ viewer { member { pico { prepaidBalance } } } }"
BALANCES = {"hirosaki-taro": 4350, "takasaki": 12080, "shirakami": None}
SOON = 10
"""Seconds that a busy machine may take for what takes a moment."""


async def until_asked(system: LegacySystem, name: str, times: int = 1) -> None:
    """Waits until the simulator has been asked so often."""
    async with asyncio.timeout(SOON):
        while (await system.calls()).get(name, 0) < times:
            pass


@asynccontextmanager
async def held_up(
    pos: LegacySystem, ask: Callable[[], Awaitable[T]], times: int
) -> AsyncIterator[Sequence[asyncio.Task[T]]]:
    """So many requests that wait for a POS that hangs; they are answered before the block ends."""
    await pos.forget_calls()
    async with pos.fault("timeout"):
        asked = [asyncio.ensure_future(ask()) for _ in range(times)]
        await until_asked(pos, "ZANDAKA")
        yield asked
        await asyncio.gather(*asked)


@pytest.mark.parametrize("hanging", [["pos"]])
async def test_a_pos_that_hangs_does_not_hold_up_who_does_not_ask_it(
    api: Api, legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    async with held_up(legacy_systems.hirosaki.pos, partial(HIROSAKI_HOME.seen_by, taro), 20) as waiting:
        query = "{ viewer { member { profile { name } notices { edges { cursor } } } } }"
        answer = await taro.ask(query)

        assert not any(task.done() for task in waiting)
    assert answer.errors == []
    assert answer.data["viewer"]["member"]["profile"] == {"name": "弘前 太郎"}


async def test_a_client_that_goes_away_harms_nobody_in_the_same_call(
    api: Api, legacy_systems: LegacySystems
) -> None:
    people = {who: await api.signed_in("hirosaki", who) for who in BALANCES}
    staff = await STAFF_LIST.for_whom_it_is(api)
    await staff.data("{ members(first: 20) { edges { cursor } } }")
    pos = legacy_systems.hirosaki.pos
    await pos.forget_calls()
    async with pos.fault("latency", seconds=0.7):
        first = asyncio.create_task(
            staff.data('{ member(number: "210100000002") { pico { prepaidBalance } } }')
        )
        await until_asked(pos, "ZANDAKA")
        gathered = {who: asyncio.create_task(person.ask(BALANCE)) for who, person in people.items()}
        await until_asked(pos, "ZANDAKA", times=2)
        gathered["shirakami"].cancel()
        await asyncio.wait(gathered.values())

        assert (await pos.calls())["ZANDAKA"] < 1 + len(people)  # so that they did share a call
    assert (await first)["member"]["pico"]["prepaidBalance"] == 0
    assert gathered["shirakami"].cancelled()
    for who in ("hirosaki-taro", "takasaki"):
        answer = gathered[who].result()
        assert answer.errors == []
        assert answer.data["viewer"]["member"]["pico"]["prepaidBalance"] == BALANCES[who]


async def test_a_client_that_went_away_can_come_back_at_once(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    pos = legacy_systems.hirosaki.pos
    await pos.forget_calls()
    async with pos.fault("latency", seconds=0.5):
        gone = asyncio.create_task(HIROSAKI_HOME.seen_by(taro))
        await until_asked(pos, "ZANDAKA")
        gone.cancel()
    answer = await HIROSAKI_HOME.seen_by(taro)

    assert (answer.data, answer.errors) == (healthy["hirosaki home"], [])


@pytest.mark.parametrize("field", ["transactions", "unreceivedPrepaid", "lifetime", "suspension"])
async def test_one_inquiry_that_fails_costs_its_own_field_of_pico(
    field: str, api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    shori = {
        "transactions": "RIREKI",
        "unreceivedPrepaid": "MIUKE",
        "lifetime": "RUIKEI",
        "suspension": "TEISHI",
    }
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    async with legacy_systems.hirosaki.pos.fault("error", only=[shori[field]]):
        answer = await HIROSAKI_HOME.seen_by(taro)

    assert answer.codes() == {f"viewer.member.pico.{field}": "SYSTEM_UNAVAILABLE"}
    expected = healthy["hirosaki home"]["viewer"]["member"]["pico"] | {field: None}
    assert answer.data["viewer"]["member"]["pico"] == expected


async def test_a_node_that_cannot_be_fetched_costs_no_other_node(
    api: Api, seeded_database: str, legacy_systems: LegacySystems, patient_coops_dir: Path
) -> None:
    async with running_gateway(seeded_database, coops_dir=patient_coops_dir) as earlier:
        ids = await ids_of_account_notice_and_member(await HIROSAKI_HOME.for_whom_it_is(earlier))
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    async with legacy_systems.hirosaki.mailer.fault("error"):
        answer = await taro.ask("query($ids: [ID!]!) { nodes(ids: $ids) { __typename } }", ids=ids)

    assert answer.data == {"nodes": [{"__typename": "Account"}, None, {"__typename": "Member"}]}
    assert answer.codes() == {"nodes.1": "SYSTEM_UNAVAILABLE"}


async def ids_of_account_notice_and_member(person: Api) -> list[str]:
    query = "{ viewer { account { id } member { id notices(first: 1) { edges { node { id } } } } } }"
    viewer = (await person.data(query))["viewer"]
    (notice,) = viewer["member"]["notices"]["edges"]
    return [viewer["account"]["id"], notice["node"]["id"], viewer["member"]["id"]]
