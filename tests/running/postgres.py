"""A PostgreSQL of the test session, and databases in it that a test has for itself."""

import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

from gateway.demo.postgres import EmbeddedPostgres
from gateway.demo.processes import Children


class Postgres:
    """The running server."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self.server = server
        self._numbers = count(1)

    @property
    def socket_directory(self) -> Path:
        return self.server.socket_directory

    def url(self, database: str) -> str:
        """The SQLAlchemy URL (asyncpg) of one of its databases."""
        return self.server.url(database)

    @asynccontextmanager
    async def database(self, template: str = "template1") -> AsyncIterator[str]:
        """The URL of a database of one's own, empty or a copy of `template`, dropped on leaving."""
        name = f"test_{next(self._numbers)}"
        await self._administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            await self._administer(f"DROP DATABASE {name} WITH (FORCE)")

    async def create(self, name: str, template: str = "template1") -> str:
        """Creates a database that lasts as long as the session, and gives its URL."""
        await self._administer(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    async def _administer(self, statement: str) -> None:
        connection = await self.server.connect()
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@asynccontextmanager
async def running_postgres(logs: Path) -> AsyncIterator[Postgres]:
    """A new server in the temporary directory, gone with all its data on leaving."""
    home = Path(tempfile.mkdtemp(prefix="coop-postgres-"))
    server = EmbeddedPostgres(home / "data")
    try:
        await server.create()
        async with Children(logs) as children:
            await children.start(server.program())
            yield Postgres(server)
    finally:
        shutil.rmtree(home)
