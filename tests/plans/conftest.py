"""A filled store and a filled registry."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from legacy.population import Population
from legacy.registry.loading import load
from tests.bench.scale.registry_filling import multiply
from tests.bench.scale.sizes import Size
from tests.bench.scale.store_filling import fill_store
from tests.running import NOW, Postgres

STORE = Size(20_000)
MADE, MEMBERS = 300, 15_000
BILLED = 100


@pytest.fixture(scope="session")
async def filled_store(postgres: Postgres, migrated_template: str) -> str:
    """The URL of a store with twenty thousand members."""
    url = await postgres.create("filled_store", migrated_template)
    connection = await postgres.server.connect("filled_store")
    await fill_store(connection, STORE, "not a hash")
    await connection.close()
    return url


@pytest.fixture
async def store_connection(filled_store: str) -> AsyncIterator[AsyncConnection]:
    """A connection to it, in a transaction that is rolled back."""
    async with _rolled_back(filled_store) as connection:
        yield connection


@pytest.fixture(scope="session")
async def filled_registry(postgres: Postgres) -> str:
    """The URL of Hirosaki's registry with fifteen thousand members, and the indexes the guide asks for."""
    url = await postgres.create("filled_registry")
    await load(url, Population("hirosaki", MADE, NOW), show_progress=False)
    connection = await postgres.server.connect(make_url(url).database or "")
    await multiply(connection, MADE, MEMBERS)
    await connection.close()
    return url


@pytest.fixture
async def registry_connection(filled_registry: str) -> AsyncIterator[AsyncConnection]:
    """A connection to it, in a transaction that is rolled back."""
    async with _rolled_back(filled_registry) as connection:
        yield connection


@pytest.fixture(scope="session")
async def billing_registry(postgres: Postgres) -> str:
    """The URL of Hokkaido's registry: a hundred members with three years of statements."""
    url = await postgres.create("billing_registry")
    await load(url, Population("hokkaido", BILLED, NOW), show_progress=False)
    return url


@pytest.fixture
async def billing_connection(billing_registry: str) -> AsyncIterator[AsyncConnection]:
    """A connection to it, in a transaction that is rolled back."""
    async with _rolled_back(billing_registry) as connection:
        yield connection


@asynccontextmanager
async def _rolled_back(url: str) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()
