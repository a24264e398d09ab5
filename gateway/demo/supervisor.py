"""Brings the whole demo up in order: databases, legacy systems, the gateway and its worker."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gateway.accounts import Vault
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.demo.accounts import as_json, demo_accounts
from gateway.demo.databases import GATEWAY_DATABASE, Registry, prepare_gateway_database
from gateway.demo.postgres import MAJOR_VERSION, EmbeddedPostgres
from gateway.demo.processes import Child, Children
from gateway.demo.program import python_program
from gateway.demo.seeding import seed
from gateway.demo.signing_key import kept_signing_key
from gateway.demo.systems import LOOPBACK, Simulation, Simulator, addresses, environment
from gateway.demo.terminal import say
from gateway.demo.wishes import Wishes


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the demo can be reached."""

    gateway: str
    postbox: str
    controls: Mapping[str, str]
    """The simulators' addresses for faults and call counts, by name."""


class Demo:
    """One demo on its way up."""

    def __init__(self, wishes: Wishes, coops: Mapping[str, Coop], children: Children, clock: Clock) -> None:
        self._wishes = wishes
        self._coops = coops
        self._children = children
        self._clock = clock
        self._postgres = EmbeddedPostgres(wishes.data / f"postgres-{MAJOR_VERSION}")
        self._simulation = Simulation(wishes.members, self._postgres.socket_directory)
        self._signing_key = kept_signing_key(wishes.data)
        self._controls: dict[str, str] = {}

    async def bring_up(self) -> Addresses:
        """Returns when everything accepts connections. Raises ProgramError or DatabaseError."""
        await self._start_postgres()
        await self._prepare_gateway_database()
        for coop in self._coops.values():
            await self._load_registry(coop)
        postbox = await self._start(self._simulation.postbox())
        variables = await self._start_legacy_systems(postbox.announced["smtp_port"])
        gateway = await self._start_gateway(variables)
        return Addresses(
            gateway=f"http://{LOOPBACK}:{gateway.announced['port']}",
            postbox=f"http://{LOOPBACK}:{postbox.announced['port']}",
            controls=self._controls,
        )

    async def _start_postgres(self) -> None:
        if not self._postgres.exists:
            say(f"Creating a PostgreSQL cluster in {self._postgres.data}")
            await self._postgres.create()
        say("Starting PostgreSQL")
        await self._children.start(self._postgres.program())

    async def _prepare_gateway_database(self) -> None:
        say("Bringing the gateway's database up to date")
        database_url = await prepare_gateway_database(self._postgres)
        await seed(database_url, self._coops, self._clock, Vault(self._signing_key))

    async def _load_registry(self, coop: Coop) -> None:
        registry = Registry(coop.code, self._wishes.members, self._clock())
        if not await registry.is_loaded(self._postgres):
            say(f"Loading the membership registry of {coop.code}: {self._wishes.members:,} members")
            await registry.load(self._postgres)

    async def _start_legacy_systems(self, smtp_port: int) -> dict[str, str]:
        started = await asyncio.gather(*(self._start_coop(coop, smtp_port) for coop in self._coops.values()))
        return {name: value for variables in started for name, value in variables.items()}

    async def _start_coop(self, coop: Coop, smtp_port: int) -> dict[str, str]:
        announced: dict[str, Mapping[str, Any]] = {}
        for system, simulator in self._simulation.of(coop, smtp_port).items():
            child = await self._start(simulator)
            announced[system] = child.announced
            self._controls[simulator.name] = simulator.control_url(child.announced)
        return environment(coop, addresses(coop, announced, smtp_port))

    async def _start(self, simulator: Simulator) -> Child:
        say(f"Starting {simulator.name}")
        return await self._children.start(simulator.program())

    async def _start_gateway(self, variables: Mapping[str, str]) -> Child:
        accounts = self._wishes.data / "accounts.json"
        accounts.write_text(as_json(demo_accounts()), encoding="utf-8")
        settings = {
            "GATEWAY_GRAPHIQL_ACCOUNTS": str(accounts),
            "GATEWAY_DATABASE_URL": self._postgres.url(GATEWAY_DATABASE),
            "GATEWAY_SIGNING_KEY": self._signing_key,
            "GATEWAY_MODE": "development",
            "GATEWAY_HOST": LOOPBACK,
            "GATEWAY_PORT": str(self._wishes.port),
            **variables,
        }
        say("Starting the gateway and its worker")
        gateway = python_program("gateway", "gateway", "serve", environment=settings)
        worker = python_program("worker", "gateway", "worker", environment=settings)
        serving, _ = await asyncio.gather(self._children.start(gateway), self._children.start(worker))
        return serving
