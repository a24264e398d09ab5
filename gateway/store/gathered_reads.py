"""The batch reads of the process, gathered: one queue for each of them and each co-op."""

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from gateway.store.batches import BatchRead
from gateway.store.gathering import Gathering
from gateway.store.lines import Lines

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class GatheredReads:
    """Asks for the keys of concurrent requests together (`gateway.store.gathering`)."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._gatherings: dict[tuple[BatchRead[Any, Any], str], Gathering[Any, Any]] = {}

    async def __call__(self, read: BatchRead[K, V], this_coop: str, keys: Sequence[K]) -> Mapping[K, V]:
        """The answers for these keys, and no others."""
        gathering = self._gatherings.get((read, this_coop))
        if gathering is None:
            gathering = Gathering(partial(self._together, read, this_coop))
            self._gatherings[read, this_coop] = gathering
        found: Mapping[K, V] = await gathering(keys)
        return found

    async def _together(
        self, read: BatchRead[K, V], this_coop: str, wishes: Sequence[Sequence[K]]
    ) -> Sequence[Mapping[K, V]]:
        keys = list(dict.fromkeys(chain.from_iterable(wishes)))
        values = {**read.values(keys), "this_coop": this_coop}
        found = read.answers(keys, await self._lines.rows(read.prepared, values))
        return [{key: found[key] for key in wish} for wish in wishes]
