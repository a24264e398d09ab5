"""Answers that are still fresh: given again without asking, to who says that this will do, and never marked."""

import asyncio
from collections.abc import Mapping
from datetime import date

from adapters.errors import Unavailable
from adapters.records import Answers, MemberNumber, Snapshot
from adapters.upstream import BatchRead, BusinessDay, Figures, Freshness, Upstream, fresh_answers_will_do
from adapters.upstream.last_known import LastKnown
from tests.adapters.upstream.simulated import SYSTEM, HandSteered, answers_for, policy
from tests.adapters.upstream.virtual_time import in_virtual_time, until_idle

DOWN = Unavailable(SYSTEM, "no connection")
THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)


class Seconds:
    """A timer that goes on when a test says so."""

    passed = 0.0

    def __call__(self) -> float:
        """Seconds since it was made."""
        return self.passed


def memory_of(freshness: Freshness, timer: Seconds, entries: int = 10) -> LastKnown[int, str]:
    """A memory of so many records that keeps them for an hour."""
    return LastKnown(entries, 3600, weight=lambda _: 1, timer=timer, freshness=freshness)


def said(memory: LastKnown[int, str], answers: Mapping[int, str]) -> None:
    """A call that began and ended just now."""
    memory.remember(answers, memory.changes)


def test_an_answer_is_fresh_for_so_many_seconds_and_known_for_longer() -> None:
    timer = Seconds()
    memory = memory_of(Freshness(60), timer)
    said(memory, {1: "a"})
    timer.passed = 59.9
    assert memory.fresh([1, 2]) == {1: Snapshot("a", last_known=False)}
    timer.passed = 60.0
    assert memory.fresh([1]) == {}
    assert memory.recall([1]) == {1: Snapshot("a", last_known=True)}


def test_looking_at_an_answer_does_not_keep_it_fresh() -> None:
    timer = Seconds()
    memory = memory_of(Freshness(60), timer)
    said(memory, {1: "a"})
    for timer.passed in (20.0, 40.0, 59.0):
        assert memory.fresh([1]) == {1: Snapshot("a")}
    timer.passed = 60.0
    assert memory.fresh([1]) == {}


def test_with_no_seconds_nothing_is_ever_fresh() -> None:
    memory = memory_of(Freshness(0), Seconds())
    said(memory, {1: "a"})
    assert memory.fresh([1]) == {}


def test_the_first_answer_of_a_new_business_day_makes_all_older_ones_stale() -> None:
    """B2: also those of other reads of the same system."""
    timer, day = Seconds(), BusinessDay()
    history, totals = memory_of(Freshness(60, day), timer), memory_of(Freshness(60, day), timer)
    said(history, Figures(THURSDAY, {1: "a", 2: "b"}))
    said(totals, Figures(THURSDAY, {1: "c"}))
    said(history, Figures(FRIDAY, {2: "d"}))
    assert history.fresh([1, 2]) == {2: Snapshot("d")}
    assert totals.fresh([1]) == {}
    assert totals.recall([1]) == {1: Snapshot("c", last_known=True)}


def test_a_read_that_is_always_asked_tells_the_business_day_too() -> None:
    timer, day = Seconds(), BusinessDay()
    history, balances = memory_of(Freshness(60, day), timer), memory_of(Freshness(0, day), timer)
    said(history, Figures(THURSDAY, {1: "a"}))
    said(balances, Figures(THURSDAY, {1: "b"}))
    assert history.fresh([1]) == {1: Snapshot("a")}
    said(balances, Figures(FRIDAY, {}))
    assert history.fresh([1]) == {}


def test_an_answer_of_the_day_before_that_comes_late_is_not_fresh() -> None:
    day = BusinessDay()
    memory = memory_of(Freshness(60, day), Seconds())
    said(memory, Figures(FRIDAY, {1: "new"}))
    said(memory, Figures(THURSDAY, {2: "old"}))
    assert memory.fresh([1, 2]) == {1: Snapshot("new")}
    assert day.newest == FRIDAY


