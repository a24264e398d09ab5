"""A batch read as the ports promise it: gathered across requests, backed by what is remembered."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeVar

from adapters.errors import Incomplete
from adapters.records.member import MemberNumber
from adapters.records.snapshot import Answers, Snapshot
from adapters.upstream.calling import Upstream
from adapters.upstream.freshness import Freshness, do_fresh_answers_do
from adapters.upstream.gathered import Fetch, Gathered
from adapters.upstream.last_known import LastKnown

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


def one_record(_value: object) -> int:
    """The weight of a value that is a single record."""
    return 1


def anything_goes(_key: object) -> None:
    """The check of keys that a system would never refuse."""


class BatchRead(Generic[K, V]):
    """One batch endpoint of a legacy system. A key is a member number, or a tuple that begins with one.

    `fetch` asks the system once; it returns `Figures` where the system's answers are those of a business day.
    `weight` tells how many records a value counts as in the memory, `freshness` how long an answer may be given
    again without asking, to who says that this will do (`fresh_answers_will_do`). `check` raises for a key that the
    system would refuse, and with it a whole call: such a key must not join others in one.
    """

    def __init__(
        self,
        upstream: Upstream,
        fetch: Fetch[K, V],
        *,
        weight: Callable[[V], int] = one_record,
        freshness: Freshness | None = None,
        check: Callable[[K], object] = anything_goes,
    ) -> None:
        policy = upstream.policy
        self._system = upstream.system
        self._fetch = fetch
        self._check = check
        self._gathered = Gathered(upstream, self._fetch_and_remember)
        self._last_known: LastKnown[K, V] = LastKnown(
            policy.snapshot_entries, policy.snapshot_seconds, weight, freshness=freshness
        )

    async def __call__(self, keys: Sequence[K]) -> Answers[K, V]:
        """The answers, as far as there are any. Raises an `AdapterError` when there is not a single one,
        and what `check` raises.
        """
        snapshots = self._last_known.fresh(keys) if do_fresh_answers_do() else {}
        asked = [key for key in keys if key not in snapshots]
        if not asked:
            return Answers(snapshots)
        for key in asked:
            self._check(key)
        answers, failure = await self._gathered(asked)
        snapshots |= answers
        missing = dict.fromkeys(key for key in asked if key not in snapshots)
        if not missing:
            return Answers(snapshots)
        snapshots |= self._last_known.recall(missing)
        failure = failure or Incomplete(self._system, f"left out {len(missing)} of {len(asked)} keys")
        if not snapshots:
            raise failure
        return Answers(snapshots, failure if any(key not in snapshots for key in missing) else None)

    def forget(self, number: MemberNumber) -> None:
        """Drop what the system said about a member, fresh or not; calls under way bring nothing to remember, either."""
        self._last_known.forget(number)

    def forget_everybody(self) -> None:
        """The same for all members."""
        self._last_known.forget_everything()

    async def _fetch_and_remember(self, keys: Sequence[K]) -> Mapping[K, Snapshot[V]]:
        begun = self._last_known.changes
        return self._last_known.remember(await self._fetch(keys), begun)
