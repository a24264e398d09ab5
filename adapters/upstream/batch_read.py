"""A batch read as the ports promise it: gathered across requests, backed by the last known answers."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from adapters.errors import Incomplete
from adapters.records.member import MemberNumber
from adapters.records.snapshot import Answers, Snapshot
from adapters.upstream.calling import Upstream
from adapters.upstream.gathered import Fetch, Gathered
from adapters.upstream.last_known import LastKnown

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def one_record(_value: object) -> int:
    """The weight of a value that is a single record."""
    return 1


class BatchRead(Generic[K, V]):
    """One batch endpoint of a legacy system. A key is a member number, or a tuple that begins with one.

    `fetch` asks the system once. `weight` tells how many records a value counts as in the memory of the last
    known answers.
    """

    def __init__(
        self, upstream: Upstream, fetch: Fetch[K, V], *, weight: Callable[[V], int] = one_record
    ) -> None:
        policy = upstream.policy
        self._system = upstream.system
        self._fetch = fetch
        self._gathered = Gathered(upstream, self._fetch_and_remember)
        self._last_known: LastKnown[K, V] = LastKnown(
            policy.snapshot_entries, policy.snapshot_seconds, weight
        )

    async def __call__(self, keys: Sequence[K]) -> Answers[K, V]:
        """The answers, as far as there are any. Raises an `AdapterError` when there is not a single one."""
        answers, failure = await self._gathered(keys)
        snapshots = {key: Snapshot(value) for key, value in answers.items()}
        missing = dict.fromkeys(key for key in keys if key not in snapshots)
        if not missing:
            return Answers(snapshots)
        snapshots |= self._last_known.recall(missing)
        failure = failure or Incomplete(self._system, f"left out {len(missing)} of {len(keys)} keys")
        if not snapshots:
            raise failure
        return Answers(snapshots, failure if any(key not in snapshots for key in missing) else None)

    def forget(self, number: MemberNumber) -> None:
        """Drop what the system said last about a member; calls under way bring nothing to remember, either."""
        self._last_known.forget(number)

    def forget_everybody(self) -> None:
        """The same for all members."""
        self._last_known.forget_everything()

    async def _fetch_and_remember(self, keys: Sequence[K]) -> Mapping[K, V]:
        begun = self._last_known.changes
        answers = await self._fetch(keys)
        self._last_known.remember(answers, begun)
        return answers
