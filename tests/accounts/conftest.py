"""A store of the test's own, passwords that are quick to hash, a clock that moves, and a co-op's entrance."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gateway.accounts import Entrance, Passwords, ThrottleLimits, Vault
from gateway.store import CoopStore, Store
from tests.accounts.clocks import MovableClock
from tests.accounts.hashers import CountingHasher
from tests.accounts.people import LIMITS
from tests.accounts.registries import KENICHI, KENICHIS_PARENT, TARO, TAROS_PARENT, ListedMembers
from tests.config.coops import load

COOPS = load()


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


@pytest.fixture
def clock() -> MovableClock:
    """The time of the entrance."""
    return MovableClock()


@pytest.fixture
def registry() -> ListedMembers:
    """Two members with their guardians."""
    return ListedMembers(TARO, TAROS_PARENT, KENICHI, KENICHIS_PARENT)


@pytest.fixture
def entrance(
    hirosaki: CoopStore, passwords: Passwords, registry: ListedMembers, clock: MovableClock
) -> Entrance:
    """Hirosaki's: login IDs, provisional credentials, reissued passwords."""
    return Entrance(
        coop=COOPS["hirosaki"],
        store=hirosaki,
        registry=registry,
        passwords=passwords,
        vault=Vault("a signing key of the tests' own, 32 or more"),
        session_limits=LIMITS,
        throttle_limits=ThrottleLimits(),
        clock=clock,
    )


@pytest.fixture
def hokkaido(entrance: Entrance, store: Store) -> Entrance:
    """Hokkaido's: e-mail addresses, no provisional credentials, reset links; the same process, nobody registered."""
    return replace(entrance, coop=COOPS["hokkaido"], store=store.of("hokkaido"), registry=ListedMembers())
