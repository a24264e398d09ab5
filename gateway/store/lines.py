"""Lines: a few connections that are kept for what is asked all day, and asked as the driver has it.

Through SQLAlchemy a statement of one row takes the process ten times as long as the driver alone
(docs/decisions/gathering-in-the-store.md). Every statement on a line is a transaction of its own.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.store.away import CANNOT_CONNECT, LOST, reported
from gateway.store.prepared import Prepared, Row


@dataclass(frozen=True, slots=True)
class _Line:
    """A connection, as SQLAlchemy has opened it and as the driver knows it."""

    connection: AsyncConnection
    driver: Any

    @classmethod
    async def open(cls, engine: AsyncEngine) -> "_Line":
        try:
            connection = await engine.connect()
            return cls(connection, (await connection.get_raw_connection()).driver_connection)
        except CANNOT_CONNECT as error:
            raise reported(error) from error

    @property
    def is_lost(self) -> bool:
        return bool(self.driver.is_closed())

    async def end(self) -> None:
        await self.connection.invalidate()
        await self.connection.close()


class Lines:
    """So many lines at most, each opened when it is first needed. One that is lost is replaced when it is needed."""

    def __init__(self, engine: AsyncEngine, at_most: int) -> None:
        """`engine` keeps no connections itself."""
        self.engine = engine
        self._places = asyncio.Semaphore(at_most)
        self._free: list[_Line] = []
        self._closed = False

    async def rows(self, statement: Prepared, values: Mapping[str, Any]) -> list[Row]:
        """All rows of one statement, which is committed.

        Raises `ServiceUnavailable` when the database is away, or does not answer within a statement's time.
        """
        arguments = statement.arguments(values)
        async with self._places:
            line = await self._free_line()
            return statement.rows(await self._fetched(line, statement.text, arguments))

    async def close(self) -> None:
        """Lets go of the lines, of those in use as soon as their statements have ended. Nobody asks any more."""
        self._closed = True
        while self._free:
            await self._free.pop().end()
        await self.engine.dispose()

    async def _free_line(self) -> _Line:
        while self._free:
            line = self._free.pop()
            if not line.is_lost:
                return line
            await line.end()
        return await _Line.open(self.engine)

    async def _fetched(self, line: _Line, text: str, arguments: list[Any]) -> list[Any]:
        """Only a line whose statement has come to an end is used again."""
        ended = False
        try:
            records: list[Any] = await line.driver.fetch(text, *arguments)
            ended = True
        except asyncpg.PostgresError as error:
            ended = not line.is_lost
            if ended:
                raise
            raise reported(error) from error
        except LOST as error:
            raise reported(error) from error
        finally:
            if ended and not self._closed:
                self._free.append(line)
            else:
                await line.end()
        return records
