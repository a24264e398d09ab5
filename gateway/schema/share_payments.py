"""出資金の入金確認 (E10, E11) and 返還 (E22, E24)."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.accounts.share_payments import SharePaymentConfirmed
from gateway.accounts.share_refunds import RefundToCancel, RefundToRecord
from gateway.resolvers import staff_accounts as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.user_errors import UserError
from gateway.store.records import ShareRefund


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


@strawberry.input(description="出資金の返還 (E22).")
class RecordShareRefundInput:
    """Whose, and when."""

    member_number: MemberNumber = strawberry.field(description="組合員番号 of who is leaving.")
    refunded_on: date = strawberry.field(description="返還日: today or earlier, not before 脱退の受付.")


@strawberry.type(
    description="The outcome: the accounts of member and guardian are closed, their sessions ended, the digital card "
    "revoked, and they are told by mail (E22, E24)."
)
class RecordShareRefundPayload:
    """What is on record, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    refunded_on: date | None = strawberry.field(default=None, description="返還日.")
    recorded_at: datetime | None = strawberry.field(
        default=None, description="記録した日時; of the first time, when it is recorded again."
    )


async def record_share_refund(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        RecordShareRefundInput, strawberry.argument(description="Whose, and when.")
    ],
) -> RecordShareRefundPayload:
    """Recorded twice it stays as it was, and no second mail goes out."""
    refund = RefundToRecord(input.member_number, input.refunded_on)
    outcome = await resolver.record_share_refund(info.context, refund)
    if isinstance(outcome, ShareRefund):
        return RecordShareRefundPayload(
            errors=[], refunded_on=outcome.refunded_on, recorded_at=outcome.recorded_at
        )
    return RecordShareRefundPayload(errors=refused(outcome, info.context.clock()))


@strawberry.input(description="返還の記録の取消 (E22).")
class CancelShareRefundInput:
    """Whose, and why."""

    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    reason: str = strawberry.field(
        description="取り消す理由, 300 characters at most; it stands in the access log."
    )


@strawberry.type(
    description="The outcome: the accounts of member and guardian are open again, and so is the digital card. They "
    "sign in anew. Nobody is told by mail (E22)."
)
class CancelShareRefundPayload:
    """What was on record, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    refunded_on: date | None = strawberry.field(default=None, description="返還日 that was on record.")


async def cancel_share_refund(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        CancelShareRefundInput, strawberry.argument(description="Whose, and why.")
    ],
) -> CancelShareRefundPayload:
    """Refused once the registry has let the member go."""
    mistake = RefundToCancel(input.member_number, input.reason)
    outcome = await resolver.cancel_share_refund(info.context, mistake)
    if isinstance(outcome, ShareRefund):
        return CancelShareRefundPayload(errors=[], refunded_on=outcome.refunded_on)
    return CancelShareRefundPayload(errors=refused(outcome, info.context.clock()))
