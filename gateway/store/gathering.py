"""Gathering: what concurrent requests of the process want of the database leaves together, in one statement.

Whoever asks while nothing is under way is served at once: at the next turn of the event loop, with whoever asks in
the same breath. While a statement is under way, what is wanted waits, and leaves together when it is back. Nobody
joins a statement that has left: what it brings may be older than a change the asker knows of.

- An asker who is cancelled cancels nobody else. A statement that nobody waits for any more is given up.
- The database away: all whose wishes were aboard get `ServiceUnavailable`. Nothing is tried twice.
- Any other error may be the fault of one wish. Such a statement has done nothing, so each wish that was aboard leaves
  once more, by itself, and only the one at fault fails.
"""

import asyncio
from asyncio import Future
from collections.abc import Awaitable, Callable, Sequence
from contextvars import Context
from typing import Generic, NamedTuple, TypeVar

from gateway.errors import ServiceUnavailable

W = TypeVar("W")
A = TypeVar("A")


class _Asked(NamedTuple, Generic[W, A]):
    """A wish, and where its asker waits; done as well when the asker was cancelled."""

    wish: W
    answer: "Future[A]"

    def answered(self, answer: A) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)

    def failed(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class Gathering(Generic[W, A]):
    """One kind of statement. `carry_out` answers for wishes in their order, or raises and has changed nothing."""

    def __init__(self, carry_out: Callable[[Sequence[W]], Awaitable[Sequence[A]]]) -> None:
        self._carry_out = carry_out
        self._waiting: list[_Asked[W, A]] = []
        self._aboard: list[_Asked[W, A]] = []
        self._task: asyncio.Task[None] | None = None

    async def __call__(self, wish: W) -> A:
        """What became of the wish. Raises what `carry_out` raises for it."""
        asked: _Asked[W, A] = _Asked(wish, asyncio.get_running_loop().create_future())
        self._waiting.append(asked)
        if self._task is None:
            self._start()
        try:
            return await asked.answer
        except asyncio.CancelledError:
            self._give_up_what_nobody_waits_for()
            raise

    def _start(self) -> None:
        # In a context of its own: a statement belongs to all who wait for it, not to the first of them.
        self._task = asyncio.get_running_loop().create_task(self._carry_on(), context=Context())
        self._task.add_done_callback(self._ended)

    def _give_up_what_nobody_waits_for(self) -> None:
        if self._task is not None and self._aboard and all(asked.answer.done() for asked in self._aboard):
            self._task.cancel()

    def _ended(self, _: "asyncio.Task[None]") -> None:
        """It found nobody waiting, or was given up and somebody has come since."""
        self._task = None
        if any(not asked.answer.done() for asked in self._waiting):
            self._start()

    async def _carry_on(self) -> None:
        while aboard := self._take_aboard():
            await self._settle(aboard)

    def _take_aboard(self) -> list[_Asked[W, A]]:
        self._aboard = [asked for asked in self._waiting if not asked.answer.done()]
        self._waiting = []
        return self._aboard

    async def _settle(self, aboard: Sequence[_Asked[W, A]]) -> None:
        outcome = await self._outcome_of(aboard)
        if not isinstance(outcome, Exception):
            for asked, answer in zip(aboard, outcome, strict=True):
                asked.answered(answer)
        elif len(aboard) == 1 or isinstance(outcome, ServiceUnavailable):
            for asked in aboard:
                asked.failed(outcome)
        else:
            await self._settle_each_by_itself(aboard)

    async def _outcome_of(self, aboard: Sequence[_Asked[W, A]]) -> Sequence[A] | Exception:
        """What came of it. An error is returned, lest it become the context of what the others meet afterwards: it may
        hold all their values."""
        try:
            return await self._carry_out([asked.wish for asked in aboard])
        except Exception as error:
            return error

    async def _settle_each_by_itself(self, aboard: Sequence[_Asked[W, A]]) -> None:
        for asked in aboard:
            if not asked.answer.done():
                await self._settle([asked])
