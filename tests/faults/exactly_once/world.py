"""The world of the test: two gateways, two workers and a POS whose ledger outlives it, each a process of its own."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from gateway.coop import Coop
from gateway.demo.processes import Child, Children
from gateway.demo.systems import Simulation
from gateway.store import Store
from tests.faults.exactly_once.slots import Slot, Start
from tests.running import SIGNING_KEY
from tests.running.fleet import Fleet


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands already: the database, and what points at the registry and the other systems."""

    database: str
    environment: Mapping[str, str]
    coop: Coop
    members: int


@dataclass(frozen=True, slots=True)
class World:
    """Everything that runs, and the two records that must agree in the end."""

    gateways: tuple[Slot, Slot]
    workers: tuple[Slot, Slot]
    pos: Slot
    store: Store
    ledger: Path

    def kills(self) -> dict[str, int]:
        """How often each was killed."""
        return {slot.name: slot.kills for slot in (*self.gateways, *self.workers, self.pos)}


@asynccontextmanager
async def running_world(ground: Ground, directory: Path) -> AsyncIterator[World]:
    """Starts everything; `directory` holds the ledger and the logs, one of every life of every process."""
    ledger = directory / "ledger.sqlite"
    store = Store.open(ground.database, connections=2)
    try:
        async with Children(directory) as children:
            pos = Slot("pos", Fleet(children, {}), _pos(ground, children, ledger))
            await pos.begin()
            fleet = Fleet(children, _settings(ground, pos.url))
            gateways = Slot("gateway-1", fleet, fleet.gateway), Slot("gateway-2", fleet, fleet.gateway)
            workers = Slot("worker-1", fleet, _worker(fleet)), Slot("worker-2", fleet, _worker(fleet))
            await asyncio.gather(*(slot.begin() for slot in (*gateways, *workers)))
            yield World(gateways, workers, pos, store, ledger)
    finally:
        await store.close()


def _worker(fleet: Fleet) -> Start:
    async def start(name: str, _port: int) -> Child:
        return await fleet.worker(name)

    return start


def _pos(ground: Ground, children: Children, ledger: Path) -> Start:
    """The POS on the machine's clock, like those it works with."""
    simulated = Simulation(ground.members, ledger.parent).of(ground.coop, smtp_port=0)["pos"]
    arguments = (*simulated.arguments, "--state", str(ledger))

    async def start(name: str, port: int) -> Child:
        return await children.start(
            replace(simulated, name=name, arguments=arguments).program({"port": port})
        )

    return start


def _settings(ground: Ground, pos_url: str) -> dict[str, str]:
    system = ground.coop.systems.pos
    assert system is not None
    assert system.url_env is not None
    return {
        **ground.environment,
        system.url_env: pos_url,
        "GATEWAY_DATABASE_URL": ground.database,
        "GATEWAY_SIGNING_KEY": SIGNING_KEY,
    }
