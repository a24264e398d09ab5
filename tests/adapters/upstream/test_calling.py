"""One call under the policy: deadline, retries, bulkhead, timeout."""

import asyncio

import pytest

from adapters.errors import Closed, Garbled, NotAsked, TimedOut, Unavailable
from adapters.records import Circuit, SystemStatus
from adapters.upstream import Upstream, deadline, remaining
from tests.adapters.upstream.simulated import SYSTEM, Scripted, policy
from tests.adapters.upstream.virtual_time import in_virtual_time, now, until_idle

DOWN = Unavailable(SYSTEM, "no connection")


async def never() -> str:
    await asyncio.get_running_loop().create_future()
    raise AssertionError("unreachable")


@in_virtual_time
async def test_without_a_deadline_there_is_no_end_in_sight() -> None:
    assert remaining() is None


@in_virtual_time
async def test_the_remaining_time_runs_down_and_ends_with_the_block() -> None:
    with deadline(3):
        await asyncio.sleep(1)
        assert remaining() == 2
    assert remaining() is None


@in_virtual_time
async def test_a_later_deadline_inside_an_earlier_one_changes_nothing() -> None:
    with deadline(3), deadline(10):
        assert remaining() == 3
    with deadline(10), deadline(3):
        assert remaining() == 3


@in_virtual_time
async def test_a_deadline_follows_into_the_tasks_a_request_starts() -> None:
    async def left() -> float | None:
        return remaining()

    with deadline(3):
        task = asyncio.create_task(left())
    assert await task == 3


@in_virtual_time
async def test_a_call_that_does_not_answer_ends_at_its_timeout() -> None:
    with pytest.raises(TimedOut, match=r"hirosaki/pos: no answer within its timeout \(5\.000 s\)"):
        await Upstream(SYSTEM, policy(timeout_seconds=5)).read(never)
    assert now() == 5


@in_virtual_time
async def test_a_call_ends_at_the_requests_deadline_when_that_is_earlier() -> None:
    with deadline(2), pytest.raises(TimedOut, match="the request's deadline"):
        await Upstream(SYSTEM, policy(timeout_seconds=5)).read(never)
    assert now() == 2


@in_virtual_time
async def test_a_system_is_not_asked_after_the_deadline() -> None:
    call = Scripted(["too late"])
    with deadline(1):
        await asyncio.sleep(1)
        with pytest.raises(TimedOut):
            await Upstream(SYSTEM, policy()).read(call)
    assert call.calls == 0


@in_virtual_time
@pytest.mark.parametrize("error", [DOWN, Garbled(SYSTEM, "no XML")])
async def test_a_read_that_fails_quickly_is_tried_again(error: Unavailable | Garbled) -> None:
    call = Scripted([error, error, "here"])
    assert await Upstream(SYSTEM, policy(retries=2)).read(call) == "here"
    assert call.calls == 3


@in_virtual_time
async def test_when_every_attempt_fails_the_last_error_is_raised() -> None:
    call = Scripted([DOWN, Garbled(SYSTEM, "no XML")])
    with pytest.raises(Garbled):
        await Upstream(SYSTEM, policy(retries=1)).read(call)
    assert call.calls == 2


@in_virtual_time
@pytest.mark.parametrize("error", [Closed(SYSTEM, "at night"), TimedOut(SYSTEM, "too slow")])
async def test_a_closed_or_overtaxed_system_is_not_asked_again(error: Closed | TimedOut) -> None:
    call = Scripted([error, "here"])
    with pytest.raises(type(error)):
        await Upstream(SYSTEM, policy(retries=2)).read(call)
    assert call.calls == 1


@in_virtual_time
async def test_a_write_is_never_tried_again() -> None:
    """Twice carried out would be money twice moved."""
    call = Scripted([DOWN, "here"])
    with pytest.raises(Unavailable):
        await Upstream(SYSTEM, policy(retries=2)).write(call)
    assert call.calls == 1


@in_virtual_time
async def test_no_attempt_is_made_that_the_deadline_would_overtake() -> None:
    call = Scripted([DOWN])
    with deadline(1e-9), pytest.raises(Unavailable):
        await Upstream(SYSTEM, policy(retries=50, breaker_failures=1_000)).read(call)
    assert call.calls == 1
    assert now() == 0


@in_virtual_time
async def test_calls_beyond_the_limit_wait_in_line_and_beyond_the_line_are_refused() -> None:
    upstream = Upstream(SYSTEM, policy(max_concurrent_calls=2, max_waiting=1))
    gate = asyncio.Event()

    async def call() -> str:
        await gate.wait()
        return "here"

    calls = [asyncio.create_task(upstream.read(call)) for _ in range(3)]
    await until_idle()
    assert upstream.status() == SystemStatus(SYSTEM, Circuit.CLOSED, calls_in_flight=2, calls_waiting=1)
    with pytest.raises(NotAsked, match="too many callers: 1 are in line already"):
        await upstream.read(call)
    gate.set()
    assert await asyncio.gather(*calls) == ["here"] * 3
    assert upstream.status() == SystemStatus(SYSTEM, Circuit.CLOSED, calls_in_flight=0, calls_waiting=0)


@in_virtual_time
async def test_where_nobody_may_wait_in_line_a_free_place_is_taken_all_the_same() -> None:
    upstream = Upstream(SYSTEM, policy(max_concurrent_calls=1, max_waiting=0))
    assert await upstream.read(Scripted(["here"])) == "here"
    assert await upstream.read(Scripted(["again"])) == "again"


@in_virtual_time
async def test_a_caller_that_leaves_the_line_gives_up_its_place() -> None:
    upstream = Upstream(SYSTEM, policy(max_concurrent_calls=1, max_waiting=1))
    gate = asyncio.Event()

    async def call() -> str:
        await gate.wait()
        return "here"

    first = asyncio.create_task(upstream.read(call))
    await until_idle()
    with deadline(1), pytest.raises(TimedOut):
        await upstream.read(call)
    second = asyncio.create_task(upstream.read(call))
    await until_idle()
    gate.set()
    assert (await first, await second) == ("here", "here")
