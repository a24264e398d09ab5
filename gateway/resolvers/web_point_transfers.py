"""ポイント受取申請 (B6–B9): a member asks for Web points as prepaid money."""

from uuid import UUID

from adapters.errors import AdapterError
from adapters.records import MemberNumber
from gateway.accounts.refusals import NotOffered
from gateway.context import Context, Section
from gateway.instructions import KeyUsedOtherwise, Recorded
from gateway.instructions.refusals import InsufficientPoints, PointsNotInUnits
from gateway.instructions.web_point_transfers import (
    certainly_to_come,
    is_in_units,
    new_transfer,
    still_transferable,
)
from gateway.resolvers import members, pico
from gateway.resolvers.accounts import signed_in
from gateway.resolvers.instructing import instruct

NOT_HERE = NotOffered("この生協では、Webポイントの受取申請は行っておりません。")


async def request_transfer(
    context: Context, points: int, key: UUID
) -> Recorded | KeyUsedOtherwise | PointsNotInUnits | InsufficientPoints | NotOffered:
    """Taken on whether or not the POS is open; refused at once when it has said that there are too few."""
    number = (await members.acted_for(context)).number
    here = pico.enter(context, number, Section.PICO)
    if here is None:
        return NOT_HERE
    unit = here.rules.points.unit
    by, now = signed_in(context).account_id, context.clock()
    new = new_transfer(number, by, key, points, now, here.place.coop.calendar.extra_closed_days)

    async def refused() -> PointsNotInUnits | InsufficientPoints | None:
        if not is_in_units(points, unit):
            return PointsNotInUnits(unit)
        left = await _left(context, here, number)
        return InsufficientPoints(left) if left is not None and points > left else None

    return await instruct(context, new, refused)


async def _left(context: Context, here: pico.PicoPlace, number: MemberNumber) -> int | None:
    """More than this there certainly is not; None while the POS does not say.

    What may have reached the POS may be taken off its balance already, and is for the POS to judge. What has not
    by now, after the POS was asked, is not.
    """
    try:
        figures = await pico.figures_of(context, number)
    except AdapterError:
        return None
    if figures is None:
        return 0
    by_now = (await here.place.store.requests.unsettled([number]))[number]
    return still_transferable(figures.balance.web_points, certainly_to_come(by_now), here.rules.points.unit)
