"""A POS that is down, slow, closed, or talks nonsense; and one that many people ask at once."""

import asyncio
import time

import pytest

from adapters.errors import AdapterError, Closed, Garbled, Incomplete, NotAsked, TimedOut, Unavailable
from adapters.ports import PointOfSale
from adapters.records import Circuit, Snapshot
from adapters.upstream import deadline
from tests.adapters.people import EVERYBODY, HANAKO, TARO, hirosaki
from tests.adapters.policies import patience_with
from tests.running import LegacySystem

FAULTS: dict[str, type[AdapterError]] = {
    "error": Unavailable,
    "garbled": Garbled,
    "truncated": Garbled,
    "closed": Closed,
    "timeout": TimedOut,
}
"""What an operator can make the system do, and the error it becomes."""

every_fault = pytest.mark.parametrize(("kind", "error"), FAULTS.items(), ids=list(FAULTS))


@every_fault
async def test_trouble_becomes_the_error_of_its_kind(
    pos: PointOfSale, system: LegacySystem, kind: str, error: type[AdapterError]
) -> None:
    async with system.fault(kind):
        with patience_with(kind), pytest.raises(error, match=r"^hirosaki/pos: "):
            await pos.balances([TARO])


@every_fault
async def test_in_trouble_the_last_known_answer_is_served_and_says_so(
    pos: PointOfSale, system: LegacySystem, kind: str, error: type[AdapterError]
) -> None:
    known = (await pos.balances([TARO])).of(TARO)
    async with system.fault(kind):
        with patience_with(kind):
            answers = await pos.balances([TARO, HANAKO])
    assert answers == {TARO: Snapshot(known, last_known=True)}
    assert isinstance(answers.outcome(HANAKO), error)


async def test_at_night_it_says_when_it_opens_again(pos: PointOfSale, system: LegacySystem) -> None:
    async with system.fault("closed"):
        with pytest.raises(Closed) as closed:
            await pos.balances([TARO])
    assert closed.value.reopens_at is not None
    assert closed.value.reopens_at.utcoffset() is not None


async def test_no_text_of_the_systems_own_gets_into_an_error_of_a_broken_system(
    pos: PointOfSale, system: LegacySystem
) -> None:
    async with system.fault("error"):
        with pytest.raises(Unavailable) as broken:
            await pos.balances([TARO])
    assert str(broken.value) == "hirosaki/pos: POST /klas/shokai: HTTP status 500"


async def test_a_partial_answer_serves_what_it_holds(pos: PointOfSale, system: LegacySystem) -> None:
    async with system.fault("partial"):
        answers = await pos.balances(EVERYBODY[:10])
    assert len(answers) == 5
    left_out = [number for number in EVERYBODY[:10] if number not in answers]
    assert all(isinstance(answers.outcome(number), Incomplete) for number in left_out)


async def test_a_system_that_is_not_running_is_unavailable_and_then_back(
    pos: PointOfSale, system: LegacySystem
) -> None:
    async with system.stopped():
        with pytest.raises(Unavailable):
            await pos.balances([TARO])
    assert TARO in await pos.balances([TARO])


async def test_a_slow_system_costs_no_more_than_the_requests_deadline(
    pos: PointOfSale, system: LegacySystem
) -> None:
    async with system.fault("latency", seconds=3):
        began = time.monotonic()
        with deadline(0.2), pytest.raises(TimedOut):
            await pos.balances([TARO])
        assert 0.2 <= time.monotonic() - began < 1.5


async def test_after_three_failures_it_is_left_alone(pos: PointOfSale, system: LegacySystem) -> None:
    async with system.fault("error"):
        for _ in range(3):
            with pytest.raises(Unavailable):
                await pos.balances([TARO])
        await system.forget_calls()
        with pytest.raises(NotAsked):
            await pos.balances([TARO])
        assert sum((await system.calls()).values()) == 0
    assert pos.status().circuit is Circuit.OPEN


async def test_a_ping_tells_open_closed_and_broken_apart(pos: PointOfSale, system: LegacySystem) -> None:
    await pos.ping()
    async with system.fault("closed"):
        with pytest.raises(Closed):
            await pos.ping()
    async with system.fault("error"):
        with pytest.raises(Unavailable):
            await pos.ping()


async def test_a_hundred_members_are_one_call(pos: PointOfSale, system: LegacySystem) -> None:
    answers = await pos.balances(EVERYBODY)
    assert set(answers) == set(EVERYBODY)
    assert sum((await system.calls()).values()) == 1


async def test_thirty_two_people_at_once_are_few_calls(pos: PointOfSale, system: LegacySystem) -> None:
    """One leaves at once, the others gather behind it."""
    first = asyncio.create_task(pos.balances([TARO]))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(pos.balances([hirosaki(index)])) for index in range(2, 33)]
    assert len([await each for each in (first, *others)]) == 32
    assert sum((await system.calls()).values()) == 2
