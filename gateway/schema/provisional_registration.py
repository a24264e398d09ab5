"""仮登録からの登録: for members who have a provisional credential (A8-A19, X4)."""

from typing import Annotated

import strawberry

from gateway.accounts.provisional_registration import SentTestMail
from gateway.accounts.sign_up import SignUp
from gateway.resolvers import registration as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.scalars import EmailAddress
from gateway.schema.user_errors import UserError
from gateway.store.records import Account


@strawberry.input(description="メール送信テスト (A17).")
class SendTestMailInput:
    """Where to."""

    email: EmailAddress = strawberry.field(description="メールアドレス.")


@strawberry.type(description="The outcome of asking for a test mail.")
class SendTestMailPayload:
    """Where it went, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    email: EmailAddress | None = strawberry.field(
        default=None,
        description="The mail arrives there within a minute. If not: a typo, the spam folder, or `Coop.mailDomain` "
        "is to be let through (A23, A24).",
    )


@strawberry.input(description="登録確認 (A18).")
class CompleteRegistrationInput:
    """What the person chooses."""

    login_id: str | None = strawberry.field(
        default=None, description="希望ログインID; left out where one signs in by e-mail (E1)."
    )
    password: str = strawberry.field(description="パスワード.")
    email: EmailAddress = strawberry.field(
        description="メールアドレス, confirmed by a mailed URL afterwards (X4)."
    )
    accepted_terms: str | None = strawberry.field(
        default=None,
        description="「利用規約に同意します。」: `Coop.terms.version` as it was shown (A20, X2).",
    )


@strawberry.type(description="The outcome of the registration.")
class CompleteRegistrationPayload:
    """The login ID to sign in with, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    login_id: str | None = strawberry.field(
        default=None,
        description="ログインID: now sign in with it and the new password; the provisional session has ended (A19).",
    )


async def send_test_mail(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SendTestMailInput, strawberry.argument(description="Where to.")
    ],
) -> SendTestMailPayload:
    """Its only effect is a mail."""
    outcome = await resolver.send_test_mail(info.context, input.email)
    if isinstance(outcome, SentTestMail):
        return SendTestMailPayload(errors=[], email=EmailAddress(outcome.email))
    return SendTestMailPayload(errors=refused(outcome, info.context.clock()))


async def complete_registration(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        CompleteRegistrationInput, strawberry.argument(description="What the person chooses.")
    ],
) -> CompleteRegistrationPayload:
    """From the provisional session, which ends with it."""
    sign_up = SignUp(
        login_id=input.login_id,
        password=input.password,
        email=input.email,
        accepted_terms=input.accepted_terms,
    )
    outcome = await resolver.complete(info.context, sign_up)
    if isinstance(outcome, Account):
        return CompleteRegistrationPayload(errors=[], login_id=outcome.login_id)
    return CompleteRegistrationPayload(errors=refused(outcome, info.context.clock()))
