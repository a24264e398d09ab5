"""Whether a value is the system's present answer."""

from typing import Protocol

from gateway.schema.enums import SnapshotState


class Answer(Protocol):
    """Of a legacy system."""

    @property
    def last_known(self) -> bool:
        """Whether it is what the system said before it fell silent."""


def snapshot_state(answer: Answer) -> SnapshotState:
    """CURRENT or LAST_KNOWN."""
    return SnapshotState.LAST_KNOWN if answer.last_known else SnapshotState.CURRENT
