"""A store of the test's own."""

from collections.abc import AsyncIterator

import pytest

from gateway.store import CoopStore, Store
from tests.store.hearing import HeardLines


@pytest.fixture
async def lines(gateway_database: str) -> HeardLines:
    """The lines of the store."""
    return HeardLines(Store.open(gateway_database).lines.engine)


@pytest.fixture
async def store(gateway_database: str, lines: HeardLines) -> AsyncIterator[Store]:
    """An empty store in PostgreSQL."""
    store = Store(Store.open(gateway_database).engine, lines)
    yield store
    await store.close()


@pytest.fixture
def hirosaki(store: Store) -> CoopStore:
    """Its part for one co-op."""
    return store.of("hirosaki")


@pytest.fixture
def hokkaido(store: Store) -> CoopStore:
    """Its part for another co-op."""
    return store.of("hokkaido")
