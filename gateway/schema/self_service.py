"""登録内容の変更 (A36): password, login ID and e-mail address, with the current password again."""

from datetime import datetime
from typing import Annotated

import strawberry

from gateway.accounts.refusals import PasswordRefused
from gateway.accounts.self_service import EmailChangeStarted
from gateway.resolvers import self_service as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import Refusal, refused
from gateway.schema.scalars import CoopCode, EmailAddress
from gateway.schema.user_errors import UserError
from gateway.store.records import Account


@strawberry.input(description="パスワードの変更.")
class ChangePasswordInput:
    """The old and the new."""

    password: str | None = strawberry.field(
        default=None,
        description="現在のパスワード; left out in a session of purpose CHANGE_PASSWORD, which proves enough (A30).",
    )
    new_password: str = strawberry.field(description="新しいパスワード.")


@strawberry.type(description="The outcome of changing the password.")
class ChangePasswordPayload:
    """Nothing but errors."""

    errors: list[UserError] = strawberry.field(
        description="Empty when it worked: every other session has ended. After a reissued password this one has "
        "too, and one signs in anew."
    )


@strawberry.input(description="ログインIDの変更.")
class ChangeLoginIdInput:
    """The new ID."""

    password: str = strawberry.field(description="現在のパスワード.")
    login_id: str = strawberry.field(description="新しいログインID.")


@strawberry.type(description="The outcome of changing the login ID.")
class ChangeLoginIdPayload:
    """The new login ID, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    login_id: str | None = strawberry.field(default=None, description="ログインID from now on.")


@strawberry.input(description="メールアドレスの変更.")
class ChangeEmailInput:
    """The new address."""

    password: str = strawberry.field(description="現在のパスワード.")
    email: EmailAddress = strawberry.field(description="新しいメールアドレス.")


@strawberry.type(description="The outcome of asking for another address.")
class ChangeEmailPayload:
    """Where the URL went, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    email: EmailAddress | None = strawberry.field(
        default=None,
        description="The mail with the URL goes there; the old address stays in force until `confirmEmail`, and is "
        "told.",
    )
    expires_at: datetime | None = strawberry.field(default=None, description="The URL is good until then.")


@strawberry.input(description="メールアドレスの確認 by the mailed URL (A36, X4).")
class ConfirmEmailInput:
    """The URL's token."""

    coop: CoopCode = strawberry.field(description="生協.")
    token: str = strawberry.field(description="From the mailed URL, behind `#token=`.")


@strawberry.type(description="The outcome of confirming an address.")
class ConfirmEmailPayload:
    """The confirmed address, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    email: EmailAddress | None = strawberry.field(default=None, description="メールアドレス, confirmed.")


async def change_password(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ChangePasswordInput, strawberry.argument(description="The old and the new.")
    ],
) -> ChangePasswordPayload:
    """The owner is told by mail."""
    outcome = await resolver.change_password(info.context, input.password, input.new_password)
    if isinstance(outcome, Account):
        return ChangePasswordPayload(errors=[])
    return ChangePasswordPayload(errors=new_password_refused(info, outcome))


def new_password_refused(info: Info, refusal: Refusal) -> list[UserError]:
    """The errors where the password that may be refused is `newPassword`."""
    field = ("newPassword",) if isinstance(refusal, PasswordRefused) else ()
    return refused(refusal, info.context.clock(), *field)


async def change_login_id(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ChangeLoginIdInput, strawberry.argument(description="The new ID.")
    ],
) -> ChangeLoginIdPayload:
    """The owner is told by mail."""
    outcome = await resolver.change_login_id(info.context, input.password, input.login_id)
    if isinstance(outcome, Account):
        return ChangeLoginIdPayload(errors=[], login_id=outcome.login_id)
    return ChangeLoginIdPayload(errors=refused(outcome, info.context.clock()))


async def change_email(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ChangeEmailInput, strawberry.argument(description="The new address.")
    ],
) -> ChangeEmailPayload:
    """Nothing changes before the new address has confirmed it."""
    outcome = await resolver.change_email(info.context, input.password, input.email)
    if isinstance(outcome, EmailChangeStarted):
        email = EmailAddress(outcome.email)
        return ChangeEmailPayload(errors=[], email=email, expires_at=outcome.expires_at)
    return ChangeEmailPayload(errors=refused(outcome, info.context.clock()))


async def confirm_email(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ConfirmEmailInput, strawberry.argument(description="The token.")
    ],
) -> ConfirmEmailPayload:
    """Good once; whoever has the mail needs no session."""
    outcome = await resolver.confirm_email(info.context, input.coop, input.token)
    if isinstance(outcome, Account):
        email = None if outcome.email is None else EmailAddress(outcome.email)
        return ConfirmEmailPayload(errors=[], email=email)
    return ConfirmEmailPayload(errors=refused(outcome, info.context.clock()))
