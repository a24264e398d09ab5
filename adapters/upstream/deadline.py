"""The deadline follows the request: set once where it enters, heeded by every call it leads to."""

import asyncio
from contextlib import AbstractContextManager
from contextvars import ContextVar, Token

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


def deadline(seconds: float) -> AbstractContextManager[None]:
    """Give everything inside at most so many seconds from now. An earlier deadline outside stays in force."""
    until = asyncio.get_running_loop().time() + seconds
    outer = _deadline.get()
    return deadline_at(until if outer is None else min(until, outer))


def deadline_at(until: float | None) -> AbstractContextManager[None]:
    """Put this deadline (in the event loop's time; None for none) in force, whatever stood outside."""
    return _InForce(until)


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


class _InForce:
    """Every request goes through one: a generator would take five times as long."""

    __slots__ = ("_token", "_until")

    def __init__(self, until: float | None) -> None:
        self._until = until

    def __enter__(self) -> None:
        self._token: Token[float | None] = _deadline.set(self._until)

    def __exit__(self, *_: object) -> None:
        _deadline.reset(self._token)
