"""Hearing what other processes announce (LISTEN/NOTIFY)."""

import asyncio
from collections.abc import Callable
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine


async def listen(engine: AsyncEngine, channel: str, heard: Callable[[str], None]) -> None:
    """Calls `heard` with what is announced on a channel, and with "" when it begins to listen.

    Runs until it is cancelled or the connection is lost. Has one connection of the pool for itself.
    """
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        lost = asyncio.Event()
        driver.add_termination_listener(lambda _: lost.set())
        try:
            await driver.add_listener(channel, lambda _connection, _pid, _channel, payload: heard(payload))
            heard("")
            await lost.wait()
        finally:
            await connection.invalidate()  # it listens still: nobody else shall have it
