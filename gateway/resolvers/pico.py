"""電子マネーPico: balances, points, unreceived money, totals and suspension, as the POS knows them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

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
from gateway.resolvers.for_many import each, only, values
from gateway.rules import prepaid
from gateway.store.records import ChangeRequest
from gateway.viewer import StaffViewer


class PicoPlace(NamedTuple):
    """A co-op that has Pico: its rules and its POS."""

    place: Place
    rules: PicoRules
    pos: PosLoaders


def enter(context: Context, number: MemberNumber, section: Section) -> PicoPlace | None:
    """Where a member's Pico is, None when the co-op has none."""
    return enter_all(context, (number,), section)


def enter_all(context: Context, numbers: Sequence[MemberNumber], section: Section) -> PicoPlace | None:
    """The same of several members."""
    place = context.enter_all(numbers, section)
    if place.coop.pico is None or place.load.pos is None:
        return None
    return PicoPlace(place, place.coop.pico, place.load.pos)


def at_pos(context: Context, number: MemberNumber, section: Section) -> PicoPlace:
    """The same for fields that only a co-op with Pico has."""
    return all_at_pos(context, (number,), section)


def all_at_pos(context: Context, numbers: Sequence[MemberNumber], section: Section) -> PicoPlace:
    """The same of several members."""
    here = enter_all(context, numbers, section)
    if here is None:
        raise Forbidden
    return here


class PicoFigures(NamedTuple):
    """残高とポイント (B1, B2), and what had been asked for and was not settled when the POS was asked."""

    balance: PrepaidBalance
    last_known: bool
    unsettled: Sequence[ChangeRequest]

    def transferable(self, unit: int) -> int:
        """Web points that can be asked for: whole units, without those that are under way (B6)."""
        return web_point_transfers.still_transferable(self.balance.web_points, self.unsettled, unit)

    def points_under_way(self) -> int:
        """Web points that are asked for and not certain to have moved."""
        return web_point_transfers.points_under_way(self.unsettled)


async def figures(
    context: Context, numbers: Sequence[MemberNumber]
) -> Mapping[MemberNumber, PicoFigures | Exception | None]:
    """Of each member; None for whom the POS has no account of, or in a co-op without Pico."""
    here = enter_all(context, numbers, Section.PICO)
    if here is None:
        return dict.fromkeys(numbers)
    unsettled = await here.place.load.own.unsettled_requests.load_all(numbers)

    def together(number: MemberNumber, known: Snapshot[PrepaidBalance | None]) -> PicoFigures | None:
        if known.value is None:
            return None
        return PicoFigures(known.value, known.last_known, unsettled[number])

    return each(await here.pos.balances.load_each(numbers), together)


async def figures_of(context: Context, number: MemberNumber) -> PicoFigures | None:
    """The same of one member; raises what there is instead."""
    return only(await figures(context, [number]), number)


async def unreceived(context: Context, number: MemberNumber) -> Sequence[PrepaidItem]:
    """未受取プリペイド, oldest first: what is posted, and for staff also what is only paid yet (X8)."""
    here = at_pos(context, number, Section.PICO)
    await under_way(here, number)
    snapshot = await here.pos.prepaid_items.load(number)
    waiting = [item for item in snapshot.value if item.received_on is None]
    if not isinstance(context.viewer, StaffViewer):
        waiting = [item for item in waiting if prepaid.is_shown(item)]
    return sorted(waiting, key=lambda item: (item.paid_on, item.slip_number))


async def lifetimes(
    context: Context, numbers: Sequence[MemberNumber]
) -> Mapping[MemberNumber, LifetimeTotals | Exception | None]:
    """累計 of each member (B30, B31)."""
    here = all_at_pos(context, numbers, Section.PICO)
    return values(await here.pos.lifetimes.load_each(numbers))


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
