"""The trace that looking at personal data leaves (E26, E27): who, whose, what, when, from where, outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.records import MemberNumber
from gateway.clock import Clock
from gateway.store import CoopStore
from gateway.store.records import AccessAction, AccessOutcome, NewAccessLogEntry, Origin
from gateway.viewer import SessionHolder


@dataclass(frozen=True, slots=True)
class PersonalDataView:
    """One member's data that a request looked at, or tried to. `what` names it as the schema does."""

    member_number: MemberNumber
    what: tuple[str, ...]
    outcome: AccessOutcome = AccessOutcome.ALLOWED


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
    """Writes all that one request looked at, in one insert."""
    now = clock()
    await store.access_log.record(
        [
            NewAccessLogEntry.of_session(
                viewer,
                now,
                AccessAction.VIEW,
                origin,
                outcome=view.outcome,
                member_number=view.member_number,
                what=view.what,
            )
            for view in views
        ]
    )
