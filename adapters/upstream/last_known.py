"""The last good answer for each key, in bounded memory and for a bounded time; and which of them are still fresh."""

import math
import time
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from cachetools import TTLCache

from adapters.records.snapshot import Snapshot
from adapters.upstream.freshness import Freshness

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[V]):
    value: V
    weight: int
    begun: int
    since: float
    business_day: date | None


class LastKnown(Generic[K, V]):
    """Keeps `entries` records at most: the least recently used go first, the old ones after `seconds`.

    `weight` tells how many records a value counts as; one heavier than the whole memory is not kept.
    What it forgets stays forgotten: an answer counts only when its call began after the last change it was told of.
    """

    def __init__(
        self,
        entries: int,
        seconds: float,
        weight: Callable[[V], int],
        timer: Callable[[], float] = time.monotonic,
        freshness: Freshness | None = None,
    ) -> None:
        self._weight = weight
        self._timer = timer
        self._freshness = freshness or Freshness()
        self._kept: TTLCache[K, _Kept[V]] = TTLCache(
            entries, seconds, timer, getsizeof=lambda kept: kept.weight
        )
        self._changes = 0
        self._changed_last = 0
        # As old as what it forgets can get, so that it outlives every answer of before.
        self._changed: TTLCache[Hashable, int] = TTLCache(math.inf, seconds, timer)

    @property
    def changes(self) -> int:
        """How many changes it has been told of: what a call takes along when it begins."""
        return self._changes

    def remember(self, answers: Mapping[K, V], begun: int) -> None:
        """Keep these answers in place of earlier ones. `begun`: `changes` when their call began."""
        now, day = self._timer(), self._freshness.day_of(answers)
        for key, value in answers.items():
            kept = _Kept(value, self._weight(value), begun, now, day)
            if kept.weight <= self._kept.maxsize and self._is_valid(key, kept):
                self._kept[key] = kept
            else:
                self._kept.pop(key, None)

    def recall(self, keys: Iterable[K]) -> dict[K, Snapshot[V]]:
        """What is known of these keys, marked as last known."""
        return {key: Snapshot(kept.value, last_known=True) for key, kept in self._known(keys)}

    def fresh(self, keys: Iterable[K]) -> dict[K, Snapshot[V]]:
        """What need not be asked of these keys, because the system would say the same again."""
        return {key: Snapshot(kept.value) for key, kept in self._known(keys) if self._is_fresh(kept)}

    def forget(self, subject: Hashable) -> None:
        """Somebody has changed: nothing that was said about them until now is known any more."""
        self._changes += 1
        self._changed[subject] = self._changes

    def forget_everything(self) -> None:
        """The same for all keys."""
        self._changes += 1
        self._changed_last = self._changes
        self._kept.clear()

    def _known(self, keys: Iterable[K]) -> Iterator[tuple[K, _Kept[V]]]:
        for key in keys:
            kept = self._kept.get(key)
            if kept is not None and self._is_valid(key, kept):
                yield key, kept

    def _is_fresh(self, kept: _Kept[V]) -> bool:
        is_of_today = kept.business_day == self._freshness.business_day.newest
        return is_of_today and self._timer() - kept.since < self._freshness.seconds

    def _is_valid(self, key: K, kept: _Kept[V]) -> bool:
        return kept.begun >= max(self._changed_last, self._changed.get(_subject(key), 0))


def _subject(key: Hashable) -> Hashable:
    """Whom a key asks about: the key itself is a member number, or it begins with one."""
    return key[0] if isinstance(key, tuple) else key
