"""出資金の入金確認 (E10, E11)."""

from datetime import datetime
from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.accounts.share_payments import SharePaymentConfirmed
from gateway.resolvers import staff_accounts as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.user_errors import UserError


@strawberry.input(description="出資金の入金確認 (E10).")
class ConfirmSharePaymentInput:
    """Whose."""

    member_number: MemberNumber = strawberry.field(description="組合員番号.")


@strawberry.type(description="The outcome: from now on a member, who is invited to MyPage by mail (E11).")
class ConfirmSharePaymentPayload:
    """When it was confirmed, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    confirmed_at: datetime | None = strawberry.field(
        default=None, description="入金を確認した日時; of the first time, when it is confirmed again."
    )
    invited: bool = strawberry.field(
        default=False,
        description="登録方法のご案内 is on its way by mail, once; false when the registry has no address.",
    )


async def confirm_share_payment(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ConfirmSharePaymentInput, strawberry.argument(description="Whose.")
    ],
) -> ConfirmSharePaymentPayload:
    """Confirmed twice it stays as it was, and no second mail goes out."""
    outcome = await resolver.confirm_share_payment(info.context, input.member_number)
    if isinstance(outcome, SharePaymentConfirmed):
        return ConfirmSharePaymentPayload(
            errors=[], confirmed_at=outcome.payment.confirmed_at, invited=outcome.invited
        )
    return ConfirmSharePaymentPayload(errors=refused(outcome, info.context.clock()))
