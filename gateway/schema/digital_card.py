"""デジタル組合員証 (E13–E24)."""

from datetime import date, datetime

import strawberry

from gateway import card_signature
from gateway.resolvers.digital_cards import ShownCard
from gateway.schema.enums import DigitalCardState


@strawberry.type(description="提示用コード: signed, good for a minute, checked by staff.")
class CardPresentation:
    """What the phone shows."""

    code: str = strawberry.field(description="To be shown as a code.")
    expires_at: datetime = strawberry.field(description="Ask for another after this.")

    @classmethod
    def of(cls, record: card_signature.CardPresentation) -> "CardPresentation":
        """From the signer."""
        return cls(code=record.code, expires_at=record.expires_at)


@strawberry.type(description="デジタル組合員証.")
class DigitalCard:
    """A member's digital card."""

    state: DigitalCardState = strawberry.field(description="状態.")
    display_name: str = strawberry.field(
        description="券面の組合員名: the old name until a change takes effect (E21)."
    )
    name_effective_from: date | None = strawberry.field(
        description="新しい氏名に変わる日, three business days after the change was taken up (E21, X18); "
        "null when none is waiting."
    )
    presentation: CardPresentation | None = strawberry.field(
        description="Only for the member who owns it, and only while it is ACTIVE."
    )

    @classmethod
    def of(cls, record: ShownCard) -> "DigitalCard":
        """From the resolver's record."""
        presentation = record.presentation
        state = (
            DigitalCardState.NOT_ACTIVATED
            if record.card is None
            else DigitalCardState[record.card.state.name]
        )
        return cls(
            state=state,
            display_name=record.display_name,
            name_effective_from=record.name_effective_from,
            presentation=None if presentation is None else CardPresentation.of(presentation),
        )
