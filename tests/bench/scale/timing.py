"""How long answers take, one after another: what one request costs when nothing else waits."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from tests.bench.load import Connection


class Line:
    """One kept connection to a gateway."""

    def __init__(self) -> None:
        self._answered: asyncio.Future[float] | None = None
        self.connection = Connection(self._done)

    async def ask(self, request: bytes) -> float:
        """Seconds until the whole answer is there. Raises `BadAnswer`."""
        self._answered = asyncio.get_running_loop().create_future()
        self.connection.ask(request, perf_counter())
        async with asyncio.timeout(60):
            seconds = await self._answered
        if self.connection.failure is not None:
            raise self.connection.failure
        return seconds

    def _done(self, _: Connection, since: float) -> None:
        assert self._answered is not None
        self._answered.set_result(perf_counter() - since)


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Line]:
    """A line to the gateway on this port."""
    line = Line()
    await asyncio.get_running_loop().create_connection(lambda: line.connection, "127.0.0.1", port)
    try:
        yield line
    finally:
        line.connection.close()
