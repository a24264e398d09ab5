"""A batch read as a port promises it: answers by key, the last known ones marked, a reason for the rest."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.errors import Incomplete, NotAsked, TimedOut, Unavailable
from adapters.records import Answers, MemberNumber, Snapshot
from adapters.upstream import BatchRead, Upstream, deadline
from adapters.upstream.last_known import LastKnown
from tests.adapters.upstream.simulated import SYSTEM, HandSteered, policy
from tests.adapters.upstream.virtual_time import in_virtual_time, now, until_idle

DOWN = Unavailable(SYSTEM, "no connection")


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        """The present."""
        return self.seconds


def endpoint() -> tuple[HandSteered, BatchRead[int, str]]:
    """A batch read and the system behind it."""
    system = HandSteered()
    return system, BatchRead(Upstream(SYSTEM, policy(batch_limit=10)), system.fetch)


async def asked(read: BatchRead[int, str], *keys: int) -> "asyncio.Task[Answers[int, str]]":
    """A request that has asked and now waits."""
    task = asyncio.create_task(read(keys))
    await until_idle()
    return task


async def remembering(*keys: int) -> tuple[HandSteered, BatchRead[int, str]]:
    """A batch read that has once been answered for these keys."""
    system, read = endpoint()
    request = await asked(read, *keys)
    system.calls.pop().succeed()
    await request
    return system, read


@in_virtual_time
async def test_answers_of_the_moment_are_not_marked() -> None:
    system, read = endpoint()
    request = await asked(read, 1, 2)
    system.calls[0].succeed()
    answers = await request
    assert answers == {1: Snapshot("answer 1", last_known=False), 2: Snapshot("answer 2", last_known=False)}
    assert answers.failure is None
    assert answers.of(1) == "answer 1"


@in_virtual_time
async def test_while_the_system_fails_the_last_known_answers_are_served_and_say_so() -> None:
    system, read = await remembering(1, 2)
    request = await asked(read, 1, 2)
    system.calls[0].fail(DOWN)
    answers = await request
    assert answers == {1: Snapshot("answer 1", last_known=True), 2: Snapshot("answer 2", last_known=True)}
    assert answers.failure is None


@in_virtual_time
async def test_a_key_of_which_nothing_is_known_keeps_the_reason() -> None:
    system, read = await remembering(1)
    request = await asked(read, 1, 2)
    system.calls[0].fail(DOWN)
    answers = await request
    assert answers == {1: Snapshot("answer 1", last_known=True)}
    assert answers.outcome(2) is DOWN
    with pytest.raises(Unavailable, match="no connection"):
        answers.of(2)


@in_virtual_time
async def test_without_a_single_answer_the_failure_is_raised() -> None:
    system, read = endpoint()
    request = await asked(read, 1)
    system.calls[0].fail(DOWN)
    with pytest.raises(Unavailable, match="no connection"):
        await request


@in_virtual_time
async def test_a_key_left_out_is_incomplete_and_its_siblings_are_served() -> None:
    system, read = endpoint()
    request = await asked(read, 1, 2)
    system.calls[0].succeed(without=[2])
    answers = await request
    assert answers == {1: Snapshot("answer 1")}
    failure = answers.outcome(2)
    assert isinstance(failure, Incomplete)
    assert failure.detail == "left out 1 of 2 keys"


@in_virtual_time
async def test_a_key_left_out_is_served_from_what_was_known() -> None:
    system, read = await remembering(1, 2)
    request = await asked(read, 1, 2)
    system.calls[0].succeed(without=[2])
    assert await request == {1: Snapshot("answer 1"), 2: Snapshot("answer 2", last_known=True)}


@in_virtual_time
async def test_a_slow_system_costs_no_more_than_the_deadline_and_the_last_known_answer_is_served() -> None:
    _, read = await remembering(1)
    with deadline(2):
        answers = await read([1])
        with pytest.raises(TimedOut):
            await read([2])
    assert answers == {1: Snapshot("answer 1", last_known=True)}
    assert now() == 2


@in_virtual_time
async def test_with_the_circuit_open_the_last_known_answer_comes_at_once() -> None:
    system, read = await remembering(1)
    for _ in range(3):
        request = await asked(read, 2)
        system.calls.pop().fail(DOWN)
        await until_idle()
        assert request.exception() is DOWN
    assert await read([1]) == {1: Snapshot("answer 1", last_known=True)}
    with pytest.raises(NotAsked):
        await read([2])
    assert system.calls == []


@in_virtual_time
async def test_an_answer_that_comes_after_everybody_left_is_remembered() -> None:
    system, read = endpoint()
    request = await asked(read, 1)
    request.cancel()
    await until_idle()
    system.calls[0].succeed()
    await until_idle()
    later = await asked(read, 1)
    system.calls[1].fail(DOWN)
    assert await later == {1: Snapshot("answer 1", last_known=True)}


@in_virtual_time
async def test_a_key_that_the_system_would_refuse_fails_its_asker_and_joins_nobody() -> None:
    system = HandSteered()

    def check(key: int) -> None:
        if key < 0:
            raise ValueError("no such number")

    read = BatchRead(Upstream(SYSTEM, policy(batch_limit=10)), system.fetch, check=check)
    forger = await asked(read, 1, -1)
    honest = await asked(read, 2)
    with pytest.raises(ValueError, match="no such number"):
        await forger
    assert [call.keys for call in system.calls] == [(2,)]
    system.calls[0].succeed()
    assert await honest == {2: Snapshot("answer 2")}


@in_virtual_time
async def test_asking_for_nothing_gives_nothing() -> None:
    _, read = endpoint()
    answers = await read([])
    assert answers == {}
    assert answers.failure is None


def test_asking_the_answers_for_a_key_nobody_asked_for_is_a_defect() -> None:
    with pytest.raises(KeyError):
        Answers({1: Snapshot("answer 1")}).of(2)


def test_an_answer_is_forgotten_when_it_is_too_old() -> None:
    clock = Clock()
    memory: LastKnown[int, str] = LastKnown(10, 60, weight=len, timer=clock)
    memory.remember({1: "a"}, memory.changes)
    clock.seconds = 59.9
    assert memory.recall([1]) == {1: Snapshot("a", last_known=True)}
    clock.seconds = 60.0
    assert memory.recall([1]) == {}


def test_the_least_recently_used_answers_are_forgotten_first() -> None:
    memory: LastKnown[int, str] = LastKnown(3, 60, weight=len)
    memory.remember({1: "a", 2: "b", 3: "c"}, memory.changes)
    memory.recall([1])
    memory.remember({4: "dd"}, memory.changes)
    assert set(memory.recall(range(10))) == {1, 4}


def test_an_answer_heavier_than_the_memory_is_not_kept_nor_is_the_one_it_replaces() -> None:
    memory: LastKnown[int, str] = LastKnown(3, 60, weight=len)
    memory.remember({1: "a"}, memory.changes)
    memory.remember({1: "abcd"}, memory.changes)
    assert memory.recall([1]) == {}


@given(st.lists(st.dictionaries(st.integers(0, 30), st.text(max_size=5), max_size=8), max_size=30))
def test_memory_never_holds_more_than_its_limit_and_never_another_answer(
    batches: list[dict[int, str]],
) -> None:
    memory: LastKnown[int, str] = LastKnown(12, 60, weight=len)
    latest: dict[int, str] = {}
    for batch in batches:
        memory.remember(batch, memory.changes)
        latest |= batch
        known = memory.recall(range(31))
        assert sum(len(snapshot.value) for snapshot in known.values()) <= 12
        assert all(snapshot.value == latest[key] for key, snapshot in known.items())


@in_virtual_time
async def test_what_is_forgotten_is_served_no_more_and_others_are() -> None:
    system, read = await remembering(1, 2)
    read.forget(MemberNumber("nobody's"))
    read.forget(1)  # type: ignore[arg-type]  # the simulated keys are numbers
    request = await asked(read, 1, 2)
    system.calls.pop().fail(DOWN)
    answers = await request
    assert answers == {2: Snapshot("answer 2", last_known=True)}
    assert answers.outcome(1) is DOWN


@in_virtual_time
async def test_an_answer_to_a_call_that_began_before_is_given_and_not_remembered() -> None:
    """It may be older than what the member has changed since."""
    system, read = endpoint()
    under_way = await asked(read, 1, 2)
    read.forget(1)  # type: ignore[arg-type]  # as above
    system.calls.pop().succeed()
    assert set(await under_way) == {1, 2}
    later = await asked(read, 1, 2)
    system.calls.pop().fail(DOWN)
    assert set(await later) == {2}


@in_virtual_time
async def test_what_is_answered_after_is_remembered_again() -> None:
    system, read = await remembering(1)
    read.forget(1)  # type: ignore[arg-type]  # as above
    request = await asked(read, 1)
    system.calls.pop().succeed()
    await request
    request = await asked(read, 1)
    system.calls.pop().fail(DOWN)
    assert await request == {1: Snapshot("answer 1", last_known=True)}


@in_virtual_time
async def test_with_everything_forgotten_calls_under_way_bring_nothing_to_remember() -> None:
    system, read = await remembering(1)
    under_way = await asked(read, 2)
    read.forget_everybody()
    system.calls.pop().succeed()
    await under_way
    request = await asked(read, 1, 2)
    system.calls.pop().fail(DOWN)
    with pytest.raises(Unavailable):
        await request


def test_a_key_with_parts_is_forgotten_with_the_member_it_begins_with() -> None:
    memory: LastKnown[tuple[str, int], str] = LastKnown(10, 60, weight=len)
    memory.remember({("taro", 1): "a", ("taro", 2): "b", ("hanako", 1): "c"}, memory.changes)
    memory.forget("taro")
    assert memory.recall([("taro", 1), ("taro", 2), ("hanako", 1)]) == {
        ("hanako", 1): Snapshot("c", last_known=True)
    }
