"""One caller of a gathered endpoint: what it asked for, what it has been told, how long it waits."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Set
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
    """Waits for its keys, which may arrive in several calls, until all are settled or its deadline passes.

    Its keys are first `queued`, then under way, then settled.
    """

    __slots__ = ("_answers", "_failure", "_settled", "_unsettled", "deadline", "queued")

    def __init__(self, keys: Collection[K]) -> None:
        self.deadline = current_deadline()
        self.queued = set(keys)
        self._unsettled = len(self.queued)
        self._answers: dict[K, V] = {}
        self._failure: AdapterError | None = None
        self._settled: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def wait(self) -> Gathering[K, V]:
        """Everything it was told once all keys are settled. Raises `TimeoutError` at its deadline."""
        if self._unsettled and not await self._settled_in_time():
            raise TimeoutError
        return Gathering(self._answers, self._failure)

    def leave(self, failure: AdapterError) -> Gathering[K, V]:
        """What it was told so far, and why it waits no longer. What arrives later is not for it."""
        return Gathering(self._answers.copy(), failure)

    def board(self, keys: Set[K]) -> Set[K]:
        """Those of its queued keys that leave in a call with these."""
        boarding = self.queued & keys
        self.queued -= boarding
        return boarding

    def answered(self, keys: Set[K], answers: Mapping[K, V]) -> None:
        """The call that carried these keys of its own has ended well, with or without them."""
        self._answers.update((key, answers[key]) for key in keys if key in answers)
        self._settle(keys)

    def failed(self, keys: Set[K], error: BaseException) -> None:
        """The call that carried these keys failed. A defect (no `AdapterError`) ends the wait at once."""
        if isinstance(error, AdapterError):
            self._failure = self._failure or error
            self._settle(keys)
        elif not self._settled.done():
            self._settled.set_exception(error)

    async def _settled_in_time(self) -> bool:
        if self.deadline is None:
            return await self._settled
        # Not asyncio.timeout, which costs more than all else here: a caller waits for nothing but this future.
        alarm = self._settled.get_loop().call_at(self.deadline, self._end_wait, False)
        try:
            return await self._settled
        finally:
            alarm.cancel()

    def _settle(self, keys: Set[K]) -> None:
        self._unsettled -= len(keys)
        if not self._unsettled:
            self._end_wait(True)

    def _end_wait(self, in_time: bool) -> None:
        if not self._settled.done():
            self._settled.set_result(in_time)


def latest_deadline(waiters: Iterable[Waiter[K, V]]) -> float | None:
    """The deadline of the most patient; None when one of them waits for ever."""
    deadlines = [waiter.deadline for waiter in waiters]
    return None if None in deadlines else max(deadline for deadline in deadlines if deadline is not None)
