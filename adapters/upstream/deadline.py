"""The deadline follows the request: set once where it enters, heeded by every call it leads to."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Give everything inside at most so many seconds. An earlier deadline outside stays in force."""
    until = asyncio.get_running_loop().time() + seconds
    outer = _deadline.get()
    with deadline_at(until if outer is None else min(until, outer)):
        yield


@contextmanager
def deadline_at(until: float | None) -> Iterator[None]:
    """Put this deadline (in the event loop's time; None for none) in force, whatever stood outside."""
    token = _deadline.set(until)
    try:
        yield
    finally:
        _deadline.reset(token)


def no_deadline() -> AbstractContextManager[None]:
    """Lift whatever deadline stands outside: for what takes as long as its reader does."""
    return deadline_at(None)


def current_deadline() -> float | None:
    """The deadline in force, in the event loop's time, or None."""
    return _deadline.get()


def remaining() -> float | None:
    """Seconds left until the deadline, negative once it has passed, or None without one."""
    until = _deadline.get()
    return None if until is None else until - asyncio.get_running_loop().time()
