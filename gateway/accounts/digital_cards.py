"""デジタル組合員証の認証 (E13): once for each member; a card that has ended stays ended (E14, E24)."""

from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import CardRevoked
from gateway.store.records import (
    AccessAction,
    DigitalCard,
    DigitalCardState,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import MemberViewer


async def activate_card(
    entrance: Entrance, viewer: MemberViewer, origin: Origin
) -> DigitalCard | CardRevoked:
    """Makes the member's card ACTIVE. Asked again, nothing more happens."""
    number = viewer.member_number
    async with entrance.store.transaction() as within:
        if await within.digital_cards.activate(number, entrance.clock()):
            await within.access_log.record([_entry(entrance, viewer, origin)])
        card = (await within.digital_cards.of_members([number]))[number]
    return card if card is not None and card.state is DigitalCardState.ACTIVE else CardRevoked()


def _entry(entrance: Entrance, viewer: MemberViewer, origin: Origin) -> NewAccessLogEntry:
    return NewAccessLogEntry.of_session(
        viewer,
        entrance.clock(),
        AccessAction.CARD_ACTIVATED,
        origin,
        member_number=viewer.member_number,
    )
