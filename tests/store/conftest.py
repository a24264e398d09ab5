"""A store of the test's own."""

from collections.abc import AsyncIterator

import pytest

from gateway.store import CoopStore, Store


@pytest.fixture
async def store(gateway_database: str) -> AsyncIterator[Store]:
    """An empty store in PostgreSQL."""
    store = Store.open(gateway_database)
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
