"""利用停止 (D1–D3): what the POS says together with what is under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID

from adapters.records import MemberNumber, Suspension
from gateway.store.records import ChangeRequest, ChangeRequestKind, NewChangeRequest

STORE_CODE = "store_code"


class PicoSuspensionState(Enum):
    """申請受付済み, 利用停止中, 利用再開の手続き中."""

    REQUESTED = "REQUESTED"
    IN_EFFECT = "IN_EFFECT"
    RESUMPTION_REQUESTED = "RESUMPTION_REQUESTED"


@dataclass(frozen=True, slots=True)
class PicoSuspension:
    """A suspension as it stands. `since` is the day it took effect, or was asked for while it has not.

    `store_code` is None when it was asked for on the Web.
    """

    state: PicoSuspensionState
    since: date
    store_code: str | None


def new_suspension(number: MemberNumber, by: UUID, key: UUID, now: datetime) -> NewChangeRequest:
    """What to write down for one that is asked for on the Web (D1)."""
    return NewChangeRequest(
        kind=ChangeRequestKind.PICO_SUSPENSION,
        member_number=number,
        requested_by=by,
        idempotency_key=key,
        details={},
        requested_at=now,
    )


def overlaid(suspension: Suspension | None, unsettled: Sequence[ChangeRequest]) -> PicoSuspension | None:
    """How a member's Pico stands, None for usable: the POS's word, then what is under way in its order."""
    standing = None if suspension is None else _in_effect(suspension)
    for request in unsettled:
        standing = _after(standing, request)
    return standing


def _in_effect(suspension: Suspension) -> PicoSuspension:
    return PicoSuspension(PicoSuspensionState.IN_EFFECT, suspension.since, suspension.store_code)


def _after(standing: PicoSuspension | None, request: ChangeRequest) -> PicoSuspension | None:
    match request.kind:
        case ChangeRequestKind.PICO_SUSPENSION:
            return _suspended_by(standing, request)
        case ChangeRequestKind.PICO_RESUMPTION:
            # Not usable before the POS has taken it off its list.
            return standing and PicoSuspension(
                PicoSuspensionState.RESUMPTION_REQUESTED, standing.since, standing.store_code
            )
        case _:
            return standing


def _suspended_by(standing: PicoSuspension | None, request: ChangeRequest) -> PicoSuspension:
    if standing is not None and standing.state is PicoSuspensionState.IN_EFFECT:
        return standing
    store_code = request.details.get(STORE_CODE)
    return PicoSuspension(
        PicoSuspensionState.REQUESTED,
        request.requested_at.date(),
        None if store_code is None else str(store_code),
    )
