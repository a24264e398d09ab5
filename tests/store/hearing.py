"""What reaches the database on the lines that gathered statements take."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.store import Store
from gateway.store.lines import Lines
from gateway.store.prepared import Prepared, Row
from tests.running.eventually import eventually

LINES = 4


class HeardLines(Lines):
    """Lines that keep what is asked on them."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine, LINES)
        self.heard: list[str] = []

    async def rows(self, statement: Prepared, values: Mapping[str, Any]) -> list[Row]:
        """Keeps the text."""
        self.heard.append(statement.text)
        return await super().rows(statement, values)


@asynccontextmanager
async def locked(store: Store, table: str) -> AsyncIterator[AsyncConnection]:
    """Nobody else gets at the table for as long as the block lasts."""
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield connection


_WAITING = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def waiting(connection: AsyncConnection) -> list[int]:
    """The database's processes that wait for somebody's lock."""
    await connection.exec_driver_sql("SELECT pg_stat_clear_snapshot()")
    return list(await connection.scalars(sa.text(_WAITING)))


async def until_waiting(connection: AsyncConnection, processes: int) -> None:
    """Until so many of them do."""

    async def so_many() -> bool:
        return len(await waiting(connection)) == processes

    await eventually(so_many)
