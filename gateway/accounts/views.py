"""The trace that looking at personal data leaves (E26, E27): who, whose, what, when, from where, outcome."""

from collections.abc import Sequence

from gateway.clock import Clock
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    NewAccessLogEntry,
    Origin,
    PersonalDataView,
)
from gateway.viewer import SessionHolder


async def log_not_permitted(
    store: CoopStore, viewer: SessionHolder, fields: Sequence[str], origin: Origin, clock: Clock
) -> None:
    """Writes that a viewer asked for root fields that are not for their role."""
    entry = NewAccessLogEntry.of_session(
        viewer,
        clock(),
        AccessAction.NOT_PERMITTED,
        origin,
        outcome=AccessOutcome.REFUSED,
        what=tuple(fields),
    )
    await store.access_log.record([entry])


async def log_views(
    store: CoopStore,
    viewer: SessionHolder,
    views: Sequence[PersonalDataView],
    origin: Origin,
    clock: Clock,
) -> None:
    """Writes all that one request looked at, an entry for each view; all of them or none."""
    looked = NewAccessLogEntry.of_session(viewer, clock(), AccessAction.VIEW, origin)
    await store.access_log.record_views(looked, views)
