"""What becomes of the answer to one statement on its way to the client."""

from collections.abc import Callable, Mapping
from typing import Protocol

from legacy.registry.gate.messages import Message, with_garbled_values

_DATA_ROW = b"D"
_COMMAND_COMPLETE = b"C"
READY_FOR_QUERY = b"Z"


class BrokenOff(Exception):
    """The connection ends here; `last` is what the client still gets."""

    def __init__(self, last: bytes) -> None:
        super().__init__()
        self.last = last


class Answer(Protocol):
    """Takes the messages of one answer in turn and gives what the client gets of each."""

    def passed_on(self, message: Message) -> bytes: ...


class Whole:
    """An answer nothing happens to."""

    def passed_on(self, message: Message) -> bytes:
        """All of it."""
        return message.raw


class Partial:
    """Every second row is left out; the tag still says how many there were."""

    def __init__(self) -> None:
        self._rows = 0

    def passed_on(self, message: Message) -> bytes:
        """Nothing of the second, fourth … row."""
        if message.kind == _DATA_ROW:
            self._rows += 1
            return message.raw if self._rows % 2 else b""
        return message.raw


class Garbled:
    """Values and tag are bytes that cannot be read."""

    def passed_on(self, message: Message) -> bytes:
        """The same message around other bytes."""
        if message.kind in {_DATA_ROW, _COMMAND_COMPLETE}:
            return with_garbled_values(message)
        return message.raw


class Truncated:
    """Held back until it is whole; then half of it goes out and the connection ends."""

    def __init__(self) -> None:
        self._held = b""

    def passed_on(self, message: Message) -> bytes:
        """Nothing, until the end raises `BrokenOff` with the first half."""
        self._held += message.raw
        if message.kind == READY_FOR_QUERY:
            raise BrokenOff(self._held[: len(self._held) // 2])
        return b""


SPOILED: Mapping[str, Callable[[], Answer]] = {
    "partial": Partial,
    "garbled": Garbled,
    "truncated": Truncated,
}
"""By the name of the fault."""
