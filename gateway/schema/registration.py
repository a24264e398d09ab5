"""新規登録: for members without a provisional credential, in two steps (A15, A20-A26, X3)."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.accounts import registration as accounts
from gateway.accounts.sign_up import SignUp
from gateway.resolvers import registration as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.scalars import CoopCode, EmailAddress
from gateway.schema.user_errors import UserError
from gateway.store.records import Account, AccountKind


@strawberry.enum(description="Who registers (A16).")
class Registrant(Enum):
    """A member, or a member's guardian."""

    MEMBER = strawberry.enum_value("MEMBER", description="組合員本人")
    GUARDIAN = strawberry.enum_value("GUARDIAN", description="保護者")

    def to_domain(self) -> AccountKind:
        """As accounts are kept."""
        return AccountKind(self.value)


@strawberry.input(description="新規登録の申込み (A15).")
class StartRegistrationInput:
    """Who, how to reach them, and what they choose."""

    coop: CoopCode = strawberry.field(description="生協.")
    member_number: MemberNumber = strawberry.field(
        description="組合員番号; for a guardian the student's (A1)."
    )
    registrant: Registrant = strawberry.field(
        default=Registrant.MEMBER, description="組合員本人か保護者か (A16)."
    )
    birth_date: date = strawberry.field(description="組合員本人の生年月日; for a guardian the student's.")
    phone: str = strawberry.field(description="電話番号, any that the co-op has been given.")
    email: EmailAddress = strawberry.field(
        description="メールアドレス: the URL of the second step goes there."
    )
    login_id: str | None = strawberry.field(
        default=None, description="希望ログインID; left out where one signs in by e-mail (E1)."
    )
    password: str = strawberry.field(description="パスワード, asked for again at the second step (A22, X3).")
    accepted_terms: str | None = strawberry.field(
        default=None, description="「利用規約に同意します。」: `Coop.terms.version` as it was shown (A20)."
    )

    def to_domain(self) -> accounts.StartRegistration:
        """As the accounts take it."""
        return accounts.StartRegistration(
            member_number=self.member_number,
            kind=self.registrant.to_domain(),
            birth_date=self.birth_date,
            phone=self.phone,
            sign_up=SignUp(
                login_id=self.login_id,
                password=self.password,
                email=self.email,
                accepted_terms=self.accepted_terms,
            ),
        )


@strawberry.type(description="The outcome of the first step.")
class StartRegistrationPayload:
    """Where the URL went, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    email: EmailAddress | None = strawberry.field(
        default=None, description="The mail with 本登録用URL goes there, within a minute (A21, A23)."
    )
    expires_at: datetime | None = strawberry.field(default=None, description="The URL is good until then.")


@strawberry.input(description="本登録 by the mailed URL (A21, A22).")
class ConfirmRegistrationInput:
    """The URL's token, with what was chosen at the first step."""

    coop: CoopCode = strawberry.field(description="生協.")
    token: str = strawberry.field(description="From the mailed URL, behind `#token=`.")
    login_id: str = strawberry.field(
        description="希望ログインID, or メールアドレス where one signs in by e-mail."
    )
    password: str = strawberry.field(description="パスワード of the first step (A22).")


@strawberry.type(description="The outcome of the second step.")
class ConfirmRegistrationPayload:
    """The login ID to sign in with, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    login_id: str | None = strawberry.field(
        default=None, description="ログインID: now sign in with it. No session has begun (A19)."
    )


async def start_registration(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        StartRegistrationInput, strawberry.argument(description="Who, and what they choose.")
    ],
) -> StartRegistrationPayload:
    """Checked against the registry; throttled before anything is looked at (X21)."""
    outcome = await resolver.start(info.context, input.coop, input.to_domain())
    if isinstance(outcome, accounts.RegistrationStarted):
        return StartRegistrationPayload(
            errors=[], email=EmailAddress(outcome.email), expires_at=outcome.expires_at
        )
    return StartRegistrationPayload(errors=refused(outcome, info.context.clock()))


async def confirm_registration(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ConfirmRegistrationInput, strawberry.argument(description="The token, ID and password.")
    ],
) -> ConfirmRegistrationPayload:
    """Good once."""
    wanted = accounts.ConfirmRegistration(token=input.token, login_id=input.login_id, password=input.password)
    outcome = await resolver.confirm(info.context, input.coop, wanted)
    if isinstance(outcome, Account):
        return ConfirmRegistrationPayload(errors=[], login_id=outcome.login_id)
    return ConfirmRegistrationPayload(errors=refused(outcome, info.context.clock()))
