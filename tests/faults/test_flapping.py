"""Systems that fail now and then: reads are tried again, once, and never one whose time ran out."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.asking import Api
from tests.faults.screens import HIROSAKI_HOME, SCREENS, without
from tests.faults.trouble import simulator
from tests.running import LegacySystems


@pytest.mark.parametrize("fault", ["error", "garbled", "truncated"])
@pytest.mark.parametrize(
    ("name", "system"), [(name, system) for name, screen in SCREENS.items() for system in screen.fields_of]
)
async def test_one_failure_is_made_good_by_a_second_attempt(
    name: str, system: str, fault: str, api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    screen = SCREENS[name]
    person = await screen.for_whom_it_is(api)
    async with simulator(legacy_systems, screen.coop, system).fault(fault, times=1):
        answer = await screen.seen_by(person)

    assert (answer.data, answer.errors) == (healthy[name], [])


async def test_two_failures_in_a_row_cost_that_request_and_not_the_next(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    pos = legacy_systems.hirosaki.pos
    async with pos.fault("error", only=["ZANDAKA"], times=2):
        await pos.forget_calls()
        failed = await HIROSAKI_HOME.seen_by(taro)
        assert await pos.calls() == {"ZANDAKA": 2, "MEAL": 1}
        well = await HIROSAKI_HOME.seen_by(taro)

    assert failed.data == without(healthy["hirosaki home"], ["viewer.member.pico"])
    assert failed.codes() == {"viewer.member.pico": "SYSTEM_UNAVAILABLE"}
    assert (well.data, well.errors) == (healthy["hirosaki home"], [])


@pytest.mark.parametrize("hanging", [["pos"]])
async def test_a_system_that_let_its_time_run_out_is_not_asked_again(
    api: Api, legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    pos = legacy_systems.hirosaki.pos
    async with pos.fault("timeout"):
        await pos.forget_calls()
        await HIROSAKI_HOME.seen_by(taro)
        assert await pos.calls() == {"ZANDAKA": 1, "MEAL": 1}


@pytest.mark.parametrize("name", ["hirosaki home", "hokkaido home"])
async def test_programs_that_were_started_anew_between_two_requests_cost_nothing(
    name: str, api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    """The kept connections are dead by then."""
    screen = SCREENS[name]
    person = await screen.for_whom_it_is(api)
    await screen.seen_by(person)
    for system in screen.fields_of:
        async with simulator(legacy_systems, screen.coop, system).stopped():
            pass
    answer = await screen.seen_by(person)

    assert (answer.data, answer.errors, answer.extensions) == (healthy[name], [], {})
