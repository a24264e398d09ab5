"""A store of the test's own, and passwords that are quick to hash."""

from collections.abc import AsyncIterator, Iterator

import pytest

from gateway.accounts import Passwords
from gateway.store import CoopStore, Store
from tests.accounts.hashers import CountingHasher


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
def hasher() -> CountingHasher:
    """Counts what `passwords` has it do."""
    return CountingHasher()


@pytest.fixture
def passwords(hasher: CountingHasher) -> Iterator[Passwords]:
    """Passwords over the counting hasher."""
    passwords = Passwords(hasher)
    yield passwords
    passwords.close()
