"""Awaiting the fields of one level.

Every resolver is called before anything is awaited, so that loaders' batches stay whole.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from types import CoroutineType
from typing import Any, NamedTuple

from gateway.execution.batch import Batch
from gateway.execution.giving_up import Bucket, Wait, abandon
from gateway.execution.run import Lost, Run

Values = list[Any] | Batch
"""What the resolvers of one field returned for the objects of a bucket, one by one or by one call for all."""


class Job(NamedTuple):
    """One deferred field over all objects of its level.

    `start` calls the resolver for each and gives what they returned; `finish` awaits, completes and goes on.
    """

    start: Callable[[Run, Bucket], Values]
    finish: Callable[[Run, Bucket, Values], Coroutine[Any, Any, None]]
    bucket: Bucket


async def together(run: Run, jobs: Sequence[Job]) -> None:
    """Runs deferred fields concurrently, and what came late with them; ends when all below them is there."""
    late = run.late_ones()
    waits = [Wait(job.bucket, job.start(run, job.bucket)) for job in jobs]
    run.waits.update(waits)
    run.settling.update(late)
    finishing = [job.finish(run, job.bucket, wait.values) for job, wait in zip(jobs, waits, strict=True)]
    try:
        await all_of(waits, [*finishing, *(one.settle(run) for one in late)])
    except BaseException:
        for wait in waits:
            abandon(wait.values)
        raise
    finally:
        run.waits.difference_update(waits)
        run.settling.difference_update(late)


async def all_of(waits: Sequence[Wait], coroutines: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Awaits all, concurrently, or until one fails; then none goes on. The first one needs no task of its own.

    The first of them are those that carry out the `waits`.
    """
    if not coroutines:
        return
    create_task = asyncio.get_running_loop().create_task
    tasks = [create_task(coroutine) for coroutine in coroutines[1:]]
    for wait, task in zip(waits, (asyncio.current_task(), *tasks), strict=False):
        wait.task = task
    try:
        await coroutines[0]
        if tasks:
            await _ended(tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise


def _ended(tasks: Sequence[asyncio.Task[None]]) -> asyncio.Future[None]:
    """Done when all are, or when the first fails, with its exception: `asyncio.gather` without its results."""
    left = len(tasks)
    ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def one_ended(task: asyncio.Task[None]) -> None:
        nonlocal left
        left -= 1
        if ended.done():
            return
        if task.cancelled():
            ended.set_exception(asyncio.CancelledError())
        elif (error := task.exception()) is not None:
            ended.set_exception(error)
        elif left == 0:
            ended.set_result(None)

    for task in tasks:
        task.add_done_callback(one_ended)
    return ended


def begun(values: list[Any], is_awaitable: Callable[[Any], bool]) -> list[Any]:
    """What resolvers of one field returned; several awaitables run concurrently from now on."""
    if len(values) > 1:
        loop = asyncio.get_running_loop()
        for place, value in enumerate(values):
            if type(value) is CoroutineType:
                values[place] = loop.create_task(value)
            elif not isinstance(value, asyncio.Future | Raised) and is_awaitable(value):
                values[place] = asyncio.ensure_future(value)
    return values


class Raised(Awaitable[Any]):
    """The exception being handled, to be raised again where the resolver's value would be awaited."""

    __slots__ = ("_error",)

    def __init__(self) -> None:
        error = sys.exception()
        assert error is not None  # noqa: S101 - made in an `except`
        self._error = error

    def __await__(self) -> Generator[Any, None, Any]:
        """Raises it."""
        yield from ()
        raise self._error


async def settled(run: Run, jobs: Sequence[Job]) -> None:
    """`together`, and whatever came late meanwhile; ends at once when the whole answer has become null."""
    try:
        while jobs or run.late:
            await together(run, jobs)
            jobs = ()
    except Lost:
        run.late_ones()
