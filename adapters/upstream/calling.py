"""One policy for calling out: every call to a legacy system goes through its `Upstream`."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeVar

import structlog

from adapters.errors import AdapterError, NotAsked, TimedOut
from adapters.records.system import SystemStatus
from adapters.upstream.breaker import Breaker
from adapters.upstream.bulkhead import Bulkhead
from adapters.upstream.deadline import remaining
from adapters.upstream.policy import Policy
from adapters.upstream.retrying import retrying

T = TypeVar("T")
Call = Callable[[], Awaitable[T]]
"""Asks a legacy system once. Raises `AdapterError`s: the adapter has translated what its library raises."""

log = structlog.get_logger(__name__)


class Upstream:
    """One legacy system of one co-op (`system`, e.g. "hirosaki/pos"), asked within its policy.

    Around every call stand, from the outside in: the request's deadline, retries (reads only), the bulkhead,
    the circuit breaker, the timeout of a single call.
    """

    def __init__(self, system: str, policy: Policy) -> None:
        self.system = system
        self.policy = policy
        self._bulkhead = Bulkhead(system, policy.max_concurrent_calls, policy.max_waiting)
        self._breaker = Breaker(system, policy.breaker_failures, policy.breaker_seconds)

    async def read(self, call: Call[T]) -> T:
        """Ask, and ask again where that may help. Raises the `AdapterError` of the last attempt."""
        return await self._answer(partial(retrying(self.policy.retries), self._attempt, call))

    async def write(self, call: Call[T]) -> T:
        """Ask exactly once: whoever instructs a system decides himself whether to do so again."""
        return await self._answer(partial(self._attempt, call))

    def status(self) -> SystemStatus:
        """How the system is doing, without asking it."""
        return SystemStatus(
            system=self.system,
            circuit=self._breaker.circuit,
            calls_in_flight=self._bulkhead.calls_in_flight,
            calls_waiting=self._bulkhead.calls_waiting,
        )

    async def _answer(self, ask: Call[T]) -> T:
        """What comes before the request's deadline; what goes wrong is put on record."""
        try:
            return await self._within(remaining(), "the request's deadline", ask)
        except NotAsked:
            raise  # the breaker reports when it opens; a line for every caller it turns away would drown that
        except AdapterError as error:
            log.warning("call_failed", system=self.system, error=type(error).__name__, detail=error.detail)
            raise

    async def _attempt(self, call: Call[T]) -> T:
        async with self._bulkhead:
            with self._breaker.watching():
                return await self._within(self.policy.timeout_seconds, "its timeout", call)

    async def _within(self, seconds: float | None, limit: str, ask: Call[T]) -> T:
        if seconds is not None and seconds <= 0:
            raise TimedOut(self.system, f"{limit} had passed before it was asked")
        try:
            async with asyncio.timeout(seconds):
                return await ask()
        except TimeoutError as error:
            raise TimedOut(self.system, f"no answer within {limit} ({seconds:.3f} s)") from error
