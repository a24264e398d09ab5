"""デジタル組合員証の認証 (E13, E17, E24)."""

import strawberry

from gateway.resolvers import digital_cards as resolver
from gateway.resolvers import members
from gateway.schema.digital_card import DigitalCard
from gateway.schema.info import Info
from gateway.schema.refusals import refused_as_a_whole
from gateway.schema.user_errors import UserError
from gateway.store import records


@strawberry.type(description="The outcome: the card is ACTIVE. Asked for again, it stays as it was.")
class ActivateDigitalCardPayload:
    """The card, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")

    @strawberry.field(
        description="デジタル組合員証, ready to be presented. Null with an error while the registry does not answer."
    )
    async def digital_card(self, info: Info) -> DigitalCard | None:
        """As `Member.digitalCard` says it from now on."""
        if self.errors:
            return None
        member = await members.acted_for(info.context)
        shown = await resolver.of_member(info.context, member.record())
        return None if shown is None else DigitalCard.of(shown)


async def activate_digital_card(info: Info) -> ActivateDigitalCardPayload:
    """Takes no input: it is one's own card."""
    outcome = await resolver.activate(info.context)
    if isinstance(outcome, records.DigitalCard):
        return ActivateDigitalCardPayload(errors=[])
    return ActivateDigitalCardPayload(errors=refused_as_a_whole(outcome))
