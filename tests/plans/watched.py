"""A connection that keeps what its statements took."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.plans.plan import plan_carried_out


class Watched:
    """Runs every statement on one connection; keeps how many pages were looked at, and milliseconds in the database."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self.pages = 0
        self.milliseconds = 0.0

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[Any]:
        """Itself."""
        yield self

    async def execute(self, statement: sa.Executable, values: dict[str, object]) -> sa.CursorResult[Any]:
        """Twice, for its plan and for its rows."""
        plan = await plan_carried_out(self._connection, statement, values)
        self.pages += plan.pages
        self.milliseconds += plan.milliseconds
        return await self._connection.execute(statement, values)

    begin = connect
