"""The connection pool to a co-op's own database, whichever SQL database that is.

Connections are in AUTOCOMMIT: the gateway only reads here, and a BEGIN and a ROLLBACK around each
question would make three round trips of one. There is no pre-ping for the same reason: a connection that
died in the pool fails at its next question, SQLAlchemy then drops all that are as old, and the retry of a
read opens a new one.
"""

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple, Protocol

from sqlalchemy import URL, CursorResult, Engine, create_engine, event
from sqlalchemy.engine import AdaptedConnection
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from adapters.registry_sql.asking import Asking
from adapters.registry_sql.urls import DRIVERS, UnusableUrl, connect_arguments, read_url

CONNECTION_SECONDS: Final = 1800
"""A connection is replaced at this age, before a firewall on the way forgets it in silence."""

AUTOCOMMIT: Final = {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
"""Understood by all dialects that come with SQLAlchemy, and not by all others: those are asked in transactions."""

Row = Mapping[str, Any]
"""Values by the names of their columns."""


class Answer(NamedTuple):
    """The rows that arrived, and how many the database says it sent (-1 when it does not say)."""

    rows: Sequence[Row]
    sent: int


class Connections(Protocol):
    """A pool that can be asked. Raises whatever SQLAlchemy and the driver raise."""

    async def ask(self, asking: Asking) -> Answer:
        """One question, one round trip."""

    async def close(self) -> None:
        """Let go of all connections."""


def open_connections(url: str, most: int, timeout_seconds: float) -> Connections:
    """A pool of at most so many connections; it connects when first asked. Raises `UnusableUrl`."""
    parsed = read_url(url)
    options = _options(parsed, most, timeout_seconds)
    try:
        try:
            return AsyncConnections(create_async_engine(parsed, **options))
        except InvalidRequestError:  # the driver knows nothing of event loops
            return ThreadConnections(create_engine(parsed, **options), most)
    except (ArgumentError, ImportError) as error:
        raise UnusableUrl(
            f"{parsed.render_as_string()}: {error}; install the database's SQLAlchemy dialect and driver, "
            "or name another as in postgresql+asyncpg://"
        ) from error


def _options(url: URL, most: int, timeout_seconds: float) -> dict[str, Any]:
    return {
        **(AUTOCOMMIT if url.get_backend_name() in DRIVERS else {}),
        "connect_args": connect_arguments(url, timeout_seconds),
        "execution_options": {"preserve_rowcount": True},  # tells of rows that were lost
        "hide_parameters": True,  # whose data was asked for is nothing for an error message
        "pool_size": most,
        "max_overflow": 0,
        "pool_timeout": timeout_seconds,
        "pool_recycle": CONNECTION_SECONDS,
        "pool_use_lifo": True,
    }


class AsyncConnections:
    """Through a driver made for asyncio."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        if engine.dialect.driver == "asyncpg":
            event.listen(engine.sync_engine, "invalidate", _cut)

    async def ask(self, asking: Asking) -> Answer:
        async with self._engine.connect() as connection:
            return _answer(await connection.execute(*asking))

    async def close(self) -> None:
        await self._engine.dispose()


class ThreadConnections:
    """Through any other driver, in as many threads as there may be connections."""

    def __init__(self, engine: Engine, threads: int) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="registry")

    async def ask(self, asking: Asking) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, asking)

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._engine.dispose()

    def _ask(self, asking: Asking) -> Answer:
        with self._engine.connect() as connection:
            return _answer(connection.execute(*asking))


def _cut(connection: AdaptedConnection, *_: object) -> None:
    """Drops a connection that failed or was given up, without saying goodbye.

    SQLAlchemy would say it and wait for the answer, which a silent server never gives: two seconds past every deadline.
    """
    connection.driver_connection.terminate()


def _answer(result: CursorResult[Any]) -> Answer:
    columns = tuple(result.keys())
    return Answer([dict(zip(columns, row, strict=True)) for row in result], result.rowcount)
