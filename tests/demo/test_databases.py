"""The demo's databases are made once, and made anew when they must be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from gateway.demo.databases import Registry, RegistryNotLoadedError, create_if_missing
from tests.running import NOW, Postgres
from tests.running.postgres import running_postgres


@pytest.fixture(scope="module")
async def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Postgres]:
    """A server of its own: the session's holds registries that other tests read."""
    async with running_postgres(tmp_path_factory.mktemp("logs")) as server:
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
    with pytest.raises(RegistryNotLoadedError, match="The registry of nowhere could not be loaded"):
        await nowhere.load(own_postgres.server)
    assert not await nowhere.is_loaded(own_postgres.server)


async def test_a_database_that_is_there_is_left_alone(own_postgres: Postgres) -> None:
    for _ in range(2):
        await create_if_missing(own_postgres.server, "kept")
