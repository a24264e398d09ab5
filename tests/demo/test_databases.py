"""The demo's databases are made once, and made anew when they must be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gateway.demo.databases import FromAnotherVersion, Registry, RegistryNotLoaded, prepare_gateway_database
from tests.running import NOW, Postgres
from tests.running.postgres import running_postgres


@pytest.fixture
async def own_postgres(tmp_path: Path) -> AsyncIterator[Postgres]:
    """A server of the test's own: the session's holds registries that other tests read."""
    async with running_postgres(tmp_path) as server:
        yield server


async def count_members(postgres: Postgres, database: str) -> int:
    connection = await postgres.server.connect(database)
    try:
        return int(await connection.fetchval("SELECT count(*) FROM kumiaiin"))
    finally:
        await connection.close()


async def test_a_registry_is_loaded_for_one_size_and_one_day(own_postgres: Postgres) -> None:
    registry = Registry("hirosaki", 20, NOW)
    assert not await registry.is_loaded(own_postgres.server)
    await registry.load(own_postgres.server)
    assert await registry.is_loaded(own_postgres.server)
    assert not await replace(registry, members=21).is_loaded(own_postgres.server)
    assert not await replace(registry, now=NOW + timedelta(days=1)).is_loaded(own_postgres.server)
    assert await count_members(own_postgres, "registry_hirosaki") == 20


async def test_another_size_replaces_the_registry(own_postgres: Postgres) -> None:
    await Registry("hirosaki", 20, NOW).load(own_postgres.server)
    await Registry("hirosaki", 25, NOW).load(own_postgres.server)
    assert await count_members(own_postgres, "registry_hirosaki") == 25


async def test_a_registry_that_could_not_be_loaded_is_not_taken_for_one(own_postgres: Postgres) -> None:
    nowhere = Registry("nowhere", 20, NOW)
    with pytest.raises(RegistryNotLoaded, match="The registry of nowhere could not be loaded"):
        await nowhere.load(own_postgres.server)
    assert not await nowhere.is_loaded(own_postgres.server)


async def test_the_gateways_database_is_made_once(own_postgres: Postgres) -> None:
    made = [await prepare_gateway_database(own_postgres.server) for _ in range(2)]
    assert made == [own_postgres.url("gateway")] * 2


async def test_a_database_of_an_unknown_version_is_named_and_left_alone(own_postgres: Postgres) -> None:
    await prepare_gateway_database(own_postgres.server)
    connection = await own_postgres.server.connect("gateway")
    await connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    with pytest.raises(FromAnotherVersion, match="Remove that directory to start afresh"):
        await prepare_gateway_database(own_postgres.server)
    assert await connection.fetchval("SELECT version_num FROM alembic_version") == "from the future"
    await connection.close()
