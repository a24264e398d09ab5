"""Gathering: the keys that concurrent requests ask for leave together, in few, full calls.

An idle system is asked at once. While calls are under way, keys queue up, each once; when a call ends, the
queue leaves in the next one. Nobody joins a call that has left: what it brings may be older than a change the
asker knows of.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping, Sequence
from contextvars import Context
from functools import partial
from itertools import chain, islice
from typing import Generic, TypeVar

from adapters.errors import NotAsked, TimedOut
from adapters.upstream.calling import Upstream
from adapters.upstream.deadline import deadline_at
from adapters.upstream.waiting import Gathering, Waiter, latest_deadline

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

Fetch = Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]
"""Asks a system once for 1 to `batch_limit` distinct keys. A key it leaves out was not answered for."""


class Gathered(Generic[K, V]):
    """One batch endpoint of one system, shared by all requests of this process."""

    def __init__(self, upstream: Upstream, fetch: Fetch[K, V]) -> None:
        policy = upstream.policy
        self._upstream = upstream
        self._fetch = fetch
        self._keys_per_call = policy.batch_limit
        self._calls_at_once = policy.max_batch_calls
        self._queue_limit = (policy.max_batch_calls + policy.max_waiting) * policy.batch_limit
        self._queue: dict[K, list[Waiter[K, V]]] = {}
        self._calls: set[asyncio.Task[Mapping[K, V]]] = set()

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
        self._enqueue(waiter)
        try:
            return await waiter.wait()
        except TimeoutError:
            return waiter.leave(TimedOut(system, "no answer within the request's deadline"))
        finally:
            self._remove(waiter)

    def _enqueue(self, waiter: Waiter[K, V]) -> None:
        for key in waiter.unsettled:
            self._queue.setdefault(key, []).append(waiter)
        asyncio.get_running_loop().call_soon(self._send)  # not at once: others may ask in the same breath

    def _remove(self, waiter: Waiter[K, V]) -> None:
        """Take a waiter out of the queue, and with it the keys that nobody else waits for."""
        for key in waiter.unsettled:
            waiters = self._queue.get(key, [])
            if waiter in waiters:
                waiters.remove(waiter)
                if not waiters:
                    del self._queue[key]

    def _send(self) -> None:
        """Let the queue leave, as far as calls may be under way."""
        while self._queue and len(self._calls) < self._calls_at_once:
            keys = tuple(islice(self._queue, self._keys_per_call))
            waiters = [self._queue.pop(key) for key in keys]
            # In a context of its own: a call belongs to all who wait for it, not to the first of them.
            call = asyncio.get_running_loop().create_task(
                self._ask(keys, latest_deadline(chain.from_iterable(waiters))), context=Context()
            )
            self._calls.add(call)
            call.add_done_callback(partial(self._arrived, dict(zip(keys, waiters, strict=True))))

    async def _ask(self, keys: Sequence[K], until: float | None) -> Mapping[K, V]:
        with deadline_at(until):
            return await self._upstream.read(lambda: self._fetch(keys))

    def _arrived(self, waiting: Mapping[K, list[Waiter[K, V]]], call: asyncio.Task[Mapping[K, V]]) -> None:
        self._calls.discard(call)
        self._send()
        failure = self._failure_of(call)
        answers = call.result() if failure is None else {}
        for key, waiters in waiting.items():
            for waiter in waiters:
                if failure is not None:
                    waiter.failed(key, failure)
                elif key in answers:
                    waiter.answered(key, answers[key])
                else:
                    waiter.left_out(key)

    def _failure_of(self, call: asyncio.Task[Mapping[K, V]]) -> BaseException | None:
        if call.cancelled():
            return NotAsked(self._upstream.system, "the call was cancelled")
        return call.exception()