def test_what_is_forgotten_is_not_fresh_nor_what_a_call_brings_that_began_before() -> None:
    memory = memory_of(Freshness(60), Seconds())
    said(memory, {1: "a", 2: "b"})
    begun = memory.changes
    memory.forget(1)
    assert memory.fresh([1, 2]) == {2: Snapshot("b")}
    memory.remember({1: "late"}, begun)
    assert memory.fresh([1]) == {}
    said(memory, {1: "new"})
    assert memory.fresh([1]) == {1: Snapshot("new")}
    memory.forget_everything()
    assert memory.fresh([1, 2]) == {}


def test_fresh_answers_take_no_memory_of_their_own_and_the_least_recently_used_go_first() -> None:
    memory = memory_of(Freshness(60), Seconds(), entries=3)
    said(memory, {1: "a", 2: "b", 3: "c"})
    assert set(memory.fresh([1])) == {1}
    said(memory, {4: "d"})
    assert set(memory.fresh([1, 2, 3, 4])) == {1, 3, 4}


def endpoint(seconds: float = 300) -> tuple[HandSteered, BatchRead[int, str]]:
    """A batch read whose answers stay fresh, and the system behind it."""
    system = HandSteered()
    upstream = Upstream(SYSTEM, policy(batch_limit=10))
    return system, BatchRead(upstream, system.fetch, freshness=Freshness(seconds))


async def looking(read: BatchRead[int, str], *keys: int) -> "asyncio.Task[Answers[int, str]]":
    """A request to which fresh answers will do, as far as it gets by itself."""
    with fresh_answers_will_do():
        task = asyncio.create_task(read(keys))
    await until_idle()
    return task


async def after_a_look_at(*keys: int) -> tuple[HandSteered, BatchRead[int, str]]:
    """A batch read that has just been answered for these keys."""
    system, read = endpoint()
    request = await looking(read, *keys)
    system.calls.pop().succeed()
    await request
    return system, read


@in_virtual_time
async def test_who_looks_again_is_answered_without_a_call_and_without_a_mark() -> None:
    system, read = await after_a_look_at(1, 2)
    again = await looking(read, 2, 1)
    assert again.result() == {1: Snapshot("answer 1"), 2: Snapshot("answer 2")}
    assert again.result().failure is None
    assert system.calls == []


@in_virtual_time
async def test_only_the_keys_that_are_not_fresh_are_asked_for() -> None:
    system, read = await after_a_look_at(1)
    request = await looking(read, 1, 2)
    assert system.calls[0].keys == (2,)
    system.calls[0].succeed()
    assert await request == {key: Snapshot(value) for key, value in answers_for(1, 2).items()}


@in_virtual_time
async def test_while_the_system_fails_what_is_fresh_is_served_and_the_rest_has_its_reason() -> None:
    system, read = await after_a_look_at(1)
    request = await looking(read, 1, 2)
    system.calls[0].fail(DOWN)
    answers = await request
    assert answers == {1: Snapshot("answer 1", last_known=False)}
    assert answers.outcome(2) is DOWN


@in_virtual_time
async def test_who_decides_something_asks_the_system_however_fresh_its_answer_is() -> None:
    system, read = await after_a_look_at(1)
    decision = asyncio.create_task(read([1]))
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,)]
    system.calls[0].succeed()
    assert await decision == {1: Snapshot("answer 1")}


@in_virtual_time
async def test_after_a_change_the_member_is_asked_about_anew_and_others_are_not() -> None:
    system, read = await after_a_look_at(1, 2)
    read.forget(MemberNumber("nobody's"))
    read.forget(1)  # type: ignore[arg-type]  # the simulated keys are numbers
    request = await looking(read, 1, 2)
    assert [call.keys for call in system.calls] == [(1,)]
    system.calls[0].succeed()
    assert set(await request) == {1, 2}
    read.forget_everybody()
    await looking(read, 2)
    assert system.calls[-1].keys == (2,)


@in_virtual_time
async def test_a_read_without_freshness_asks_each_time() -> None:
    system = HandSteered()
    read = BatchRead(Upstream(SYSTEM, policy()), system.fetch)
    for _ in range(2):
        request = await looking(read, 1)
        system.calls[-1].succeed()
        await request
    assert len(system.calls) == 2
