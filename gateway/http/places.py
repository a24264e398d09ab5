"""Places for requests in progress: so many at once, so many in line behind them for a while, and nobody more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateway.errors import Overloaded


class Places:
    """The places of one process. Who is in line gets the next free one in turn."""

    def __init__(self, at_once: int, in_line: int, patience: float) -> None:
        """`patience` is how many seconds one waits in line before it is sent away after all."""
        self._free = asyncio.Semaphore(at_once)
        self._in_line = in_line
        self._patience = patience
        self._waiting = 0

    def check(self) -> None:
        """Raises `Overloaded` when there is neither a place nor a place in line."""
        if self._free.locked() and self._waiting >= self._in_line:
            raise Overloaded

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Holds a place while inside. Raises `Overloaded` when there is none, now or in time."""
        self.check()
        await self._take()
        try:
            yield
        finally:
            self._free.release()

    async def _take(self) -> None:
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._free.acquire()
        except TimeoutError:
            raise Overloaded from None
        finally:
            self._waiting -= 1
