"""ポイント受取申請: Web points become unreceived prepaid money, in whole units (B6–B9)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from adapters.records import MemberNumber
from gateway.rules.business_days import ClosedDays, collection_day
from gateway.rules.points import transferable
from gateway.store.records import (
    ChangeRequest,
    ChangeRequestKind,
    ChangeRequestState,
    Details,
    NewChangeRequest,
)

POINTS = "points"
AVAILABLE_FROM = "available_from"


def new_transfer(
    number: MemberNumber, by: UUID, key: UUID, points: int, now: datetime, closed_days: ClosedDays
) -> NewChangeRequest:
    """What to write down. The money is handed out two collection days after the request (B8, B9, X6)."""
    return NewChangeRequest(
        kind=ChangeRequestKind.WEB_POINT_TRANSFER,
        member_number=number,
        requested_by=by,
        idempotency_key=key,
        details={POINTS: points},
        requested_at=now,
        worked_out={AVAILABLE_FROM: collection_day(now.date(), closed_days).isoformat()},
    )


def carried_out(request: ChangeRequest, now: datetime, closed_days: ClosedDays) -> Details:
    """What is known of a request once it is done: the POS counts from the day on which it moved the points.

    So where it was out past midnight, they can be collected later than was said, and never earlier.
    """
    if request.kind is not ChangeRequestKind.WEB_POINT_TRANSFER:
        return {}
    return {AVAILABLE_FROM: max(available_from(request), collection_day(now.date(), closed_days)).isoformat()}


def points_of(request: ChangeRequest) -> int:
    """How many points a transfer moves."""
    return int(request.details[POINTS])


def available_from(request: ChangeRequest) -> date:
    """From when its money is handed out."""
    return date.fromisoformat(str(request.details[AVAILABLE_FROM]))


def transfers_under_way(unsettled: Sequence[ChangeRequest]) -> list[ChangeRequest]:
    """The transfers among what is under way, in the order in which they were asked for."""
    return [request for request in unsettled if request.kind is ChangeRequestKind.WEB_POINT_TRANSFER]


def certainly_to_come(unsettled: Sequence[ChangeRequest]) -> list[ChangeRequest]:
    """What is under way and has not reached the POS: of the rest, nobody knows before it is settled."""
    return [request for request in unsettled if request.state is ChangeRequestState.RECEIVED]


def points_under_way(unsettled: Sequence[ChangeRequest]) -> int:
    """Web points that are asked for and may not have moved yet."""
    return sum(points_of(request) for request in transfers_under_way(unsettled))


def still_transferable(web_points: int, unsettled: Sequence[ChangeRequest], unit: int) -> int:
    """What can be asked for besides: whole units of what is not under way (B6)."""
    return transferable(web_points - points_under_way(unsettled), unit)


def is_in_units(points: int, unit: int) -> bool:
    """Whether so many points can be asked for at all (B6)."""
    return points > 0 and points % unit == 0
