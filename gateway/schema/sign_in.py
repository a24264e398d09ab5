"""ログイン and ログアウト: the first form of signing in."""

from typing import Annotated

import strawberry

from gateway.accounts import InvalidCredentials
from gateway.coop_terms import SignInIdentifier
from gateway.errors import ErrorCode
from gateway.resolvers import coops
from gateway.resolvers import sign_in as resolver
from gateway.schema.enums import SessionTransport
from gateway.schema.info import Info
from gateway.schema.scalars import CoopCode
from gateway.schema.viewer import Viewer


@strawberry.interface(description="What a person can put right in what they entered.")
class UserError:
    """An error that is part of the answer."""

    code: ErrorCode = strawberry.field(description="What is wrong.")
    message: str = strawberry.field(description="For the person, in Japanese.")
    path: list[str] | None = strawberry.field(description="The input field, from `input` on.")


@strawberry.type(description="An input that cannot be accepted.")
class InputError(UserError):
    """Needs nothing beyond code, message and path."""


@strawberry.input(description="Who wants to sign in.")
class SignInInput:
    """Credentials."""

    coop: CoopCode = strawberry.field(description="生協.")
    identifier: str = strawberry.field(
        description="ログインID, or メールアドレス where the co-op says so (E1)."
    )
    password: str = strawberry.field(description="パスワード, exactly as chosen.")
    transport: SessionTransport = strawberry.field(
        default=SessionTransport.COOKIE, description="How the session is to travel."
    )
    device_label: str | None = strawberry.field(
        default=None, description="What to call this device in the list of sessions."
    )


@strawberry.type(description="The outcome of signing in.")
class SignInPayload:
    """A viewer, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    viewer: Viewer | None = strawberry.field(description="Who is signed in now.")
    token: str | None = strawberry.field(
        description="For transport TOKEN: send it as `Authorization: Bearer …`. Shown this once."
    )


@strawberry.type(description="The outcome of signing out.")
class SignOutPayload:
    """Nothing but errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")


@strawberry.input(description="Which session to end.")
class EndSessionInput:
    """One of one's own."""

    session_id: strawberry.ID = strawberry.field(description="`id` of `account.sessions`.")


@strawberry.type(description="The outcome of ending a session.")
class EndSessionPayload:
    """Nothing but errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")


async def sign_in(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SignInInput, strawberry.argument(description="Who, where and how.")
    ],
) -> SignInPayload:
    """The same answer whether the identifier is unknown or the password is wrong (A37, E1)."""
    credentials = resolver.Credentials(
        input.coop, input.identifier.strip(), input.password, input.device_label
    )
    outcome = await resolver.sign_in(info.context, credentials)
    if isinstance(outcome, InvalidCredentials):
        return SignInPayload(errors=[_invalid_credentials(info, input.coop)], viewer=None, token=None)
    viewer = Viewer.of(outcome.account)
    if input.transport is SessionTransport.TOKEN:
        return SignInPayload(errors=[], viewer=viewer, token=outcome.token)
    resolver.carry_in_cookie(info.context, outcome.token)
    return SignInPayload(errors=[], viewer=viewer, token=None)


def _invalid_credentials(info: Info, code: str) -> InputError:
    coop = coops.coop(info.context, code)
    by_email = coop is not None and coop.sign_in_identifier is SignInIdentifier.EMAIL
    identifier = "メールアドレス" if by_email else "ログインID"
    return InputError(
        code=ErrorCode.INVALID_CREDENTIALS,
        message=f"{identifier}またはパスワードが正しくありません。入力間違いがないかご確認ください。",
        path=["input"],
    )


async def sign_out(info: Info) -> SignOutPayload:
    """Ends this session on the server; the cookie goes."""
    await resolver.sign_out(info.context)
    return SignOutPayload(errors=[])


async def end_session(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        EndSessionInput, strawberry.argument(description="Which one.")
    ],
) -> EndSessionPayload:
    """Ends one of one's own sessions."""
    if await resolver.end_session(info.context, input.session_id):
        return EndSessionPayload(errors=[])
    gone = InputError(
        code=ErrorCode.BAD_INPUT,
        message="そのセッションは見つかりません。すでに終了している可能性があります。",
        path=["input", "sessionId"],
    )
    return EndSessionPayload(errors=[gone])
