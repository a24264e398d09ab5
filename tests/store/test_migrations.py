"""The database as migrations make it."""

import ast
import asyncio
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import create_async_engine

from gateway import store as store_package
from gateway.store import Store
from gateway.store.migrate import NotMigrated, check_migrated, migrate
from gateway.store.tables import metadata
from tests.running.postgres import Postgres

STEPS = sorted(Path(store_package.__file__).parent.glob("migrations/versions/*.py"))
EXPANDING = {
    "create_table",
    "create_index",
    "add_column",
    "execute",
    "create_check_constraint",
    "get_context",
}
TAKING_AWAY = ("DROP ", "RENAME ", "DELETE ", "TRUNCATE ", "SET NOT NULL")


def _differences(connection: sa.Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_server_default": True})
    return list(compare_metadata(context, metadata))


async def test_tables_and_migrations_agree(gateway_database: str) -> None:
    engine = create_async_engine(gateway_database)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


async def test_many_processes_may_migrate_at_once(postgres: Postgres) -> None:
    async with postgres.database() as url:
        await asyncio.gather(*(migrate(url) for _ in range(4)))
        store = Store.open(url)
        await check_migrated(store.engine)
        await store.close()


async def test_migrating_again_changes_nothing(gateway_database: str) -> None:
    await migrate(gateway_database)
    store = Store.open(gateway_database)
    await check_migrated(store.engine)
    await store.close()


async def test_an_empty_database_is_refused_with_the_command_that_helps(postgres: Postgres) -> None:
    async with postgres.database() as url:
        store = Store.open(url)
        with pytest.raises(NotMigrated, match=r"at step none, .*run `python -m gateway migrate`"):
            await check_migrated(store.engine)
        await store.close()


async def test_a_database_at_an_older_step_is_refused(gateway_database: str) -> None:
    store = Store.open(gateway_database)
    await _pretend_step(store, "0001")
    with pytest.raises(NotMigrated, match="at step 0001"):
        await check_migrated(store.engine)
    await store.close()


async def test_a_database_at_a_newer_step_is_welcome(gateway_database: str) -> None:
    store = Store.open(gateway_database)
    await _pretend_step(store, "9999")
    await check_migrated(store.engine)
    await store.close()


async def _pretend_step(store: Store, step: str) -> None:
    async with store.engine.begin() as connection:
        await connection.execute(sa.text("UPDATE alembic_version SET version_num = :step"), {"step": step})


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.stem)
def test_a_migration_only_expands(step: Path) -> None:
    """An older process lives with the newer database: nothing is dropped, renamed or made stricter."""
    source = step.read_text()
    calls = [
        node.func.attr
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "op"
    ]
    assert set(calls) <= EXPANDING
    assert not [
        word for word in TAKING_AWAY if word in source.upper().replace("UPDATE OR DELETE OR TRUNCATE", "")
    ]
