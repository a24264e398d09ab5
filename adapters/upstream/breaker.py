"""A circuit breaker: a system that keeps failing is left alone, then one call finds out whether it is back.

Why this is not a library: docs/decisions/circuit-breaker.md.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from adapters.errors import AdapterError, Closed, Garbled, NotAsked, TimedOut, Unavailable
from adapters.records.system import Circuit

log = structlog.get_logger(__name__)


def says_it_is_ill(error: AdapterError) -> bool:
    """Whether an error speaks of a system in trouble; a system that says "closed" is well."""
    return isinstance(error, (Unavailable, TimedOut, Garbled)) and not isinstance(error, (Closed, NotAsked))


class Breaker:
    """Opens after `failures` failed calls in a row; after `seconds`, lets one call through at a time.

    A call that is cancelled, or cut short by its caller's deadline, counts for nothing.
    """

    def __init__(self, system: str, failures: int, seconds: float) -> None:
        self._system = system
        self._failures_allowed = failures
        self._seconds = seconds
        self._failures = 0
        self._opened_at: float | None = None
        self._probing = False

    @property
    def circuit(self) -> Circuit:
        """The state to show."""
        if self._opened_at is None:
            return Circuit.CLOSED
        return Circuit.HALF_OPEN if self._probing or self._has_rested() else Circuit.OPEN

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Judge the call inside. Raises `NotAsked` instead of letting it happen while the circuit is open."""
        probe = self._admit()
        try:
            yield
        except AdapterError as error:
            if says_it_is_ill(error):
                self._failed(probe, error)
            else:
                self._succeeded(probe)
            raise
        else:
            self._succeeded(probe)
        finally:
            if probe:
                self._probing = False

    def _admit(self) -> bool:
        """Let a call through, or not; tells whether it is the one that finds out (the probe)."""
        match self.circuit:
            case Circuit.CLOSED:
                return False
            case Circuit.HALF_OPEN if not self._probing:
                self._probing = True
                return True
            case _:
                raise NotAsked(self._system, f"circuit open after {self._failures} failures in a row")

    def _has_rested(self) -> bool:
        return self._opened_at is not None and _now() - self._opened_at >= self._seconds

    def _failed(self, probe: bool, error: AdapterError) -> None:
        if self._is_old_news(probe):
            return
        self._failures += 1
        if probe or self._failures >= self._failures_allowed:
            self._opened_at = _now()
            log.warning("circuit_opened", system=self._system, failures=self._failures, last=error.detail)

    def _succeeded(self, probe: bool) -> None:
        if self._is_old_news(probe):
            return
        self._failures = 0
        self._opened_at = None
        if probe:
            log.warning("circuit_closed", system=self._system)

    def _is_old_news(self, probe: bool) -> bool:
        """Whether a call that ends left before the circuit opened: now only the probe counts."""
        return self._opened_at is not None and not probe


def _now() -> float:
    return asyncio.get_running_loop().time()
