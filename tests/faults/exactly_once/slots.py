"""A place where a process runs, dies and runs again."""

import asyncio
from collections.abc import Awaitable, Callable

from gateway.demo.processes import Child
from tests.running.fleet import Fleet

Start = Callable[[str, int], Awaitable[Child]]
"""Starts a program under a name, on a port (0: any that is free)."""


class Slot:
    """One process at a time, on the same port each time; `up` is set while it is ready."""

    def __init__(self, name: str, fleet: Fleet, start: Start) -> None:
        self.name = name
        self.up = asyncio.Event()
        self.kills = 0
        self._fleet = fleet
        self._start = start
        self._child: Child | None = None
        self._changing = asyncio.Lock()

    @property
    def url(self) -> str:
        """Where it listens, once it has been up."""
        assert self._child is not None, f"{self.name} was never started"
        return f"http://127.0.0.1:{self._child.announced['port']}"

    async def begin(self) -> None:
        """Starts it. Every life of it has a log of its own."""
        port = 0 if self._child is None else self._child.announced.get("port", 0)
        self._child = await self._start(f"{self.name}.{self.kills + 1}", port)
        self.up.set()

    async def kill_and_begin_again(self) -> None:
        """SIGKILL, at once and whatever it is doing; then a new one. Once at a time."""
        async with self._changing:
            assert self._child is not None, f"{self.name} was never started"
            self.up.clear()
            self.kills += 1
            await self._fleet.kill(self._child)
            await self.begin()
