"""Asking again: only after a failure that came quickly and may pass, with jitter, never past the deadline."""

import asyncio
from collections.abc import Awaitable, Callable
from random import uniform
from typing import Final, TypeVar

from adapters.errors import AdapterError, Closed, Garbled, NotAsked, Unavailable
from adapters.upstream.deadline import remaining

T = TypeVar("T")

FIRST_PAUSE: Final = 0.05
LONGEST_PAUSE: Final = 1.0


def may_pass(error: AdapterError) -> bool:
    """Whether asking again may help.

    Not a system that is closed or being spared, and not one that let its time run out: it has enough to do.
    """
    return isinstance(error, (Unavailable, Garbled)) and not isinstance(error, (Closed, NotAsked))


async def retrying(retries: int, attempt: Callable[[], Awaitable[T]]) -> T:
    """Attempt it, and at most so many times more. Raises the error of the last attempt."""
    for made in range(retries):
        try:
            return await attempt()
        except AdapterError as error:
            pause = _pause_after(made)
            if not may_pass(error) or _deadline_falls_within(pause):
                raise
        await asyncio.sleep(pause)
    return await attempt()


def _pause_after(made: int) -> float:
    """Up to 0.05, 0.1, 0.2 … seconds, at random, so that callers do not return all at once."""
    return uniform(0, min(FIRST_PAUSE * 2**made, LONGEST_PAUSE))  # noqa: S311 - no secret


def _deadline_falls_within(seconds: float) -> bool:
    left = remaining()
    return left is not None and left <= seconds
