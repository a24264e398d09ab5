"""Whether the database answers, asked on a connection of its own: that all others are in use is no outage."""

import asyncio

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool


async def is_reachable(engine: AsyncEngine, seconds: float) -> bool:
    """Whether a new connection to the engine's database is answered within so many seconds."""
    asking = create_async_engine(engine.url, poolclass=NullPool)
    try:
        async with asyncio.timeout(seconds), asking.connect() as connection:
            await connection.execute(sa.text("SELECT 1"))
    except (OSError, TimeoutError, sa.exc.DBAPIError, asyncpg.PostgresError):
        return False
    return True
