"""デジタル組合員証 (E13–E24)."""

from dataclasses import dataclass
from datetime import date

from adapters.records import Member
from gateway.accounts.digital_cards import activate_card
from gateway.accounts.refusals import CardRevoked, DeviceUnsupported, MyPageRequired, NotOffered
from gateway.card_signature import CardPresentation
from gateway.client_device import ClientDevice
from gateway.context import Context, Section
from gateway.coop_terms import CoopFeature
from gateway.errors import Forbidden
from gateway.resolvers import members
from gateway.resolvers.entrances import own_entrance
from gateway.rules.business_days import card_name_day
from gateway.store.records import DigitalCard, DigitalCardState
from gateway.viewer import LimitedViewer, MemberViewer, SessionPurpose

NOT_HERE = NotOffered("この生協では、デジタル組合員証のお取り扱いはありません。")


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A digital card as it is shown today. `name_effective_from` is set while a new name waits (E21, X18)."""

    card: DigitalCard | None
    display_name: str
    name_effective_from: date | None
    presentation: CardPresentation | None


async def of_member(context: Context, member: Member) -> ShownCard | None:
    """The member's card, None where the co-op has none. Only its owner can present it, and only while it is active."""
    place = context.enter(member.number, Section.DIGITAL_CARD)
    if CoopFeature.DIGITAL_CARD not in place.coop.features:
        return None
    card = await place.load.own.digital_cards.load(member.number)
    display_name, name_effective_from = await _name_on_card(context, member)
    return ShownCard(card, display_name, name_effective_from, _presentation(context, member, card))


async def activate(
    context: Context,
) -> DigitalCard | MyPageRequired | DeviceUnsupported | CardRevoked | NotOffered:
    """認証: for the member who has registered (E13), on anything but a feature phone (E17)."""
    entrance, viewer = own_entrance(context), context.viewer
    if CoopFeature.DIGITAL_CARD not in entrance.coop.features:
        return NOT_HERE
    if isinstance(viewer, LimitedViewer) and viewer.purpose is SessionPurpose.REGISTER:
        return MyPageRequired()
    if not isinstance(viewer, MemberViewer):
        raise Forbidden
    if context.device is ClientDevice.FEATURE_PHONE:
        return DeviceUnsupported()
    number = (await members.acted_for(context)).number
    place = context.enter(number, Section.DIGITAL_CARD)
    outcome = await activate_card(entrance, viewer, context.origin)
    place.load.own.digital_cards.clear(number)
    return outcome


async def _name_on_card(context: Context, member: Member) -> tuple[str, date | None]:
    """The old name until three business days after the change was taken up, then the new one."""
    place = context.enter(member.number, Section.DIGITAL_CARD)
    change = (await place.load.registry.name_changes.load(member.number)).value
    if change is None:
        return member.name, None
    effective_from = card_name_day(change.accepted_on, place.coop.calendar.extra_closed_days)
    if context.today < effective_from:
        return change.old_name, effective_from
    return member.name, None


def _presentation(context: Context, member: Member, card: DigitalCard | None) -> CardPresentation | None:
    active = card is not None and card.state is DigitalCardState.ACTIVE
    if not active or not isinstance(context.viewer, MemberViewer):
        return None
    return context.house.card_signer.present(context.viewer.coop_code, member.number, context.clock())
