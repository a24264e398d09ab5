"""The databases of the demo: the gateway's own, and each co-op's registry, loaded only when it must be.

DatabaseError
├── RegistryNotLoaded    the loader failed, and has said why
└── FromAnotherVersion   the gateway's database was made by a program that this one does not know
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
from alembic.util import CommandError

from gateway.demo.postgres import EmbeddedPostgres
from gateway.demo.program import python_program
from gateway.store.migrate import migrate

GATEWAY_DATABASE = "gateway"


def registry_database(coop_code: str) -> str:
    """The database that holds a co-op's membership registry."""
    return f"registry_{coop_code.replace('-', '_')}"


class DatabaseError(Exception):
    """A database of the demo is not as it must be; says what to do about it."""


class RegistryNotLoaded(DatabaseError):
    def __init__(self, coop_code: str) -> None:
        super().__init__(f"The registry of {coop_code} could not be loaded; the lines above say why.")


class FromAnotherVersion(DatabaseError):
    def __init__(self, data: Path) -> None:
        super().__init__(
            f"The gateway's database in {data} was made by another version of the gateway. "
            "Remove that directory to start afresh, or name other data with --data."
        )


async def prepare_gateway_database(postgres: EmbeddedPostgres) -> str:
    """Creates the gateway's database or brings it up to date, and gives its URL. Raises FromAnotherVersion."""
    async with _administration(postgres) as connection:
        if not await connection.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", GATEWAY_DATABASE):
            await connection.execute(f'CREATE DATABASE "{GATEWAY_DATABASE}"')
    url = postgres.url(GATEWAY_DATABASE)
    try:
        await migrate(url)
    except CommandError:  # Alembic does not know the step the database is at
        raise FromAnotherVersion(postgres.data) from None
    return url


@dataclass(frozen=True, slots=True)
class Registry:
    """A co-op's registry in the demo: so many members, as of a day in Japan."""

    coop_code: str
    members: int
    now: datetime

    @property
    def database(self) -> str:
        return registry_database(self.coop_code)

    @property
    def edition(self) -> str:
        """What decides the contents: the size, the day, and the programs that make them."""
        return f"{self.members} members on {self.now.date()} by {_loader_version()}"

    async def is_loaded(self, postgres: EmbeddedPostgres) -> bool:
        """Whether this very edition is there, whole."""
        async with _administration(postgres) as connection:
            comment = await connection.fetchval(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = $1",
                self.database,
            )
        return bool(comment == self.edition)

    async def load(self, postgres: EmbeddedPostgres) -> None:
        """Replaces whatever edition is there; the loader shows its progress. Raises RegistryNotLoaded."""
        async with _administration(postgres) as connection:
            await connection.execute(f'DROP DATABASE IF EXISTS "{self.database}" WITH (FORCE)')
            await connection.execute(f'CREATE DATABASE "{self.database}"')
            await self._fill(postgres.url(self.database))
            await connection.execute(f"COMMENT ON DATABASE \"{self.database}\" IS '{self.edition}'")

    async def _fill(self, url: str) -> None:
        size_and_day = ("--members", str(self.members), "--now", self.now.isoformat())
        arguments = ("load", "--coop", self.coop_code, *size_and_day, "--url", url)
        program = python_program(f"{self.coop_code}-registry-load", "legacy.registry", *arguments)
        loader = await asyncio.create_subprocess_exec(*program.tethered_command(), start_new_session=True)
        try:
            failed = await loader.wait()
        except asyncio.CancelledError:
            loader.kill()
            await loader.wait()
            raise
        if failed:
            raise RegistryNotLoaded(self.coop_code)


@asynccontextmanager
async def _administration(postgres: EmbeddedPostgres) -> AsyncIterator["asyncpg.Connection"]:
    connection = await postgres.connect()
    try:
        yield connection
    finally:
        await connection.close()


def _loader_version() -> str:
    """A digest of the programs that invent the people, found without importing them."""
    spec = find_spec("legacy")
    places = list(spec.submodule_search_locations or ()) if spec else []
    sources = [path for place in places for path in sorted(Path(place).rglob("*.py"))]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
