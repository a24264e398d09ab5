"""Every system in every kind of trouble: it costs its own fields, which say so, and never their siblings."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.api.asking import Api
from tests.faults.screens import NOTICES, POS, REGISTRY, SCREENS, answer_in, without
from tests.faults.trouble import MESSAGES, assert_nothing_leaks, simulator, trouble
from tests.running import LegacySystems

CODES = {
    "stopped": "SYSTEM_UNAVAILABLE",
    "error": "SYSTEM_UNAVAILABLE",
    "timeout": "SYSTEM_TIMEOUT",
    "garbled": "SYSTEM_ANSWER_GARBLED",
    "truncated": "SYSTEM_ANSWER_GARBLED",
    "partial": "SYSTEM_ANSWER_INCOMPLETE",
}
"""By the fault. A database that breaks off has lost the connection, and said nothing one could misread."""

Case = tuple[str, str, str, str]


def cases() -> Iterator[Case]:
    """Screen, system, fault and code. Answers in part to many at once are in test_partial_answers."""
    for name, screen in SCREENS.items():
        for system in screen.fields_of:
            for fault, code in CODES.items():
                if fault == "partial" and (system == REGISTRY or name == "staff list"):
                    continue
                broken_off = (system, fault) == (REGISTRY, "truncated")
                yield name, system, fault, CODES["error"] if broken_off else code


@pytest.mark.parametrize(("name", "system", "fault", "code"), list(cases()))
async def test_a_system_in_trouble_costs_its_own_fields_and_each_says_why(
    name: str,
    system: str,
    fault: str,
    code: str,
    api: Api,
    healthy: Mapping[str, Any],
    legacy_systems: LegacySystems,
    deadline_seconds: float,
) -> None:
    screen = SCREENS[name]
    person = await screen.for_whom_it_is(api)
    async with trouble(simulator(legacy_systems, screen.coop, system), fault):
        begun = asyncio.get_running_loop().time()
        response = await screen.response_to(person)
        took = asyncio.get_running_loop().time() - begun

    answer = answer_in(response)
    lost = screen.paths_of(system, healthy[name])
    assert response.status_code == 200
    assert answer.data == without(healthy[name], lost)
    assert answer.codes() == dict.fromkeys(lost, code)
    assert [error["message"] for error in answer.errors] == [MESSAGES[system]] * len(lost)
    assert [error["extensions"] for error in answer.errors] == [{"code": code, "system": system}] * len(lost)
    assert answer.extensions == {}
    assert took < deadline_seconds
    assert_nothing_leaks(response, legacy_systems)


@pytest.mark.parametrize("name", SCREENS)
async def test_slow_systems_that_answer_in_time_cost_nothing(
    name: str, api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    screen = SCREENS[name]
    person = await screen.for_whom_it_is(api)
    slow = [simulator(legacy_systems, screen.coop, system) for system in screen.fields_of]
    async with slow[0].fault("latency", seconds=0.3), slow[-1].fault("latency", seconds=0.3):
        answer = await screen.seen_by(person)

    assert (answer.data, answer.errors) == (healthy[name], [])


@pytest.mark.parametrize("fault", ["error", "timeout"])
@pytest.mark.parametrize("name", ["hirosaki home", "hokkaido home"])
async def test_with_every_system_out_the_rest_of_the_screen_still_answers_in_time(
    name: str,
    fault: str,
    api: Api,
    healthy: Mapping[str, Any],
    legacy_systems: LegacySystems,
    deadline_seconds: float,
) -> None:
    screen = SCREENS[name]
    person = await screen.for_whom_it_is(api)
    registry = simulator(legacy_systems, screen.coop, REGISTRY)
    notices = simulator(legacy_systems, screen.coop, NOTICES)
    pos = simulator(legacy_systems, screen.coop, POS) if POS in screen.fields_of else registry
    async with registry.fault(fault), pos.fault(fault), notices.fault(fault):
        begun = asyncio.get_running_loop().time()
        response = await screen.response_to(person)
        took = asyncio.get_running_loop().time() - begun

    lost = {path for system in screen.fields_of for path in screen.paths_of(system, healthy[name])}
    lost.discard("viewer.member.pico.usableUntil")  # there is no Pico for it to stand in
    answer = answer_in(response)
    assert answer.data == without(healthy[name], sorted(lost))
    assert answer.codes() == dict.fromkeys(lost, CODES[fault])
    assert took < deadline_seconds
    assert_nothing_leaks(response, legacy_systems)
