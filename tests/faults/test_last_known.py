"""What a system said before it failed is served, says that it is old, and of which day it is (B2)."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.api.asking import Api
from tests.faults.gateways import running_gateway
from tests.faults.screens import HIROSAKI_HOME, POS, REGISTRY, SCREENS, STAFF_LIST, with_value
from tests.faults.trouble import simulator, trouble
from tests.running import NOW, LegacySystems

MARKED = "{ viewer { member { snapshot pico { snapshot asOf } mealCard { snapshot asOf } } } }"


def cases() -> Iterator[tuple[str, str, str]]:
    """A home screen, one of its systems, a fault."""
    for name in ("hirosaki home", "hokkaido home"):
        for system in SCREENS[name].fields_of:
            yield from ((name, system, fault) for fault in ("error", "timeout", "garbled"))


@pytest.mark.parametrize(("name", "system", "fault"), [*cases(), ("hirosaki home", "POS", "closed")])
async def test_a_system_that_was_well_before_costs_nothing_and_the_answer_names_it(
    name: str,
    system: str,
    fault: str,
    api: Api,
    healthy: Mapping[str, Any],
    legacy_systems: LegacySystems,
) -> None:
    screen = SCREENS[name]
    person = await screen.for_whom_it_is(api)
    await screen.seen_by(person)
    async with trouble(simulator(legacy_systems, screen.coop, system), fault):
        answer = await screen.seen_by(person)

    marks = ["viewer.member.pico.snapshot"] if system == POS else []
    assert answer.data == with_value(healthy[name], marks, "LAST_KNOWN")
    assert (answer.errors, answer.extensions) == ([], {"lastKnown": [system]})


@pytest.mark.parametrize(
    ("system", "marks"),
    [(REGISTRY, ("LAST_KNOWN", "CURRENT", "CURRENT")), (POS, ("CURRENT", "LAST_KNOWN", "LAST_KNOWN"))],
)
async def test_each_part_says_for_itself_whether_it_is_the_last_known_one(
    system: str, marks: tuple[str, str, str], api: Api, legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    await taro.data(MARKED)
    async with trouble(simulator(legacy_systems, "hirosaki", system), "error"):
        member = (await taro.data(MARKED))["viewer"]["member"]

    assert (member["snapshot"], member["pico"]["snapshot"], member["mealCard"]["snapshot"]) == marks


async def test_figures_of_yesterday_keep_their_day_when_they_are_served_tomorrow(
    seeded_database: str, legacy_systems: LegacySystems, patient_coops_dir: Path
) -> None:
    """B2."""
    watch = [NOW]

    def clock() -> datetime:
        return watch[0]

    async with running_gateway(seeded_database, coops_dir=patient_coops_dir, clock=clock) as api:
        await (await HIROSAKI_HOME.for_whom_it_is(api)).data(MARKED)
        watch[0] += timedelta(days=1)
        taro = await HIROSAKI_HOME.for_whom_it_is(api)  # the session of the day before is over
        async with legacy_systems.hirosaki.pos.stopped():
            member = (await taro.data(MARKED))["viewer"]["member"]

    assert member["pico"] == {"snapshot": "LAST_KNOWN", "asOf": "2026-11-19"}
    assert member["mealCard"] == {"snapshot": "LAST_KNOWN", "asOf": "2026-11-19"}


async def test_what_staff_have_seen_serves_the_member_while_the_system_is_out(
    api: Api, legacy_systems: LegacySystems
) -> None:
    """The memory is the co-op's; what a viewer may see of it is decided for each request."""
    await STAFF_LIST.seen_by(await STAFF_LIST.for_whom_it_is(api))
    taro = await HIROSAKI_HOME.for_whom_it_is(api)
    async with legacy_systems.hirosaki.pos.fault("error"):
        answer = await taro.ask("{ viewer { member { pico { prepaidBalance } mealCard { planName } } } }")

    assert answer.data["viewer"]["member"] == {"pico": {"prepaidBalance": 4350}, "mealCard": None}
    assert answer.codes() == {"viewer.member.mealCard": "SYSTEM_UNAVAILABLE"}
    assert answer.extensions == {"lastKnown": ["POS"]}


async def test_a_search_of_members_is_never_answered_from_memory(
    api: Api, legacy_systems: LegacySystems
) -> None:
    """Who is missing from an old list cannot be seen in it."""
    staff = await STAFF_LIST.for_whom_it_is(api)
    await STAFF_LIST.seen_by(staff)
    async with legacy_systems.hirosaki.registry.fault("error"):
        answer = await STAFF_LIST.seen_by(staff)

    assert answer.data == {"members": None}
    assert answer.codes() == {"members": "SYSTEM_UNAVAILABLE"}


async def test_one_co_ops_outage_is_no_other_co_ops_business(
    api: Api, healthy: Mapping[str, Any], legacy_systems: LegacySystems
) -> None:
    sapporo = await SCREENS["hokkaido home"].for_whom_it_is(api)
    async with legacy_systems.hirosaki.registry.fault("error"), legacy_systems.hirosaki.mailer.fault("error"):
        answer = await SCREENS["hokkaido home"].seen_by(sapporo)

    assert (answer.data, answer.errors) == (healthy["hokkaido home"], [])
