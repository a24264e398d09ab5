"""Asking again: only after a failure that came quickly and may pass, with jitter, never past the deadline."""

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_random_exponential,
)

from adapters.errors import Closed, Garbled, NotAsked, Unavailable
from adapters.upstream.deadline import remaining

BACK_OFF = wait_random_exponential(multiplier=0.05, max=1.0)
"""Seconds between attempts: up to 0.05, 0.1, 0.2 …, at random, so that callers do not return all at once."""


def may_pass(error: BaseException) -> bool:
    """Whether asking again may help.

    Not a system that is closed or being spared, and not one that let its time run out: it has enough to do.
    """
    return isinstance(error, (Unavailable, Garbled)) and not isinstance(error, (Closed, NotAsked))


def retrying(retries: int) -> AsyncRetrying:
    """A caller that makes at most so many further attempts and raises the error of the last one."""

    def give_up(state: RetryCallState) -> bool:
        return state.attempt_number > retries or _deadline_falls_within(state.upcoming_sleep)

    return AsyncRetrying(retry=retry_if_exception(may_pass), stop=give_up, wait=BACK_OFF, reraise=True)


def _deadline_falls_within(seconds: float) -> bool:
    left = remaining()
    return left is not None and left <= seconds
