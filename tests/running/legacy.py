"""The simulated legacy systems of both co-ops, and the controls a test has over them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from gateway.coop import Coop
from gateway.demo.databases import Registry
from gateway.demo.processes import Child, Children
from gateway.demo.systems import DEMO_SECRET, Simulation, Simulator, addresses, environment
from tests.running.clock import NOW
from tests.running.postgres import Postgres

MEMBERS = 200


class LegacySystem:
    """One running simulator: where it is, what it was asked, what goes wrong in it."""

    key = DEMO_SECRET

    def __init__(
        self, children: Children, simulator: Simulator, child: Child, url: str, http: httpx.AsyncClient
    ) -> None:
        self.name = simulator.name
        self.url = url
        self._children = children
        self._simulator = simulator
        self._child = child
        self._http = http

    async def calls(self) -> dict[str, int]:
        """The requests since the start or the last `forget_calls`, by SHORI, path or table."""
        answer = await self._http.get(self._control("/_calls"))
        counts: dict[str, int] = answer.raise_for_status().json()
        return counts

    async def forget_calls(self) -> None:
        """Counts from zero again."""
        (await self._http.delete(self._control("/_calls"))).raise_for_status()

    async def forget_instructions(self) -> None:
        """What was ordered in this POS never was: who orders something in one that others use puts it back so."""
        (await self._http.delete(self._control("/_instructions"))).raise_for_status()

    @asynccontextmanager
    async def fault(
        self,
        kind: str,
        *,
        seconds: float | None = None,
        only: Sequence[str] | None = None,
        times: int | None = None,
    ) -> AsyncIterator[None]:
        """Something goes wrong for as long as the block lasts (docs/wire/pos.md, "Faults on demand")."""
        wanted = {"fault": kind, "seconds": seconds, "only": only, "times": times}
        given = {name: value for name, value in wanted.items() if value is not None}
        (await self._http.put(self._control("/_faults"), json=given)).raise_for_status()
        try:
            yield
        finally:
            (await self._http.delete(self._control("/_faults"))).raise_for_status()

    @asynccontextmanager
    async def stopped(self) -> AsyncIterator[None]:
        """The program is not running for as long as the block lasts; then it is back on its ports."""
        await self._children.stop(self._child)
        try:
            yield
        finally:
            self._child = await self._children.start(self._simulator.program(self._child.announced))

    def _control(self, path: str) -> str:
        return self._simulator.control_url(self._child.announced) + path


class Postbox(LegacySystem):
    """The SMTP server where all mail ends."""

    async def mails(self) -> list[dict[str, Any]]:
        """What it received, oldest first."""
        answer = await self._http.get(self._control("/messages"))
        mails: list[dict[str, Any]] = answer.raise_for_status().json()
        return mails

    async def empty(self) -> None:
        """Throws away what it received."""
        (await self._http.delete(self._control("/messages"))).raise_for_status()


@dataclass(frozen=True, slots=True)
class CoopSystems:
    """The systems of one co-op. `existing_pos` is None where it has no POS."""

    registry: LegacySystem
    mailer: LegacySystem
    existing_pos: LegacySystem | None

    @property
    def pos(self) -> LegacySystem:
        assert self.existing_pos is not None, "this co-op has no POS"
        return self.existing_pos

    def all(self) -> tuple[LegacySystem, ...]:
        """Every one of them."""
        return tuple(filter(None, (self.registry, self.mailer, self.existing_pos)))


@dataclass(frozen=True, slots=True)
class LegacySystems:
    """All of them; `environment` are the variables that point a gateway at them."""

    hirosaki: CoopSystems
    hokkaido: CoopSystems
    postbox: Postbox
    environment: Mapping[str, str]

    async def forget_calls(self) -> None:
        """Counts from zero again, everywhere."""
        for system in (*self.hirosaki.all(), *self.hokkaido.all()):
            await system.forget_calls()


@asynccontextmanager
async def running_legacy_systems(
    postgres: Postgres, coops: Mapping[str, Coop], logs: Path, members: int = MEMBERS
) -> AsyncIterator[LegacySystems]:
    """Loads the registries with so many members and starts every simulator."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        children = await stack.enter_async_context(Children(logs))
        starter = _Starter(postgres, children, http, members)
        yield await starter.start(coops)


class _Starter:
    def __init__(self, postgres: Postgres, children: Children, http: httpx.AsyncClient, members: int) -> None:
        self._postgres = postgres
        self._children = children
        self._http = http
        self._members = members
        self._simulation = Simulation(members, postgres.socket_directory, NOW)
        self._environment: dict[str, str] = {}

    async def start(self, coops: Mapping[str, Coop]) -> LegacySystems:
        simulator = self._simulation.postbox()
        child = await self._children.start(simulator.program())
        postbox = Postbox(
            self._children, simulator, child, simulator.control_url(child.announced), self._http
        )
        started = {
            code: await self._start_coop(coop, child.announced["smtp_port"]) for code, coop in coops.items()
        }
        return LegacySystems(**started, postbox=postbox, environment=self._environment)

    async def _start_coop(self, coop: Coop, smtp_port: int) -> CoopSystems:
        await Registry(coop.code, self._members, NOW).load(self._postgres.server)
        simulators = self._simulation.of(coop, smtp_port)
        running = {name: await self._children.start(each.program()) for name, each in simulators.items()}
        urls = addresses(coop, {name: child.announced for name, child in running.items()}, smtp_port)
        self._environment |= environment(coop, urls)
        systems = {
            name: LegacySystem(self._children, simulators[name], child, urls[name], self._http)
            for name, child in running.items()
        }
        return CoopSystems(systems["registry"], systems["mailer"], systems.get("pos"))
