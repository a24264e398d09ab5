"""ログインIDを忘れた, パスワードを忘れた (A28-A31, E3, E4): one answer whether or not there is such an account."""

from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.accounts.recovery import RecoveryRequested
from gateway.resolvers import recovery as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.scalars import CoopCode, EmailAddress
from gateway.schema.self_service import new_password_refused
from gateway.schema.user_errors import UserError
from gateway.store.records import Account


@strawberry.input(description="ログインIDを忘れた (A28).")
class RequestLoginIdReminderInput:
    """Number and address."""

    coop: CoopCode = strawberry.field(description="生協.")
    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    email: EmailAddress = strawberry.field(description="登録時のメールアドレス.")


@strawberry.type(description="The outcome of asking for the login ID.")
class RequestLoginIdReminderPayload:
    """What to tell the person, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    message: str | None = strawberry.field(
        default=None, description="For the person: the same whether or not there is such an account."
    )


@strawberry.input(description="パスワードを忘れた (A29, E3).")
class RequestPasswordResetInput:
    """Whose password."""

    coop: CoopCode = strawberry.field(description="生協.")
    identifier: str = strawberry.field(
        description="ログインID, or メールアドレス where one signs in by e-mail."
    )
    member_number: MemberNumber | None = strawberry.field(
        default=None, description="組合員番号; needed where one signs in by login ID (A29)."
    )


@strawberry.type(description="The outcome of asking for a new password.")
class RequestPasswordResetPayload:
    """What to tell the person, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    message: str | None = strawberry.field(
        default=None,
        description="For the person: the same whether or not there is such an account. What comes by mail is the "
        "co-op's `passwordRecovery` (X15).",
    )


@strawberry.input(description="新しいパスワードの登録 (E4).")
class ResetPasswordInput:
    """The URL's token and the password that the owner chooses."""

    coop: CoopCode = strawberry.field(description="生協.")
    token: str = strawberry.field(description="From the mailed URL, behind `#token=`.")
    new_password: str = strawberry.field(description="新しいパスワード.")


@strawberry.type(description="The outcome of setting the new password.")
class ResetPasswordPayload:
    """Nothing but errors: now one signs in."""

    errors: list[UserError] = strawberry.field(
        description="Empty when it worked: every session has ended, and one signs in with the new password."
    )


async def request_login_id_reminder(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        RequestLoginIdReminderInput, strawberry.argument(description="Number and address.")
    ],
) -> RequestLoginIdReminderPayload:
    """The ID goes to the registered address only."""
    outcome = await resolver.request_login_id_reminder(
        info.context, input.coop, input.member_number, input.email
    )
    if isinstance(outcome, RecoveryRequested):
        return RequestLoginIdReminderPayload(errors=[], message=outcome.message)
    return RequestLoginIdReminderPayload(errors=refused(outcome, info.context.clock()))


async def request_password_reset(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        RequestPasswordResetInput, strawberry.argument(description="Whose password.")
    ],
) -> RequestPasswordResetPayload:
    """A reissued password or a URL goes to the registered address only."""
    outcome = await resolver.request_password_reset(
        info.context, input.coop, input.identifier, input.member_number
    )
    if isinstance(outcome, RecoveryRequested):
        return RequestPasswordResetPayload(errors=[], message=outcome.message)
    return RequestPasswordResetPayload(errors=refused(outcome, info.context.clock()))


async def reset_password(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ResetPasswordInput, strawberry.argument(description="The token and the new password.")
    ],
) -> ResetPasswordPayload:
    """Good once; the owner is told by mail."""
    outcome = await resolver.reset_password(info.context, input.coop, input.token, input.new_password)
    if isinstance(outcome, Account):
        return ResetPasswordPayload(errors=[])
    return ResetPasswordPayload(errors=new_password_refused(info, outcome))
