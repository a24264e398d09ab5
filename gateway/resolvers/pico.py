"""電子マネーPico: balances, points, unreceived money, totals and suspension, as the POS knows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from adapters.errors import AdapterError
from adapters.records import (
    LifetimeTotals,
    Member,
    MemberNumber,
    PrepaidBalance,
    PrepaidItem,
    Snapshot,
    WebPointEntry,
)
from gateway.context import Context, Place, Section
from gateway.coop_config.rules import PicoRules
from gateway.errors import Forbidden
from gateway.instructions import web_point_transfers
from gateway.instructions.suspensions import PicoSuspension, overlaid
from gateway.loaders import PosLoaders
from gateway.resolvers import meal_cards
from gateway.resolvers.for_many import loaded, outcomes
from gateway.rules import prepaid
from gateway.store.records import ChangeRequest
from gateway.viewer import StaffViewer


@dataclass(frozen=True, slots=True)
class PicoPlace:
    """A co-op that has Pico: its rules and its POS."""

    place: Place
    rules: PicoRules
    pos: PosLoaders


def enter(context: Context, number: MemberNumber, section: Section) -> PicoPlace | None:
    """Where a member's Pico is, None when the co-op has none."""
    place = context.enter(number, section)
    if place.coop.pico is None or place.load.pos is None:
        return None
    return PicoPlace(place, place.coop.pico, place.load.pos)


def at_pos(context: Context, number: MemberNumber, section: Section) -> PicoPlace:
    """The same for fields that only a co-op with Pico has."""
    here = enter(context, number, section)
    if here is None:
        raise Forbidden
    return here


async def balance(context: Context, number: MemberNumber) -> Snapshot[PrepaidBalance] | None:
    """残高とポイント (B1, B2); None for a member the POS has no account of, or a co-op without Pico."""
    here = enter(context, number, Section.PICO)
    if here is None:
        return None
    await under_way(here, number)
    snapshot = await here.pos.balances.load(number)
    return None if snapshot.value is None else Snapshot(snapshot.value, snapshot.last_known)


async def balances(
    context: Context, numbers: Sequence[MemberNumber]
) -> Mapping[MemberNumber, Snapshot[PrepaidBalance] | Exception | None]:
    """The same of several members."""
    load = context.at_home().load
    if load.pos is not None:
        await loaded(load.own.unsettled_requests, numbers)
        await loaded(load.pos.balances, numbers)
    return await outcomes(numbers, partial(balance, context))


async def unreceived(context: Context, number: MemberNumber) -> Sequence[PrepaidItem]:
    """未受取プリペイド, oldest first: what is posted, and for staff also what is only paid yet (X8)."""
    here = at_pos(context, number, Section.PICO)
    await under_way(here, number)
    snapshot = await here.pos.prepaid_items.load(number)
    waiting = [item for item in snapshot.value if item.received_on is None]
    if not isinstance(context.viewer, StaffViewer):
        waiting = [item for item in waiting if prepaid.is_shown(item)]
    return sorted(waiting, key=lambda item: (item.paid_on, item.slip_number))


async def lifetime(context: Context, number: MemberNumber) -> LifetimeTotals | None:
    """累計 (B30, B31)."""
    here = at_pos(context, number, Section.PICO)
    return (await here.pos.lifetimes.load(number)).value


async def suspension(context: Context, number: MemberNumber) -> PicoSuspension | None:
    """利用停止 (D1), None while Pico is usable: as the POS has it, with what is under way.

    A suspension that is under way is told while the POS does not answer, too.
    """
    here = at_pos(context, number, Section.PICO)
    unsettled = await under_way(here, number)
    try:
        known = await here.pos.suspensions.load(number)
    except AdapterError:
        asked_for = overlaid(None, unsettled)
        if asked_for is None:
            raise
        return asked_for
    return overlaid(known.value, unsettled)


async def follow_ups(context: Context, number: MemberNumber) -> Sequence[str]:
    """What remains to be done after a suspension: at the dining hall, by who may have a meal card (D4, X12)."""
    text = context.at_home().coop.texts.meal_card_follow_up
    if not text:
        return []
    try:
        contract = await meal_cards.contract(context, number)
    except AdapterError:
        return [text]
    return [] if contract is None else [text]


async def transferable(context: Context, balance: PrepaidBalance) -> int:
    """Web points that can be asked for: whole units, without those that are under way (B6)."""
    here = at_pos(context, balance.member_number, Section.PICO)
    unsettled = await under_way(here, balance.member_number)
    return web_point_transfers.still_transferable(balance.web_points, unsettled, here.rules.points.unit)


async def points_under_way(context: Context, number: MemberNumber) -> int:
    """Web points that are asked for and not certain to have moved."""
    here = at_pos(context, number, Section.PICO)
    return web_point_transfers.points_under_way(await under_way(here, number))


async def unsettled(context: Context, number: MemberNumber) -> Sequence[ChangeRequest]:
    """What has been asked for and is under way, oldest first (B7, B11)."""
    return await under_way(at_pos(context, number, Section.PICO), number)


async def under_way(here: PicoPlace, number: MemberNumber) -> Sequence[ChangeRequest]:
    """What has been asked for and is not settled, from the gateway's own store.

    To be read before the POS is asked: what is settled in between, the POS knows when it answers.
    """
    return await here.place.load.own.unsettled_requests.load(number)


async def web_points(context: Context, number: MemberNumber) -> Sequence[WebPointEntry]:
    """Webポイントの履歴, newest first (B5)."""
    here = at_pos(context, number, Section.PICO)
    entries = (await here.pos.web_points.load(number)).value
    return sorted(entries, key=lambda entry: (entry.occurred_on, entry.sequence), reverse=True)


def usable_until(context: Context, member: Member) -> date | None:
    """The last day of use, at the end of the year of graduation (B23, X11)."""
    here = at_pos(context, member.number, Section.PICO)
    return prepaid.usable_until(member, here.rules.prepaid, context.today)
