"""A system that keeps failing is left alone; staff see it, and one call finds out when it is back."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.api.asking import Api
from tests.faults.gateways import running_gateway
from tests.faults.screens import HIROSAKI_HOME, POS, without
from tests.faults.trouble import MESSAGES, assert_nothing_leaks
from tests.running import LegacySystem, LegacySystems

SYSTEMS = "{ systems { system circuit answers callsInFlight callsWaiting } }"
REST = "0.5"
"""Seconds that these tests' gateway leaves a system alone, lest a test take as long as real life."""


@pytest.fixture
def impatient_coops(patient_coops_dir: Path, tmp_path: Path) -> Path:
    """The co-ops' files with a shorter rest after failures."""
    for file in patient_coops_dir.glob("*.toml"):
        text = re.sub(r"(?m)^breaker_seconds = [0-9.]+", f"breaker_seconds = {REST}", file.read_text("utf-8"))
        (tmp_path / file.name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
async def impatient(
    seeded_database: str, legacy_systems: LegacySystems, impatient_coops: Path
) -> AsyncIterator[Api]:
    """A gateway with those files."""
    async with running_gateway(seeded_database, coops_dir=impatient_coops) as api:
        yield api


async def staff_of(api: Api, coop: str = "hirosaki") -> Api:
    return await api.signed_in(coop, "staff-hirosaki" if coop == "hirosaki" else "staff-hokkaido@example.jp")


async def pos_status(staff: Api) -> Any:
    (status,) = [each for each in (await staff.data(SYSTEMS))["systems"] if each["system"] == POS]
    return status


async def test_after_failures_in_a_row_the_pos_is_left_alone_and_staff_see_it(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    taro, staff = await HIROSAKI_HOME.for_whom_it_is(api), await staff_of(api)
    pos = legacy_systems.hirosaki.pos
    async with pos.fault("error"):
        for _ in range(2):
            await HIROSAKI_HOME.seen_by(taro)
        await pos.forget_calls()
        answer = await HIROSAKI_HOME.seen_by(taro)
        status = await pos_status(staff)
        assert await pos.calls() == {}

    lost = HIROSAKI_HOME.paths_of(POS, healthy["hirosaki home"])
    assert answer.data == without(healthy["hirosaki home"], lost)
    assert answer.codes() == dict.fromkeys(lost, "SYSTEM_UNAVAILABLE")
    assert {error["message"] for error in answer.errors} == {MESSAGES[POS]}
    assert (status["circuit"], status["answers"]) == ("OPEN", False)


@pytest.mark.parametrize("hanging", [["pos"]])
async def test_a_hanging_pos_is_soon_not_waited_for_any_more(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    """With the circuit open the last known figures come without the wait."""
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    pos = legacy_systems.hirosaki.pos
    await HIROSAKI_HOME.seen_by(taro)
    async with pos.fault("timeout"):
        for _ in range(3):
            await HIROSAKI_HOME.seen_by(taro)
        await pos.forget_calls()
        answer = await HIROSAKI_HOME.seen_by(taro)
        assert await pos.calls() == {}

    assert answer.errors == []
    assert answer.data["viewer"]["member"]["pico"]["snapshot"] == "LAST_KNOWN"
    assert answer.extensions == {"lastKnown": ["POS"]}


async def test_after_its_rest_one_call_finds_out_that_the_pos_is_back(
    impatient: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    taro, staff = await HIROSAKI_HOME.for_whom_it_is(impatient), await staff_of(impatient)
    pos = legacy_systems.hirosaki.pos
    async with pos.fault("error"):
        for _ in range(2):
            await HIROSAKI_HOME.seen_by(taro)
    async with pos.fault("latency", seconds=1, only=["PING"]):
        await pos.forget_calls()
        meanwhile, afterwards = await asyncio.wait_for(looks_at_the_probe(staff, pos), 10)
        assert await pos.calls() == {"PING": 1}
    answer = await HIROSAKI_HOME.seen_by(taro)

    assert (meanwhile["circuit"], meanwhile["answers"]) == ("HALF_OPEN", False)
    assert (afterwards["circuit"], afterwards["answers"]) == ("CLOSED", True)
    assert (answer.data, answer.errors) == (healthy["hirosaki home"], [])


async def looks_at_the_probe(staff: Api, pos: LegacySystem) -> tuple[Any, Any]:
    """What staff see while a look of theirs is the one call that finds out, and what that look sees."""
    while True:
        look = asyncio.create_task(pos_status(staff))
        while not look.done():
            if await pos.calls():
                return await pos_status(staff), await look


async def test_a_pos_that_is_still_ill_after_its_rest_is_left_alone_again(
    impatient: Api, legacy_systems: LegacySystems
) -> None:
    taro, staff = await HIROSAKI_HOME.for_whom_it_is(impatient), await staff_of(impatient)
    pos = legacy_systems.hirosaki.pos
    async with pos.fault("error"):
        for _ in range(2):
            await HIROSAKI_HOME.seen_by(taro)
        await pos.forget_calls()
        async with asyncio.timeout(10):
            while not await pos.calls():
                assert (await pos_status(staff))["circuit"] == "OPEN"
        assert await pos.calls() == {"PING": 1}


@pytest.mark.parametrize(
    ("coop", "kinds"),
    [("hirosaki", ["REGISTRY", "POS", "NOTICES", "MAILER"]), ("hokkaido", ["REGISTRY", "NOTICES", "MAILER"])],
)
async def test_staff_see_every_system_of_their_co_op_answer(coop: str, kinds: list[str], api: Api) -> None:
    staff = await staff_of(api, coop)
    well = {"circuit": "CLOSED", "answers": True, "callsInFlight": 0, "callsWaiting": 0}

    assert (await staff.data(SYSTEMS))["systems"] == [{"system": kind, **well} for kind in kinds]


@pytest.mark.parametrize("fault", ["error", "timeout"])
async def test_staff_see_it_in_time_when_all_are_out(
    fault: str, api: Api, legacy_systems: LegacySystems, deadline_seconds: float
) -> None:
    staff = await staff_of(api)
    own = legacy_systems.hirosaki
    async with own.registry.fault(fault), own.pos.fault(fault), own.mailer.fault(fault):
        begun = asyncio.get_running_loop().time()
        response = await staff.post(SYSTEMS)
        took = asyncio.get_running_loop().time() - begun

    systems = response.json()["data"]["systems"]
    assert {each["system"]: each["answers"] for each in systems} == dict.fromkeys(
        ("REGISTRY", "POS", "NOTICES", "MAILER"), False
    )
    assert took < deadline_seconds
    assert_nothing_leaks(response, legacy_systems)


async def test_staff_see_the_systems_beside_a_list_that_the_registry_cannot_give(
    api: Api, legacy_systems: LegacySystems
) -> None:
    staff = await staff_of(api)
    async with legacy_systems.hirosaki.registry.fault("error"):
        answer = await staff.ask("{ members { edges { cursor } } systems { system answers } }")

    assert answer.codes() == {"members": "SYSTEM_UNAVAILABLE"}
    assert answer.data["members"] is None
    assert {each["system"]: each["answers"] for each in answer.data["systems"]} == {
        "REGISTRY": False,
        "POS": True,
        "NOTICES": True,
        "MAILER": True,
    }
