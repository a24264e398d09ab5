"""What a batch read hands back: for every key an answer, and whether it is today's or the last known one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from adapters.errors import AdapterError

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Snapshot(Generic[V]):
    """One answer. `last_known` is true when the system did not answer and this is what it said before."""

    value: V
    last_known: bool = False


class Answers(dict[K, Snapshot[V]], Generic[K, V]):
    """The answers to a batch read, by key, never by position.

    A snapshot of `None` says that the system does not know the key. An absent key was not answered for, and
    `failure` says why; it is None exactly when every key asked for is present.
    """

    __slots__ = ("failure",)

    def __init__(self, snapshots: Mapping[K, Snapshot[V]], failure: AdapterError | None = None) -> None:
        super().__init__(snapshots)
        self.failure = failure

    def outcome(self, key: K) -> Snapshot[V] | AdapterError:
        """The answer for one of the keys asked for, or why there is none: what a dataloader wants per key."""
        snapshot = self.get(key)
        if snapshot is not None:
            return snapshot
        if self.failure is None:
            raise KeyError(key)
        return self.failure

    def of(self, key: K) -> V:
        """The value for one of the keys asked for; raises the failure where there is none."""
        outcome = self.outcome(key)
        if isinstance(outcome, AdapterError):
            raise outcome
        return outcome.value
