"""Brings the database up to date, and tells whether it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from gateway.cannot_start import CannotStart

OLDEST_POSTGRES = 150000
"""`server_version_num` of PostgreSQL 15."""

_SCRIPTS = Path(__file__).parent / "migrations"
_VERSIONS = "alembic_version"
_LOCK = 0x636F6F70  # "coop": any number will do that no other program in the same database locks
_LOCK_ASKED_EVERY = 0.1


class NotMigrated(CannotStart):
    """The database lacks steps that this program needs."""


class PostgresTooOld(CannotStart):
    """The server is older than PostgreSQL 15."""


class DatabaseUnreachable(CannotStart):
    """Nothing answers at the address, or it lets nobody in."""


async def migrate(url: str) -> None:
    """Applies the steps that are missing. Of several processes one works, the others wait for it.

    Raises `PostgresTooOld`, `DatabaseUnreachable`.
    """
    engine = create_async_engine(url, poolclass=NullPool)
    try:
        async with _reached(engine) as connection:
            await _check_version(connection)
            await _lock(connection)
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


async def check_migrated(engine: AsyncEngine) -> None:
    """Raises `NotMigrated` when the database is older than this program, `DatabaseUnreachable` when it is not there.

    A newer one is welcome.
    """
    async with _reached(engine) as connection:
        revision = await connection.run_sync(_revision_of)
    steps = [step.revision for step in _script_directory().walk_revisions()]
    if revision is None or revision in steps[1:]:
        raise NotMigrated(
            f"The database is at step {revision or 'none'}, this program needs step {steps[0]}: "
            "run `python -m gateway migrate` with the same GATEWAY_DATABASE_URL first."
        )


@asynccontextmanager
async def _reached(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = engine.connect()
    try:
        await connection.start()
    except (OSError, sa.exc.DBAPIError, asyncpg.PostgresError) as error:
        raise DatabaseUnreachable(
            f"The database cannot be reached ({error}): check GATEWAY_DATABASE_URL, and that PostgreSQL is running."
        ) from error
    try:
        yield connection
    finally:
        await connection.close()


async def _check_version(connection: AsyncConnection) -> None:
    version = int(await connection.scalar(sa.text("SHOW server_version_num")) or 0)
    if version < OLDEST_POSTGRES:
        raise PostgresTooOld(f"PostgreSQL 15 or newer is needed; this server says {version // 10000}.")


async def _lock(connection: AsyncConnection) -> None:
    # Asked again and again rather than waited for: a waiting statement keeps a snapshot, and CREATE INDEX
    # CONCURRENTLY in the process that holds the lock would wait for that snapshot to go, for ever.
    while not await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_LOCK))):
        await connection.rollback()
        await asyncio.sleep(_LOCK_ASKED_EVERY)
    await connection.rollback()


def _upgrade(connection: sa.Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision_of(connection: sa.Connection) -> str | None:
    # Read as it is: Alembic's own way logs two lines, and this is asked before everything that a person sees.
    if not sa.inspect(connection).has_table(_VERSIONS):
        return None
    revision: str | None = connection.scalar(sa.text(f"SELECT version_num FROM {_VERSIONS}"))  # noqa: S608 - a constant
    return revision


def _script_directory() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
