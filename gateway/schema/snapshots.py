"""Whether a value is the system's present answer."""

from typing import Any

from adapters.records import Snapshot
from gateway.schema.enums import SnapshotState


def snapshot_state(snapshot: Snapshot[Any]) -> SnapshotState:
    """CURRENT or LAST_KNOWN."""
    return SnapshotState.LAST_KNOWN if snapshot.last_known else SnapshotState.CURRENT
