"""Which classes' instances are ordinary values: neither null nor awaitable nor an exception to be raised."""

from asyncio import Future
from types import CoroutineType, FunctionType, GeneratorType
from typing import Any

from graphql.pyutils import UndefinedType, is_awaitable, is_iterable

NEVER_PLAIN = (BaseException, type(None), UndefinedType, CoroutineType, GeneratorType, Future)


class PlainClasses:
    """Classes seen so far whose instances are plain. Generated source asks `type(value) in plain` first."""

    def __init__(self) -> None:
        self.seen: set[type] = {str, int, float, bool, bytes, list, tuple, dict}

    def accepts(self, value: Any) -> bool:
        """Whether a value is plain; remembers its class unless each instance may differ."""
        if isinstance(value, NEVER_PLAIN) or is_awaitable(value):
            return False
        if not _may_differ(type(value)):
            self.seen.add(type(value))
        return True


def is_plain(class_: type) -> bool:
    """Whether all instances of a class are plain, as far as the class tells."""
    return not (issubclass(class_, NEVER_PLAIN) or hasattr(class_, "__await__") or _may_differ(class_))


def _may_differ(class_: type) -> bool:
    """Whether a class works out its instances' attributes in Python, so that some may be awaitable and others not."""
    return any(
        isinstance(getattr(class_, name, None), FunctionType) for name in ("__getattr__", "__getattribute__")
    )


def is_plain_iterable(value: Any) -> bool:
    """Whether a list can be made of a value by iterating over it here and now."""
    return is_iterable(value) and not (
        isinstance(value, BaseException) or hasattr(value, "__aiter__") or is_awaitable(value)
    )
