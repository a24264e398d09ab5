"""A legacy system at the end of a call, steered by hand, and the policies the tests call it under."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from adapters.errors import AdapterError
from adapters.upstream import Policy

SYSTEM = "hirosaki/pos"


def policy(
    *,
    timeout_seconds: float = 5.0,
    max_concurrent_calls: int = 4,
    max_waiting: int = 8,
    batch_limit: int = 3,
    max_batch_calls: int = 1,
    gather_seconds: float = 0.0,
    retries: int = 0,
    breaker_failures: int = 3,
    breaker_seconds: float = 30.0,
    snapshot_entries: int = 100,
) -> Policy:
    """A policy with small numbers, each of which a test may choose."""
    return Policy(
        timeout_seconds=timeout_seconds,
        max_connections=4,
        max_concurrent_calls=max_concurrent_calls,
        max_waiting=max_waiting,
        batch_limit=batch_limit,
        max_batch_calls=max_batch_calls,
        gather_seconds=gather_seconds,
        retries=retries,
        breaker_failures=breaker_failures,
        breaker_seconds=breaker_seconds,
        snapshot_entries=snapshot_entries,
    )


@dataclass
class Arrived:
    """A call that has reached the system and waits for what the test makes of it."""

    keys: tuple[int, ...]
    answer: "asyncio.Future[Mapping[int, str]]"
    left_out: Sequence[int] = ()

    def succeed(self, *, without: Sequence[int] = ()) -> None:
        """Answer for every key but some."""
        self.left_out = without
        self.answer.set_result({key: answer_for(key) for key in self.keys if key not in without})

    def fail(self, error: BaseException) -> None:
        """Break off with an error."""
        self.answer.set_exception(error)


@dataclass
class HandSteered:
    """A batch endpoint whose calls wait until the test lets them end."""

    calls: list[Arrived] = field(default_factory=list)

    async def fetch(self, keys: Sequence[int]) -> Mapping[int, str]:
        """What an adapter's `fetch` is."""
        arrived = Arrived(tuple(keys), asyncio.get_running_loop().create_future())
        self.calls.append(arrived)
        return await arrived.answer


@dataclass
class Scripted:
    """A call that does at once what the script says, a line a call, and its last line for ever after."""

    script: list[AdapterError | str]
    calls: int = 0

    async def __call__(self) -> str:
        """What an adapter's call is."""
        step = self.script[min(self.calls, len(self.script) - 1)]
        self.calls += 1
        if isinstance(step, AdapterError):
            raise step
        return step


def answer_for(key: int) -> str:
    """The one right answer for a key."""
    return f"answer {key}"


def answers_for(*keys: int) -> dict[int, str]:
    """The right answers for these keys."""
    return {key: answer_for(key) for key in keys}
