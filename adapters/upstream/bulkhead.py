"""A bulkhead: so many calls at once, so many in line behind them, and nobody more."""

import asyncio

from adapters.errors import NotAsked


class Bulkhead:
    """Spares a system more callers than it can bear, and the gateway a crowd waiting for a slow system.

    `async with` it to hold a place while inside.
    """

    def __init__(self, system: str, at_once: int, in_line: int) -> None:
        self._system = system
        self._in_line = in_line
        self._places = asyncio.Semaphore(at_once)
        self.calls_in_flight = 0
        self.calls_waiting = 0

    async def __aenter__(self) -> None:
        """Wait for a place in line. Raises `NotAsked` when the line is full."""
        if self._places.locked() and self.calls_waiting >= self._in_line:
            raise NotAsked(self._system, f"too many callers: {self.calls_waiting} are in line already")
        self.calls_waiting += 1
        try:
            await self._places.acquire()
        finally:
            self.calls_waiting -= 1
        self.calls_in_flight += 1

    async def __aexit__(self, *_: object) -> None:
        """Give the place to whoever is next."""
        self.calls_in_flight -= 1
        self._places.release()
