"""The last good answer for each key, in bounded memory and for a bounded time."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from cachetools import TTLCache

from adapters.records.snapshot import Snapshot

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    value: V
    weight: int


class LastKnown(Generic[K, V]):
    """Keeps `entries` records at most: the least recently used go first, the old ones after `seconds`.

    `weight` tells how many records a value counts as; one heavier than the whole memory is not kept.
    """

    def __init__(
        self,
        entries: int,
        seconds: float,
        weight: Callable[[V], int],
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._weight = weight
        self._kept: TTLCache[K, _Kept[V]] = TTLCache(
            entries, seconds, timer, getsizeof=lambda kept: kept.weight
        )

    def remember(self, answers: Mapping[K, V]) -> None:
        """Keep these answers in place of earlier ones."""
        for key, value in answers.items():
            weight = self._weight(value)
            if weight <= self._kept.maxsize:
                self._kept[key] = _Kept(value, weight)
            else:
                self._kept.pop(key, None)

    def recall(self, keys: Iterable[K]) -> dict[K, Snapshot[V]]:
        """What is known of these keys, marked as last known."""
        kept = ((key, self._kept.get(key)) for key in keys)
        return {key: Snapshot(entry.value, last_known=True) for key, entry in kept if entry is not None}
