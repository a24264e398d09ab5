"""The gate as a program: its two ports, and whom it lets in."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web

from legacy.faults import Fault, Faults
from legacy.registry.gate.answers import SPOILED
from legacy.registry.gate.connection import Connection
from legacy.registry.gate.upstream import Upstream
from legacy.serving import LOOPBACK, listening

_KINDS = ("latency", "error", "timeout", *SPOILED)


@asynccontextmanager
async def gate(upstream: Upstream, port: int, control_port: int) -> AsyncIterator[Mapping[str, object]]:
    """Listens on both ports (0 picks a free one) and yields them as `port` and `control_port`."""
    doors = _Doors(upstream)
    control = web.Application()
    control.add_routes(doors.faults.routes())
    server = await asyncio.start_server(doors.enter, LOOPBACK, port)
    try:
        async with listening(control, control_port) as listening_on:
            yield {"port": server.sockets[0].getsockname()[1], "control_port": listening_on}
    finally:
        server.close()
        await doors.close()


class _Doors:
    def __init__(self, upstream: Upstream) -> None:
        self.faults = Faults(_KINDS, on_change=self._cut_if_refusing)
        self._upstream = upstream
        self._open: dict[asyncio.Task[None], Connection] = {}

    def enter(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Takes in a client's connection."""
        connection = Connection((reader, writer), self._upstream, self.faults)
        task = asyncio.create_task(connection.attend(self._fault_for_everybody()))
        self._open[task] = connection
        task.add_done_callback(self._open.pop)

    async def close(self) -> None:
        """Ends every connection."""
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def _fault_for_everybody(self) -> str | None:
        """A fault without `only` or `times` stands at the door too: refused, or let in and never answered."""
        match self.faults.current:
            case Fault(kind=kind, only=None, times=None):
                return kind
        return None

    def _cut_if_refusing(self) -> None:
        if self._fault_for_everybody() == "error":
            for connection in self._open.values():
                connection.cut()
