"""The circuit breaker, seen from the calls it lets through and turns away."""

import asyncio
from functools import partial

import pytest

from adapters.errors import AdapterError, Closed, Garbled, Incomplete, NotAsked, TimedOut, Unavailable
from adapters.records import Circuit
from adapters.upstream import Upstream, deadline
from tests.adapters.upstream.simulated import SYSTEM, Scripted, policy
from tests.adapters.upstream.virtual_time import in_virtual_time, now, until_idle

DOWN = Unavailable(SYSTEM, "no connection")


async def fails(upstream: Upstream, error: AdapterError, times: int = 1) -> None:
    """Let so many calls fail."""
    for _ in range(times):
        with pytest.raises(type(error)):
            await upstream.read(Scripted([error]))


async def opened(*, seconds: float = 30) -> Upstream:
    """A system whose circuit has just opened."""
    upstream = Upstream(SYSTEM, policy(breaker_failures=3, breaker_seconds=seconds))
    await fails(upstream, DOWN, times=3)
    return upstream


async def ends_with(answer: "asyncio.Future[str]") -> str:
    """A call that ends when a test says so."""
    return await answer


def circuit(upstream: Upstream) -> Circuit:
    """Read anew each time, which a type checker would otherwise not believe."""
    return upstream.status().circuit


@in_virtual_time
@pytest.mark.parametrize("error", [DOWN, Garbled(SYSTEM, "no XML"), TimedOut(SYSTEM, "too slow")])
async def test_failures_in_a_row_open_the_circuit(error: AdapterError) -> None:
    upstream = Upstream(SYSTEM, policy(breaker_failures=3))
    await fails(upstream, error, times=2)
    assert circuit(upstream) is Circuit.CLOSED
    await fails(upstream, error)
    assert circuit(upstream) is Circuit.OPEN


@in_virtual_time
async def test_an_open_circuit_spares_the_system() -> None:
    upstream = await opened()
    call = Scripted(["here"])
    with pytest.raises(NotAsked, match="hirosaki/pos: circuit open after 3 failures in a row"):
        await upstream.read(call)
    with pytest.raises(NotAsked):
        await upstream.write(call)
    assert call.calls == 0


@in_virtual_time
async def test_who_is_turned_away_does_not_knock_again() -> None:
    upstream = Upstream(SYSTEM, policy(breaker_failures=1, retries=3))
    with pytest.raises(Unavailable):
        await upstream.write(Scripted([DOWN]))
    with pytest.raises(NotAsked):
        await upstream.read(Scripted(["here"]))
    assert now() == 0


@in_virtual_time
@pytest.mark.parametrize("error", [Closed(SYSTEM, "at night"), Incomplete(SYSTEM, "one is missing")])
async def test_a_system_that_says_it_is_closed_or_answers_in_part_is_not_ill(error: AdapterError) -> None:
    upstream = Upstream(SYSTEM, policy(breaker_failures=3))
    await fails(upstream, error, times=10)
    assert circuit(upstream) is Circuit.CLOSED


@in_virtual_time
async def test_a_success_between_failures_begins_the_count_anew() -> None:
    upstream = Upstream(SYSTEM, policy(breaker_failures=3))
    await fails(upstream, DOWN, times=2)
    await upstream.read(Scripted(["here"]))
    await fails(upstream, DOWN, times=2)
    assert circuit(upstream) is Circuit.CLOSED


@in_virtual_time
async def test_calls_that_are_cancelled_or_cut_short_by_their_caller_count_for_nothing() -> None:
    """A request that spent its time on the POS must not condemn the registry it asked last."""
    upstream = Upstream(SYSTEM, policy(breaker_failures=1))
    with deadline(1), pytest.raises(TimedOut):
        await upstream.read(asyncio.get_running_loop().create_future)
    call = asyncio.create_task(upstream.read(asyncio.get_running_loop().create_future))
    await until_idle()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert circuit(upstream) is Circuit.CLOSED


@in_virtual_time
async def test_after_its_rest_exactly_one_call_finds_out_and_closes_the_circuit() -> None:
    upstream = await opened(seconds=30)
    await asyncio.sleep(29.9)
    assert circuit(upstream) is Circuit.OPEN
    await asyncio.sleep(0.1)
    assert circuit(upstream) is Circuit.HALF_OPEN
    answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    probe = asyncio.create_task(upstream.read(lambda: answer))
    await until_idle()
    await fails(upstream, NotAsked(SYSTEM, ""), times=5)
    answer.set_result("here")
    assert await probe == "here"
    assert circuit(upstream) is Circuit.CLOSED
    assert await upstream.read(Scripted(["here"])) == "here"


@in_virtual_time
async def test_a_probe_that_fails_opens_the_circuit_for_another_rest() -> None:
    upstream = await opened(seconds=30)
    await asyncio.sleep(30)
    await fails(upstream, DOWN)
    await asyncio.sleep(29)
    assert circuit(upstream) is Circuit.OPEN
    await asyncio.sleep(1)
    assert circuit(upstream) is Circuit.HALF_OPEN


@in_virtual_time
async def test_a_cancelled_probe_lets_the_next_one_through() -> None:
    upstream = await opened(seconds=30)
    await asyncio.sleep(30)
    probe = asyncio.create_task(upstream.read(asyncio.get_running_loop().create_future))
    await until_idle()
    probe.cancel()
    with pytest.raises(asyncio.CancelledError):
        await probe
    assert circuit(upstream) is Circuit.HALF_OPEN
    assert await upstream.read(Scripted(["here"])) == "here"


@in_virtual_time
async def test_what_began_before_the_circuit_opened_neither_closes_it_nor_lengthens_its_rest() -> None:
    upstream = Upstream(SYSTEM, policy(breaker_failures=1, breaker_seconds=4))
    answers: list[asyncio.Future[str]] = [asyncio.get_running_loop().create_future() for _ in range(2)]
    early = [asyncio.create_task(upstream.read(partial(ends_with, answer))) for answer in answers]
    await until_idle()
    await fails(upstream, DOWN)
    await asyncio.sleep(3)
    answers[0].set_result("here")
    answers[1].set_exception(DOWN)
    await asyncio.wait(early)
    assert circuit(upstream) is Circuit.OPEN
    await asyncio.sleep(1)
    assert circuit(upstream) is Circuit.HALF_OPEN
