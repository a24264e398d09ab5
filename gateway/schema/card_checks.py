"""デジタル組合員証の確認 by staff (E13, E24)."""

from collections.abc import Mapping
from typing import Annotated

import strawberry

from adapters.records import MemberNumber, MemberStatus
from gateway.coop import Coop
from gateway.errors import ErrorCode
from gateway.resolvers import card_checks as resolver
from gateway.resolvers.card_checks import CardFault, CardRefused, GoodCard
from gateway.rules.member_numbers import display
from gateway.schema.info import Info
from gateway.schema.refusals import input_error, refused
from gateway.schema.user_errors import UserError

CARD_CODES: Mapping[CardFault, ErrorCode] = {
    CardFault.NOT_SIGNED: ErrorCode.CARD_CODE_INVALID,
    CardFault.OF_ANOTHER_COOP: ErrorCode.CARD_OF_ANOTHER_COOP,
    CardFault.EXPIRED: ErrorCode.CARD_CODE_EXPIRED,
    CardFault.NOT_ACTIVE: ErrorCode.CARD_NOT_ACTIVE,
    CardFault.WITHDRAWN: ErrorCode.WITHDRAWN,
}
"""What is wrong with a digital card that somebody shows."""


@strawberry.input(description="デジタル組合員証の確認.")
class VerifyDigitalCardInput:
    """What the phone shows."""

    code: str = strawberry.field(description="提示用コード: `digitalCard.presentation.code`, as it was read.")


@strawberry.type(description="A digital card that is good: signed by us, fresh, active, its owner a member.")
class VerifiedCard:
    """Whose card it is. Compare the name with the person."""

    display_name: str = strawberry.field(description="券面の組合員名 (E21).")
    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    number_display: str = strawberry.field(description="組合員番号 in groups.")
    status: MemberStatus = strawberry.field(description="加入・脱退の状態.")

    @classmethod
    def of(cls, good: GoodCard, coop: Coop) -> "VerifiedCard":
        """From the check."""
        number = good.owner.number
        return cls(
            display_name=good.display_name,
            member_number=number,
            number_display=display(number, coop.member_numbers),
            status=good.owner.record().status,
        )


@strawberry.type(description="The outcome of checking a digital card.")
class VerifyDigitalCardPayload:
    """The card, or why it is not good."""

    errors: list[UserError] = strawberry.field(description="Empty when the card is good; else why it is not.")
    card: VerifiedCard | None = strawberry.field(
        default=None, description="The card; null when it is not good."
    )


async def verify_digital_card(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        VerifyDigitalCardInput, strawberry.argument(description="What the phone shows.")
    ],
) -> VerifyDigitalCardPayload:
    """Every check is in the access log, whatever its outcome."""
    outcome = await resolver.verify(info.context, input.code)
    match outcome:
        case GoodCard():
            coop = info.context.at_home().coop
            return VerifyDigitalCardPayload(errors=[], card=VerifiedCard.of(outcome, coop))
        case CardRefused(fault=fault, message=message):
            return VerifyDigitalCardPayload(errors=[input_error(CARD_CODES[fault], message, "code")])
        case _:
            return VerifyDigitalCardPayload(errors=refused(outcome, info.context.clock()))
