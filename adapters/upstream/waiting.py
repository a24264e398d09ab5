"""One caller of a gathered endpoint: what it asked for, what it has been told, how long it waits."""

import asyncio
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from adapters.errors import AdapterError
from adapters.upstream.deadline import current_deadline

K = TypeVar("K")
V = TypeVar("V")


class Gathering(NamedTuple, Generic[K, V]):
    """What was answered, and why the rest was not. A key missing without a failure was left out."""

    answers: Mapping[K, V]
    failure: AdapterError | None


class Waiter(Generic[K, V]):
    """Waits for its keys, which may arrive in several calls, until all are settled or its deadline passes."""

    def __init__(self, keys: Iterable[K]) -> None:
        self.deadline = current_deadline()
        self.unsettled = dict.fromkeys(keys)
        self._answers: dict[K, V] = {}
        self._failure: AdapterError | None = None
        self._settled: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def wait(self) -> Gathering[K, V]:
        """Everything it was told once all keys are settled. Raises `TimeoutError` at its deadline."""
        if self.unsettled:
            async with asyncio.timeout_at(self.deadline):
                await self._settled
        return Gathering(self._answers, self._failure)

    def leave(self, failure: AdapterError) -> Gathering[K, V]:
        """What it was told so far, and why it waits no longer. What arrives later is not for it."""
        return Gathering(self._answers.copy(), failure)

    def answered(self, key: K, value: V) -> None:
        """A key has arrived."""
        self._answers[key] = value
        self._settle(key)

    def left_out(self, key: K) -> None:
        """The call that carried a key ended well, and without it."""
        self._settle(key)

    def failed(self, key: K, error: BaseException) -> None:
        """The call that carried a key failed. A defect (no `AdapterError`) ends the wait at once."""
        if isinstance(error, AdapterError):
            self._failure = self._failure or error
            self._settle(key)
        elif not self._settled.done():
            self._settled.set_exception(error)

    def _settle(self, key: K) -> None:
        del self.unsettled[key]
        if not self.unsettled and not self._settled.done():
            self._settled.set_result(None)


def latest_deadline(waiters: Iterable[Waiter[K, V]]) -> float | None:
    """The deadline of the most patient; None when one of them waits for ever."""
    deadlines = [waiter.deadline for waiter in waiters]
    return None if None in deadlines else max(deadline for deadline in deadlines if deadline is not None)
