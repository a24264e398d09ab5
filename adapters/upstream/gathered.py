"""Gathering: the keys that concurrent requests ask for leave together, in few, full calls.

An idle system is asked at once. While calls are under way, keys queue up, each once; when they have ended, the
queue leaves. Where many ask, it does not leave again within `gather_seconds` of its last departure, so that the
calls a second are bounded however many ask. Nobody joins a call that has left: what it brings may be older than
a change the asker knows of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping, Sequence, Set
from contextvars import Context
from functools import partial
from itertools import islice
from typing import Generic, TypeVar

from adapters.errors import NotAsked, TimedOut
from adapters.upstream.calling import Upstream
from adapters.upstream.deadline import deadline_at
from adapters.upstream.waiting import Gathering, Waiter, latest_deadline

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Fetch = Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
"""Asks a system once for 1 to `batch_limit` distinct keys. A key it leaves out was not answered for."""

Aboard = Sequence[tuple[Waiter[K, V], Set[K]]]
"""Who waits for a call, and for which of its keys."""


class Gathered(Generic[K, V]):
    """One batch endpoint of one system, shared by all requests of this process.

    `keys_per_call` is the policy's `batch_limit` unless a key is more than a member.
    """

    def __init__(self, upstream: Upstream, fetch: Fetch[K, V], *, keys_per_call: int | None = None) -> None:
        policy = upstream.policy
        self._upstream = upstream
        self._fetch = fetch
        self._keys_per_call = keys_per_call or policy.batch_limit
        self._calls_at_once = policy.max_batch_calls
        self._calls_at_departure = 0 if policy.gather_seconds else policy.max_batch_calls - 1
        """Calls that may still be under way when the queue leaves."""
        self._gather_seconds = policy.gather_seconds
        self._queue_limit = (policy.max_batch_calls + policy.max_waiting) * self._keys_per_call
        self._queue: dict[K, int] = {}
        """The keys, oldest first, and how many wait for each."""
        self._waiters: dict[Waiter[K, V], None] = {}
        """Who has keys in the queue."""
        self._calls: set[asyncio.Task[Mapping[K, V]]] = set()
        self._askers = 0
        """Callers since the last departure."""
        self._departing = 0
        """Keys of the last departure that are still to leave, in calls one after another."""
        self._departure: asyncio.Handle | None = None
        self._not_before = 0.0

    async def __call__(self, keys: Collection[K]) -> Gathering[K, V]:
        """Wait until every key is settled or the deadline has passed, then tell what is known.

        Raises only what a defective `fetch` raises beside `AdapterError`s.
        """
        system = self._upstream.system
        waiter: Waiter[K, V] = Waiter(keys)
        if len(self._queue) >= self._queue_limit:
            return waiter.leave(
                NotAsked(system, f"too many callers: {len(self._queue)} keys are queued already")
            )
        self._enqueue(waiter, keys)
        try:
            return await waiter.wait()
        except TimeoutError:
            return waiter.leave(TimedOut(system, "no answer within the request's deadline"))
        finally:
            if waiter.queued:
                self._remove(waiter)

    def _enqueue(self, waiter: Waiter[K, V], keys: Collection[K]) -> None:
        for key in dict.fromkeys(keys):
            self._queue[key] = self._queue.get(key, 0) + 1
        if waiter.queued:
            self._waiters[waiter] = None
            self._askers += 1
            self._plan_departure()

    def _remove(self, waiter: Waiter[K, V]) -> None:
        """Take a waiter out of the queue, and with it the keys that nobody else waits for."""
        del self._waiters[waiter]
        for key in waiter.queued:
            self._queue[key] -= 1
            if not self._queue[key]:
                del self._queue[key]

    def _plan_departure(self) -> None:
        """Unless calls are under way: then the queue is thought of again when one of them ends."""
        if self._departure is None and self._queue and len(self._calls) <= self._calls_at_departure:
            loop = asyncio.get_running_loop()
            if loop.time() >= self._not_before:  # not at once: others may ask in the same breath
                self._departure = loop.call_soon(self._depart)
            else:
                self._departure = loop.call_at(self._not_before, self._depart)

    def _depart(self) -> None:
        """Let all that is in the queue leave. Where only one has asked for it, nobody waits for others to come."""
        pause = self._gather_seconds if self._askers > 1 else 0.0
        self._not_before = asyncio.get_running_loop().time() + pause
        self._askers = 0
        self._departure = None
        self._departing = len(self._queue)
        self._send()

    def _send(self) -> None:
        """Make calls of what is departing, as far as calls may be under way."""
        while self._departing > 0 and self._queue and len(self._calls) < self._calls_at_once:
            keys = tuple(islice(self._queue, self._keys_per_call))
            self._departing -= len(keys)
            aboard = self._board(keys)
            # In a context of its own: a call belongs to all who wait for it, not to the first of them.
            call = asyncio.get_running_loop().create_task(
                self._ask(keys, latest_deadline(waiter for waiter, _ in aboard)), context=Context()
            )
            self._calls.add(call)
            call.add_done_callback(partial(self._arrived, aboard))

    def _board(self, keys: Sequence[K]) -> Aboard[K, V]:
        for key in keys:
            del self._queue[key]
        leaving = frozenset(keys)
        aboard = [(waiter, own) for waiter in self._waiters if (own := waiter.board(leaving))]
        for waiter, _ in aboard:
            if not waiter.queued:
                del self._waiters[waiter]
        return aboard

    async def _ask(self, keys: Sequence[K], until: float | None) -> Mapping[K, V]:
        with deadline_at(until):
            return await self._upstream.read(partial(self._fetch, keys))

    def _arrived(self, aboard: Aboard[K, V], call: asyncio.Task[Mapping[K, V]]) -> None:
        self._calls.discard(call)
        self._send()
        self._plan_departure()
        failure = self._failure_of(call)
        for waiter, keys in aboard:
            if failure is None:
                waiter.answered(keys, call.result())
            else:
                waiter.failed(keys, failure)

    def _failure_of(self, call: asyncio.Task[Mapping[K, V]]) -> BaseException | None:
        if call.cancelled():
            return NotAsked(self._upstream.system, "the call was cancelled")
        return call.exception()
