"""A store of the test's own."""

import pytest

from gateway.store import CoopStore, Store


@pytest.fixture
def hirosaki(store: Store) -> CoopStore:
    """Its part for one co-op."""
    return store.of("hirosaki")


@pytest.fixture
def hokkaido(store: Store) -> CoopStore:
    """Its part for another co-op."""
    return store.of("hokkaido")
