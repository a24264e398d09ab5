"""Fields that are resolved for many members at once: by key, what was found, or why there is nothing."""

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from adapters.records import Snapshot

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
R = TypeVar("R")


def only(found: Mapping[K, V | Exception], key: K) -> V:
    """What was found for one of them; raises its error."""
    outcome = found[key]
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def each(found: Mapping[K, V | Exception], make: Callable[[K, V], R]) -> dict[K, R | Exception]:
    """What is made of each that was found; errors stay errors."""
    return {
        key: outcome if isinstance(outcome, Exception) else make(key, outcome)
        for key, outcome in found.items()
    }


def values(found: Mapping[K, Snapshot[V] | Exception]) -> dict[K, V | Exception]:
    """What the snapshots hold."""
    return each(found, lambda _, snapshot: snapshot.value)
