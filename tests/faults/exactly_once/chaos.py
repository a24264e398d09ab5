"""What goes wrong meanwhile: processes are killed at random points, and the POS has every fault it knows."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

import aiohttp

from tests.faults.exactly_once.progress import Progress
from tests.faults.exactly_once.slots import Slot

FAULTS = ("closed", "error", "timeout", "lost", "garbled", "latency", "truncated", "partial")


@dataclass(slots=True)
class Chaos:
    """Does something every so many steps of progress: kills somebody, or has the POS play a fault for a few calls."""

    gateways: Sequence[Slot]
    workers: Sequence[Slot]
    pos: Slot
    progress: Progress
    http: aiohttp.ClientSession
    rng: Random
    every: int
    faults: Counter[str] = field(default_factory=Counter)

    async def reign(self) -> None:
        """A kill and a fault in turn, until it is cancelled; what is dead then is begun again all the same."""
        restarts: set[asyncio.Task[None]] = set()
        try:
            while True:
                await self._some_progress()
                restarts.add(asyncio.create_task(self._victim().kill_and_begin_again()))
                await self._some_progress()
                await self._fault()
        finally:
            await asyncio.gather(*restarts)

    async def peace(self) -> None:
        """Everything is up, and nothing goes wrong any more."""
        await asyncio.gather(*(slot.up.wait() for slot in (*self.gateways, *self.workers, self.pos)))
        async with self.http.delete(f"{self.pos.url}/_faults") as answer:
            answer.raise_for_status()

    async def _some_progress(self) -> None:
        await self.progress.reached(self.progress.count + self.rng.randint(1, 2 * self.every))

    def _victim(self) -> Slot:
        """Of those that run, most often a worker; the POS seldom, for without it nothing else happens."""
        often = [*self.gateways, *self.gateways, *self.workers, *self.workers, *self.workers, self.pos]
        return self.rng.choice([slot for slot in often if slot.up.is_set()] or often)

    async def _fault(self) -> None:
        await self.pos.up.wait()
        kind = self.rng.choice(FAULTS)
        fault = {"fault": kind, "seconds": self.rng.uniform(0.1, 2), "times": self.rng.randint(1, 20)}
        with suppress(aiohttp.ClientConnectionError):  # the POS itself has just been killed
            async with self.http.put(f"{self.pos.url}/_faults", json=fault) as answer:
                answer.raise_for_status()
            self.faults[kind] += 1
