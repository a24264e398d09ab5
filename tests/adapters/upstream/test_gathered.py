"""Gathering: which calls leave, with which keys, and who is told what."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextvars import ContextVar
from typing import Any

import pytest

from adapters.errors import NotAsked, TimedOut, Unavailable
from adapters.upstream import Upstream, deadline
from adapters.upstream.gathered import Gathered
from adapters.upstream.waiting import Gathering
from tests.adapters.upstream.simulated import SYSTEM, HandSteered, answers_for, policy
from tests.adapters.upstream.virtual_time import in_virtual_time, now, until_idle

DOWN = Unavailable(SYSTEM, "no connection")
Asking = Coroutine[Any, Any, Gathering[int, str]]


def endpoint(
    *, batch_limit: int = 3, max_batch_calls: int = 1, gather_seconds: float = 0.0
) -> tuple[HandSteered, Gathered[int, str]]:
    """A batch endpoint and the system behind it."""
    system = HandSteered()
    limits = policy(
        batch_limit=batch_limit,
        max_batch_calls=max_batch_calls,
        gather_seconds=gather_seconds,
        max_waiting=2,
    )
    return system, Gathered(Upstream(SYSTEM, limits), system.fetch)


async def started(asking: Asking) -> "asyncio.Task[Gathering[int, str]]":
    """A request that has asked and now waits."""
    task = asyncio.create_task(asking)
    await until_idle()
    return task


@in_virtual_time
async def test_an_idle_system_is_asked_at_once() -> None:
    system, ask = endpoint()
    request = await started(ask([1, 2]))
    assert [call.keys for call in system.calls] == [(1, 2)]
    system.calls[0].succeed()
    assert await request == Gathering(answers_for(1, 2), None)
    assert now() == 0


@in_virtual_time
async def test_requests_of_the_same_moment_leave_in_one_call() -> None:
    system, ask = endpoint()
    requests = [asyncio.create_task(ask([key])) for key in (1, 2, 3)]
    await until_idle()
    assert [call.keys for call in system.calls] == [(1, 2, 3)]
    system.calls[0].succeed()
    assert [(await request).answers for request in requests] == [answers_for(key) for key in (1, 2, 3)]


@in_virtual_time
async def test_keys_that_arrive_during_a_call_leave_together_in_the_next_each_once() -> None:
    system, ask = endpoint()
    first = await started(ask([1]))
    others = [await started(ask(keys)) for keys in ([2, 3], [3, 4], [2])]
    assert len(system.calls) == 1
    system.calls[0].succeed()
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (2, 3, 4)]
    system.calls[1].succeed()
    assert [(await request).answers for request in others] == [
        answers_for(2, 3),
        answers_for(3, 4),
        answers_for(2),
    ]
    assert (await first).answers == answers_for(1)


@in_virtual_time
async def test_nobody_joins_a_call_that_has_already_left() -> None:
    """Its answer may be older than a change the second asker has just made."""
    system, ask = endpoint()
    await started(ask([1]))
    await started(ask([1]))
    system.calls[0].succeed()
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (1,)]


@in_virtual_time
async def test_a_long_queue_leaves_in_full_calls_oldest_first() -> None:
    system, ask = endpoint(batch_limit=3)
    request = await started(ask(range(8)))
    for number, keys in enumerate([(0, 1, 2), (3, 4, 5), (6, 7)]):
        assert [call.keys for call in system.calls[number:]] == [keys]
        system.calls[number].succeed()
        await until_idle()
    assert await request == Gathering(answers_for(*range(8)), None)


@in_virtual_time
async def test_as_many_calls_are_under_way_at_once_as_the_policy_says() -> None:
    system, ask = endpoint(batch_limit=3, max_batch_calls=2)
    await started(ask(range(9)))
    assert [call.keys for call in system.calls] == [(0, 1, 2), (3, 4, 5)]


@in_virtual_time
async def test_asking_for_nothing_asks_nobody() -> None:
    system, ask = endpoint()
    assert await ask([]) == Gathering({}, None)
    assert system.calls == []


@in_virtual_time
async def test_a_key_the_system_leaves_out_is_missing_and_shifts_no_other() -> None:
    system, ask = endpoint()
    request = await started(ask([1, 2, 3]))
    system.calls[0].succeed(without=[2])
    assert await request == Gathering(answers_for(1, 3), None)


@in_virtual_time
async def test_an_error_reaches_exactly_the_waiters_of_that_call() -> None:
    system, ask = endpoint(batch_limit=2)
    first = await started(ask([1]))
    straddling = await started(ask([2, 3, 4]))
    last = await started(ask([5]))
    system.calls[0].succeed()
    await until_idle()
    system.calls[1].fail(DOWN)
    await until_idle()
    system.calls[2].succeed()
    assert [call.keys for call in system.calls] == [(1,), (2, 3), (4, 5)]
    assert await first == Gathering(answers_for(1), None)
    assert await straddling == Gathering(answers_for(4), DOWN)
    assert await last == Gathering(answers_for(5), None)


@in_virtual_time
async def test_a_defect_in_an_adapter_is_raised_where_its_answer_was_awaited() -> None:
    system, ask = endpoint(batch_limit=1)
    request = await started(ask([1, 2]))
    system.calls[0].fail(KeyError("a column nobody reads"))
    with pytest.raises(KeyError):
        await request
    system.calls[-1].succeed()
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (2,)]


@in_virtual_time
async def test_a_defect_that_strikes_one_waiter_twice_still_reaches_the_others() -> None:
    system, ask = endpoint(batch_limit=1, max_batch_calls=2)
    requests = [asyncio.create_task(ask(keys)) for keys in ([1, 2], [2])]
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (2,)]
    for call in system.calls:
        call.fail(KeyError("a column nobody reads"))
        await until_idle()
    for request in requests:
        with pytest.raises(KeyError):
            await request


@in_virtual_time
async def test_a_call_knows_nothing_of_the_request_that_happened_to_be_first() -> None:
    """What a request keeps in context variables, such as whose it is, must not show in the log of a shared call."""
    member: ContextVar[str] = ContextVar("member", default="nobody")
    seen: list[str] = []

    async def fetch(keys: Sequence[int]) -> dict[int, str]:
        seen.append(member.get())
        return answers_for(*keys)

    member.set("taro")
    await Gathered(Upstream(SYSTEM, policy()), fetch)([1])
    assert seen == ["nobody"]


@in_virtual_time
async def test_a_waiter_leaves_at_its_own_deadline_and_harms_nobody() -> None:
    system, ask = endpoint()

    async def patient(seconds: float) -> Gathering[int, str]:
        with deadline(seconds):
            return await ask([1])

    hasty, calm = await started(patient(1)), await started(patient(3))
    answers, failure = await hasty
    assert now() == 1
    assert (answers, type(failure)) == ({}, TimedOut)
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (1,)]
    system.calls[1].succeed()
    assert await calm == Gathering(answers_for(1), None)


@in_virtual_time
async def test_a_call_lasts_until_the_latest_deadline_of_those_who_wait_for_it() -> None:
    system, ask = endpoint()

    async def patient(seconds: float) -> Gathering[int, str]:
        with deadline(seconds):
            return await ask([1])

    hasty, calm = asyncio.create_task(patient(1)), asyncio.create_task(patient(3))
    left = await hasty
    assert isinstance(left.failure, TimedOut)
    await asyncio.sleep(1)
    system.calls[0].succeed()
    assert await calm == Gathering(answers_for(1), None)
    assert left.answers == {}, "what arrives later is not for who has left"
    assert len(system.calls) == 1
    assert now() == 2


@in_virtual_time
async def test_a_hanging_call_ends_at_the_policys_timeout_and_the_queue_goes_on() -> None:
    system, ask = endpoint()
    hanging = await started(ask([1]))
    queued = await started(ask([2]))
    assert isinstance((await hanging).failure, TimedOut)
    assert now() == 5
    await until_idle()
    system.calls[1].succeed()
    assert await queued == Gathering(answers_for(2), None)


@in_virtual_time
async def test_what_was_answered_before_the_deadline_is_kept() -> None:
    system, ask = endpoint(batch_limit=1)
    with deadline(1):
        request = await started(ask([1, 2]))
    system.calls[0].succeed()
    answers, failure = await request
    assert answers == answers_for(1)
    assert isinstance(failure, TimedOut)


@in_virtual_time
async def test_after_its_deadline_a_request_queues_nothing() -> None:
    system, ask = endpoint()
    with deadline(1):
        await asyncio.sleep(1)
        assert isinstance((await ask([1])).failure, TimedOut)
    await until_idle()
    assert system.calls == []


@in_virtual_time
async def test_keys_whose_every_waiter_was_cancelled_are_not_asked_for() -> None:
    system, ask = endpoint()
    first = await started(ask([1]))
    leaving = await started(ask([2, 3]))
    staying = await started(ask([3]))
    leaving.cancel()
    await until_idle()
    system.calls[0].succeed()
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (3,)]
    system.calls[1].succeed()
    assert (await first).answers == answers_for(1)
    assert (await staying).answers == answers_for(3)
    assert leaving.cancelled()


@in_virtual_time
async def test_a_call_that_was_cancelled_from_within_releases_its_waiters() -> None:
    system, ask = endpoint()
    request = await started(ask([1]))
    system.calls[0].fail(asyncio.CancelledError())
    assert isinstance((await request).failure, NotAsked)


@in_virtual_time
async def test_a_queue_that_is_too_long_turns_callers_away() -> None:
    """Three calls of three keys: one under way and two in line."""
    system, ask = endpoint()
    await started(ask([0]))
    await started(ask(range(1, 10)))
    answers, failure = await ask([10])
    assert answers == {}
    assert isinstance(failure, NotAsked)
    assert failure.detail == "too many callers: 9 keys are queued already"
    assert len(system.calls) == 1


@in_virtual_time
async def test_thirty_two_requests_at_once_cost_two_calls_and_not_thirty_two() -> None:
    system, ask = endpoint(batch_limit=100)
    first = await started(ask([0]))
    others = [await started(ask([key])) for key in range(1, 32)]
    system.calls[0].succeed()
    await until_idle()
    system.calls[1].succeed()
    assert [(await request).answers for request in [first, *others]] == [
        answers_for(key) for key in range(32)
    ]
    assert len(system.calls) == 2


async def crowded() -> tuple[HandSteered, Gathered[int, str]]:
    """An endpoint that gathers for a second at a time, and that three have just asked at once."""
    system, ask = endpoint(gather_seconds=1.0)
    requests = [asyncio.create_task(ask([key])) for key in (1, 2, 3)]
    await until_idle()
    system.calls[0].succeed()
    await asyncio.wait(requests)
    return system, ask


@in_virtual_time
async def test_where_several_ask_the_next_call_leaves_a_while_after_the_last_with_all_that_was_asked_for() -> (
    None
):
    system, ask = await crowded()
    await started(ask([4]))
    await asyncio.sleep(0.5)
    await started(ask([5, 4]))
    assert len(system.calls) == 1
    await asyncio.sleep(0.5)
    await until_idle()
    assert [call.keys for call in system.calls] == [(1, 2, 3), (4, 5)]
    assert now() == 1


@in_virtual_time
async def test_somebody_who_asks_alone_never_waits_for_others() -> None:
    system, ask = endpoint(gather_seconds=1.0)
    for key in (1, 2, 3):
        request = await started(ask([key]))
        system.calls[-1].succeed()
        await request
    assert [call.keys for call in system.calls] == [(1,), (2,), (3,)]
    assert now() == 0


@in_virtual_time
async def test_once_nobody_has_asked_for_a_while_the_system_is_asked_at_once() -> None:
    system, ask = await crowded()
    await asyncio.sleep(1)
    await started(ask([4]))
    assert [call.keys for call in system.calls] == [(1, 2, 3), (4,)]


@in_virtual_time
async def test_a_crowd_that_has_gone_keeps_nobody_waiting() -> None:
    """One call with a single asker, and the endpoint is as quick as before."""
    system, ask = await crowded()
    await asyncio.sleep(1)
    for key in (4, 5):
        request = await started(ask([key]))
        system.calls[-1].succeed()
        await request
    assert [call.keys for call in system.calls] == [(1, 2, 3), (4,), (5,)]
    assert now() == 1


@in_virtual_time
async def test_behind_a_slow_call_nobody_waits_longer_than_for_the_call() -> None:
    system, ask = endpoint(gather_seconds=1.0)
    await started(ask([1, 2]))
    await started(ask([2]))
    await started(ask([3]))
    await asyncio.sleep(2)
    system.calls[0].succeed()
    await until_idle()
    assert [call.keys for call in system.calls] == [(1, 2), (2, 3)]
    assert now() == 2


@in_virtual_time
async def test_a_departure_of_several_calls_is_not_held_up_between_them() -> None:
    system, ask = await crowded()
    await started(ask([4, 5, 6, 7]))
    await started(ask([8]))
    await asyncio.sleep(1)
    await until_idle()
    system.calls[1].succeed()
    await until_idle()
    assert [call.keys for call in system.calls[1:]] == [(4, 5, 6), (7, 8)]
    assert now() == 1


@in_virtual_time
async def test_who_asks_meanwhile_takes_the_free_places_of_a_departure_and_else_waits_for_the_next() -> None:
    system, ask = await crowded()
    await started(ask([4, 5, 6, 7]))
    await started(ask([5]))
    await asyncio.sleep(1)
    await until_idle()
    await started(ask([8, 9, 10]))
    system.calls[1].succeed()
    await until_idle()
    assert [call.keys for call in system.calls[1:]] == [(4, 5, 6), (7, 8, 9)]
    system.calls[2].succeed()
    await until_idle()
    assert len(system.calls) == 3
    await asyncio.sleep(1)
    await until_idle()
    assert system.calls[3].keys == (10,)


@in_virtual_time
async def test_a_deadline_that_passes_before_the_departure_is_kept_and_its_keys_stay_at_home() -> None:
    system, ask = await crowded()
    with deadline(0.5):
        answers, failure = await ask([4])
    assert (answers, type(failure), now()) == ({}, TimedOut, 0.5)
    patient = await started(ask([5]))
    await asyncio.sleep(0.5)
    await until_idle()
    assert [call.keys for call in system.calls[1:]] == [(5,)]
    system.calls[1].succeed()
    assert await patient == Gathering(answers_for(5), None)


@in_virtual_time
async def test_with_everybody_gone_before_the_departure_nobody_is_asked() -> None:
    system, ask = await crowded()
    (await started(ask([4]))).cancel()
    await asyncio.sleep(1)
    await until_idle()
    assert len(system.calls) == 1


@in_virtual_time
async def test_full_calls_of_one_departure_are_under_way_at_once_and_the_next_waits_for_them_all() -> None:
    system, ask = endpoint(batch_limit=3, max_batch_calls=2, gather_seconds=1.0)
    await started(ask([1, 2, 3, 4]))
    await started(ask([5]))
    await asyncio.sleep(2)
    assert [call.keys for call in system.calls] == [(1, 2, 3), (4,)]
    system.calls[1].succeed()
    await until_idle()
    assert len(system.calls) == 2
    system.calls[0].succeed()
    await until_idle()
    assert system.calls[2].keys == (5,)


@in_virtual_time
async def test_without_gathering_who_asks_leaves_as_soon_as_a_call_may_be_made() -> None:
    system, ask = endpoint(max_batch_calls=2)
    for key in (1, 2, 3):
        await started(ask([key]))
    assert [call.keys for call in system.calls] == [(1,), (2,)]
    system.calls[1].succeed()
    await until_idle()
    assert [call.keys for call in system.calls] == [(1,), (2,), (3,)]
