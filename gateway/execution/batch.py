"""A field that is resolved for all objects of a level by one call: from keys to what was found for each."""

from asyncio import CancelledError
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any

from gateway.execution.giving_up import Bucket, GivenUp, gave_up

if TYPE_CHECKING:
    from gateway.execution.run import Run

Found = Mapping[Any, Any]
"""By key; an exception is the error of every object with that key."""


class Batch:
    """One call under way. `keys` are those of the objects in the bucket, `distinct` each of them once."""

    __slots__ = ("_failures", "call", "distinct", "keys")

    call: Awaitable[Found]

    def __init__(self, bucket: Bucket, key: Callable[[Any], Hashable]) -> None:
        self._failures: dict[Any, Exception] = {}
        self.keys: list[Any] = []
        for entry in bucket:
            try:
                self.keys.append(key(entry[0]))
            except Exception as error:
                own_key = object()
                self.keys.append(own_key)
                self._failures[own_key] = error
        self.distinct = [each for each in dict.fromkeys(self.keys) if each not in self._failures]

    async def found(self, run: "Run") -> Found:
        """What was found, or the error for all of them."""
        try:
            found = await self.call
        except CancelledError:
            gave_up(run, self.call)
            return dict.fromkeys(self.keys, GivenUp())
        except Exception as error:
            return dict.fromkeys(self.keys, error)
        return {**found, **self._failures} if self._failures else found
