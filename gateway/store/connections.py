"""How statements reach the database: each by itself, all of one transaction together, or gathered with those of other
requests (`gateway.store.gathering`): batch reads outside of transactions."""

from collections.abc import AsyncIterator, Hashable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.store.away import AWAY, CANNOT_CONNECT, reported
from gateway.store.batches import BatchRead
from gateway.store.gathered_reads import GatheredReads

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

THIS_COOP = sa.bindparam("this_coop", type_=sa.Text)
"""Stands in every statement of a co-op's store; only `CoopConnections` gives it a value."""


class Connections(Protocol):
    """Where connections come from."""

    def connect(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for one statement."""

    def begin(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection for statements that all take effect, or none after an error."""


class EachByItself:
    """Every statement is a transaction of its own, without round trips for BEGIN and COMMIT.

    Raises `ServiceUnavailable` when the database is away, or does not answer within a statement's time.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """A connection from the pool."""
        async with _from_pool(self._autocommit) as connection:
            yield connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """A connection from the pool, in a transaction."""
        async with _from_pool(self._engine) as connection, connection.begin():
            yield connection


@asynccontextmanager
async def _from_pool(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with AsyncExitStack() as leaving:
        try:
            connection = await leaving.enter_async_context(engine.connect())
        except CANNOT_CONNECT as error:
            raise reported(error) from error
        try:
            yield connection
        except AWAY as error:
            raise reported(error) from error
        except sa.exc.DBAPIError as error:
            if not error.connection_invalidated:
                raise
            raise reported(error) from error


class WithinTransaction:
    """All statements on the one connection of a transaction, which its owner commits."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[AsyncConnection]:
        """The connection."""
        yield self._connection

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """The connection, with a savepoint to fall back to."""
        async with self._connection.begin_nested():
            yield self._connection


@dataclass(frozen=True, slots=True)
class CoopConnections:
    """Runs statements for one co-op, so that nobody else need name it. `gathered` is None within a transaction."""

    coop_code: str
    connections: Connections
    gathered: GatheredReads | None = None

    async def read(self, read: BatchRead[K, V], keys: Sequence[K]) -> Mapping[K, V]:
        """The answers for all the keys, of one statement: with those that other requests ask for just now."""
        if self.gathered is not None:
            return await self.gathered(read, self.coop_code, keys)
        return read.answers(keys, await self.rows(read.statement, **read.values(keys)))

    async def rows(self, statement: sa.Executable, **values: Any) -> Sequence[sa.Row[Any]]:
        """All rows of one statement."""
        async with self.connections.connect() as connection:
            result = await connection.execute(statement, {**values, "this_coop": self.coop_code})
            return result.all()

    async def row(self, statement: sa.Executable, **values: Any) -> sa.Row[Any] | None:
        """The only row of one statement, or None."""
        rows = await self.rows(statement, **values)
        return rows[0] if rows else None

    async def insert(self, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
        """Inserts all the rows or none, in one round trip."""
        async with self.connections.connect() as connection:
            await connection.execute(table.insert(), [{**row, "coop": self.coop_code} for row in rows])

    async def change(self, statement: sa.Executable, rows: Sequence[dict[str, Any]]) -> None:
        """Runs one statement for each row of values, in one round trip."""
        if rows:
            async with self.connections.connect() as connection:
                await connection.execute(statement, [{**row, "this_coop": self.coop_code} for row in rows])

    async def insert_one(self, table: sa.Table, row: dict[str, Any]) -> sa.Row[Any]:
        """Inserts a row and returns it whole, with what the database filled in."""
        statement = table.insert().values(**row, coop=self.coop_code).returning(*table.c)
        (inserted,) = await self.rows(statement)
        return inserted
