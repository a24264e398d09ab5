"""A bulkhead: so many calls at once, so many in line behind them, and nobody more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from adapters.errors import NotAsked


class Bulkhead:
    """Spares a system more callers than it can bear, and the gateway a crowd waiting for a slow system."""

    def __init__(self, system: str, at_once: int, in_line: int) -> None:
        self._system = system
        self._in_line = in_line
        self._places = asyncio.Semaphore(at_once)
        self.calls_in_flight = 0
        self.calls_waiting = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place while inside; wait for it in line. Raises `NotAsked` when the line is full."""
        await self._wait_for_place()
        self.calls_in_flight += 1
        try:
            yield
        finally:
            self.calls_in_flight -= 1
            self._places.release()

    async def _wait_for_place(self) -> None:
        if self._places.locked() and self.calls_waiting >= self._in_line:
            raise NotAsked(self._system, f"too many callers: {self.calls_waiting} are in line already")
        self.calls_waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.calls_waiting -= 1
