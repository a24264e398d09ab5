"""The last good answer for each key, in bounded memory and for a bounded time; and which of them are still fresh."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from datetime import date
from typing import Generic, NamedTuple, TypeVar

from cachetools import TTLCache

from adapters.records.snapshot import Snapshot
from adapters.upstream.freshness import Freshness

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class _Call(NamedTuple):
    """When answers came, and what they can know: changes told of before it began, figures of a business day."""

    begun: int
    ended: float
    business_day: date | None


class _Kept(NamedTuple, Generic[V]):
    snapshot: Snapshot[V]
    weight: int
    call: _Call


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
        self._entries = entries
        self._seconds = seconds
        self._weight = weight
        self._timer = timer
        self._freshness = freshness or Freshness()
        # cachetools' TTLCache took a tenth of a staff list's time: a hundred and fifty keys, 3 µs each way.
        self._kept: OrderedDict[K, _Kept[V]] = OrderedDict()
        self._weight_kept = 0
        self._changes = 0
        self._changed_last = 0
        # As old as what it forgets can get, so that it outlives every answer of before.
        self._changed: TTLCache[Hashable, int] = TTLCache(math.inf, seconds, timer)

    @property
    def changes(self) -> int:
        """How many changes it has been told of: what a call takes along when it begins."""
        return self._changes

    def remember(self, answers: Mapping[K, V], begun: int) -> dict[K, Snapshot[V]]:
        """Keep these answers in place of earlier ones, and give them back as answers of the moment.

        `begun`: `changes` when their call began.
        """
        call = _Call(begun, self._timer(), self._freshness.day_of(answers))
        snapshots = {key: Snapshot(value) for key, value in answers.items()}
        for key, snapshot in snapshots.items():
            self._drop(key)
            weight = self._weight(snapshot.value)
            if weight <= self._entries and self._counts(key, call):
                self._kept[key] = _Kept(snapshot, weight, call)
                self._weight_kept += weight
        while self._weight_kept > self._entries:
            self._drop(next(iter(self._kept)))
        return snapshots

    def recall(self, keys: Iterable[K]) -> dict[K, Snapshot[V]]:
        """What is known of these keys, marked as last known."""
        return {key: Snapshot(kept.snapshot.value, last_known=True) for key, kept in self._known(keys)}

    def fresh(self, keys: Iterable[K]) -> dict[K, Snapshot[V]]:
        """What need not be asked of these keys, because the system would say the same again."""
        now, seconds, newest = self._timer(), self._freshness.seconds, self._freshness.business_day.newest
        return {
            key: kept.snapshot
            for key, kept in self._known(keys)
            if kept.call.business_day == newest and now - kept.call.ended < seconds
        }

    def forget(self, subject: Hashable) -> None:
        """Somebody has changed: nothing that was said about them until now is known any more."""
        self._changes += 1
        self._changed[subject] = self._changes

    def forget_everything(self) -> None:
        """The same for all keys."""
        self._changes += 1
        self._changed_last = self._changes
        self._kept.clear()
        self._weight_kept = 0

    def _known(self, keys: Iterable[K]) -> Iterator[tuple[K, _Kept[V]]]:
        oldest = self._timer() - self._seconds
        for key in keys:
            kept = self._kept.get(key)
            if kept is None:
                continue
            if kept.call.ended > oldest and self._counts(key, kept.call):
                self._kept.move_to_end(key)
                yield key, kept
            else:
                self._drop(key)

    def _drop(self, key: K) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None:
            self._weight_kept -= kept.weight

    def _counts(self, key: K, call: _Call) -> bool:
        """Whether nobody has told of a change since the call began that concerns the key."""
        return call.begun == self._changes or call.begun >= max(
            self._changed_last, self._changed.get(_subject(key), 0)
        )


def _subject(key: Hashable) -> Hashable:
    """Whom a key asks about: the key itself is a member number, or it begins with one."""
    return key[0] if isinstance(key, tuple) else key
