"""What is awaited for an object that has become null meanwhile is given up: nobody will see it.

Tasks of ours are cancelled, coroutines ended. A future is left alone, since it belongs to a loader that others wait for
too; it is no longer waited for unless that has begun.
"""

import asyncio
from collections.abc import Generator
from inspect import CORO_CREATED, CORO_SUSPENDED, getcoroutinestate
from types import CoroutineType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gateway.execution.batch import Batch
    from gateway.execution.run import Run

Bucket = list[tuple[Any, ...]]
"""The objects of one level that have deferred fields: source, object of the answer, indices of lists."""


class Wait:
    """One deferred field being awaited for the objects of its bucket, and the task that does so.

    `values` is what resolvers returned for them, one by one or by one call for all.
    """

    __slots__ = ("bucket", "task", "values")

    def __init__(self, bucket: Bucket, values: "list[Any] | Batch") -> None:
        self.bucket = bucket
        self.values = values
        self.task: asyncio.Task[Any] | None = None

    def give_up(self, run: "Run") -> None:
        """Gives up what belongs to lost objects."""
        if not isinstance(self.values, list):
            if all(id(entry[1]) in run.lost for entry in self.bucket):
                self._end(run, self.values.call)
            return
        for place, entry in enumerate(self.bucket):
            if id(entry[1]) in run.lost and not self._end(run, self.values[place]):
                self.values[place] = NOTHING

    def _end(self, run: "Run", value: Any) -> bool:
        """Ends what one resolver returned; whether it is being awaited right now, and will be told so."""
        if id(value) in run.given_up:
            return True
        if isinstance(value, asyncio.Task):
            run.given_up[id(value)] = value
            value.cancel()
            return True
        state = getcoroutinestate(value) if type(value) is CoroutineType else None
        if state == CORO_SUSPENDED and self.task is not None:
            run.given_up[id(value)] = value
            self.task.cancel()
            return True
        if state == CORO_CREATED:
            value.close()
        return False


class GivenUp(Exception):
    """Raised where a value would be awaited that nobody wants any more."""


class Nothing:
    """Takes the place of an awaitable that was given up."""

    def __await__(self) -> Generator[Any, None, Any]:
        """Raises `GivenUp`."""
        yield from ()
        raise GivenUp


NOTHING = Nothing()


def gave_up(run: "Run", value: Any) -> None:
    """Heeds the `CancelledError` being handled, unless it was only this value that was given up."""
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 - something was awaited
    if id(value) not in run.given_up:
        raise  # noqa: PLE0704 - called from `except`
    if not isinstance(value, asyncio.Task):
        task.uncancel()
    if task.cancelling():
        raise  # noqa: PLE0704 - called from `except`


def objects_in(part: Any) -> dict[int, dict[str, Any]]:
    """The objects in a part of an answer, by their identity."""
    found: dict[int, dict[str, Any]] = {}
    pending = [part]
    while pending:
        value = pending.pop()
        if type(value) is dict:
            found[id(value)] = value
            pending += value.values()
        elif type(value) is list:
            pending += value
    return found


def abandon(values: "list[Any] | Batch") -> None:
    """Nobody will await any of these. Futures are left alone: they belong to loaders that others wait for too."""
    for value in values if isinstance(values, list) else [values.call]:
        if isinstance(value, asyncio.Task):
            value.cancel()
        elif isinstance(value, CoroutineType):
            value.close()
