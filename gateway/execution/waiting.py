"""Awaiting the fields of one level.

Every resolver is called before anything is awaited, so that loaders' batches stay whole.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Coroutine, Generator, Sequence
from types import CoroutineType
from typing import Any, NamedTuple

from gateway.execution.run import Lost, Run

Bucket = list[tuple[Any, ...]]
"""The objects of one level that have deferred fields: source, object of the answer, indices of lists."""


class Job(NamedTuple):
    """One deferred field over all objects of its level.

    `start` calls the resolver for each and gives what they returned; `finish` awaits, completes and goes on.
    """

    start: Callable[[Run, Bucket], list[Any]]
    finish: Callable[[Run, Bucket, list[Any]], Coroutine[Any, Any, None]]
    bucket: Bucket


async def together(run: Run, jobs: Sequence[Job]) -> None:
    """Runs deferred fields concurrently, and what came late with them; ends when all below them is there."""
    late = run.late_ones()
    begun = [job.start(run, job.bucket) for job in jobs]
    try:
        await all_of(
            [
                *(job.finish(run, job.bucket, values) for job, values in zip(jobs, begun, strict=True)),
                *(one.settle(run) for one in late),
            ]
        )
    except BaseException:
        for values in begun:
            abandon(values)
        raise


async def all_of(coroutines: Sequence[Coroutine[Any, Any, None]]) -> None:
    """Awaits all, concurrently, or until one fails; then none goes on. A single one needs no task."""
    if len(coroutines) == 1:
        await coroutines[0]
    elif coroutines:
        tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
        try:
            await asyncio.gather(*tasks)
        except BaseException:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            raise


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


def abandon(values: list[Any]) -> None:
    """Nobody will await these any more. Futures are left alone: they belong to loaders that others wait for too."""
    for value in values:
        if isinstance(value, asyncio.Task):
            value.cancel()
        elif isinstance(value, CoroutineType):
            value.close()


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
