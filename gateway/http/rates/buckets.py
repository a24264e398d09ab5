"""Token buckets: each key may take so much at once, and gets it back by and by. Local to the process."""

from collections.abc import Callable, Hashable, MutableMapping
from typing import NamedTuple

from cachetools import LRUCache

MOST_KEYS = 50_000
"""Kept at a time; the key that was not seen for longest is forgotten, which fills its bucket."""


class Rate(NamedTuple):
    """What may be taken at once, and what comes back each second."""

    burst: int
    per_second: float

    @property
    def seconds_to_fill(self) -> float:
        """After so long an empty bucket is full again."""
        return self.burst / self.per_second


class Taken(NamedTuple):
    """What is left after taking; when `wait` (seconds) is not 0 there was not enough, and nothing was taken."""

    left: float
    wait: float


class _Level(NamedTuple):
    tokens: float
    at: float


class Buckets:
    """A bucket for each key. `now` is a clock that only goes forward, in seconds."""

    def __init__(self, rate: Rate, now: Callable[[], float]) -> None:
        self.rate = rate
        self._now = now
        self._levels: MutableMapping[Hashable, _Level] = LRUCache(MOST_KEYS)

    def take(self, key: Hashable, amount: float = 1) -> Taken:
        """Takes so much, or nothing when there is less. What is more than the whole bucket takes a full one."""
        now = self._now()
        level = self._levels.get(key)
        tokens: float = self.rate.burst
        if level is not None:
            tokens = min(tokens, level.tokens + (now - level.at) * self.rate.per_second)
        amount = min(amount, self.rate.burst)
        if tokens < amount:
            return Taken(tokens, (amount - tokens) / self.rate.per_second)
        self._levels[key] = _Level(tokens - amount, now)
        return Taken(tokens - amount, 0)
