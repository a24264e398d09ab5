"""What goes wrong meanwhile: processes are killed at random points, and the POS has every fault it knows."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import httpx

from tests.faults.exactly_once.progress import Progress
from tests.faults.exactly_once.slots import Slot

FAULTS = ("closed", "error", "timeout", "lost", "garbled", "latency", "truncated", "partial")


@dataclass(slots=True)
class Chaos:
    """Does something every so many steps of progress: a kill, a fault, or the end of a fault."""

    gateways: Sequence[Slot]
    workers: Sequence[Slot]
    pos: Slot
    progress: Progress
    http: httpx.AsyncClient
    rng: Random
    every: int
    faults: Counter[str] = field(default_factory=Counter)

    async def reign(self) -> None:
        """Until it is cancelled; what has been killed by then is begun again all the same."""
        restarts: set[asyncio.Task[None]] = set()
        try:
            while True:
                await self.progress.reached(self.progress.count + self.rng.randint(1, 2 * self.every))
                restarts.update(self._killed())
                await self._fault()
        finally:
            await asyncio.gather(*restarts)

    async def peace(self) -> None:
        """Everything is up, and nothing goes wrong any more."""
        await asyncio.gather(*(slot.up.wait() for slot in (*self.gateways, *self.workers, self.pos)))
        (await self.http.delete(f"{self.pos.url}/_faults")).raise_for_status()

    def _killed(self) -> list[asyncio.Task[None]]:
        victim = self.rng.choice([*self.gateways, *self.workers, *self.workers, self.pos, None])
        return [] if victim is None else [asyncio.create_task(victim.kill_and_begin_again())]

    async def _fault(self) -> None:
        kind = self.rng.choice(FAULTS)
        fault = {"fault": kind, "seconds": self.rng.uniform(0.1, 2), "times": self.rng.randint(1, 20)}
        try:
            (await self.http.put(f"{self.pos.url}/_faults", json=fault)).raise_for_status()
        except httpx.TransportError:  # the POS itself has just been killed
            return
        self.faults[kind] += 1
