"""A POS that a test takes through its nightly consolidation: apart from the others', for it does not come back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx

from gateway.coop import Coop
from gateway.demo.processes import Child, Children
from gateway.demo.systems import Simulation, Simulator
from tests.running.clock import NOW
from tests.running.legacy import MEMBERS, LegacySystem


class ConsolidatingPos(LegacySystem):
    """The running POS, with the figures of the day before `NOW`."""

    def __init__(
        self, children: Children, today: Simulator, tomorrow: Simulator, child: Child, http: httpx.AsyncClient
    ) -> None:
        url = today.control_url(child.announced)
        super().__init__(children, today, child, url, http)
        self._tomorrow = tomorrow

    async def consolidate(self) -> None:
        """It is the next morning: the same address, with the figures of the day of `NOW`."""
        async with self.stopped():
            self._simulator = self._tomorrow


@asynccontextmanager
async def running_consolidating_pos(coop: Coop, logs: Path) -> AsyncIterator[ConsolidatingPos]:
    """Starts the POS of a co-op."""
    today, tomorrow = (
        Simulation(MEMBERS, logs, now).of(coop, smtp_port=0)["pos"] for now in (NOW, NOW + timedelta(days=1))
    )
    async with Children(logs) as children, httpx.AsyncClient(trust_env=False) as http:
        child = await children.start(today.program())
        yield ConsolidatingPos(children, today, tomorrow, child, http)
