"""ログイン and ログアウト: signing in, the code after it, and sessions ended."""

from datetime import datetime
from typing import Annotated

import strawberry

from gateway.accounts.outcomes import (
    AuthCodeRequired,
    InvalidAuthCode,
    InvalidCredentials,
    MembershipEnded,
    SignedIn,
    TooManyAttempts,
)
from gateway.coop_terms import SignInIdentifier
from gateway.errors import ErrorCode, Withdrawn
from gateway.resolvers import coops
from gateway.resolvers import sign_in as resolver
from gateway.schema.account_enums import SessionTransport
from gateway.schema.info import Info
from gateway.schema.refusals import input_error, refused
from gateway.schema.scalars import CoopCode
from gateway.schema.user_errors import UserError
from gateway.schema.viewer import Viewer
from gateway.store.records import AuthCodeMethod, SessionPurpose


@strawberry.input(description="Who wants to sign in.")
class SignInInput:
    """Credentials."""

    coop: CoopCode = strawberry.field(description="生協.")
    identifier: str = strawberry.field(
        description="ログインID, or メールアドレス where the co-op says so (E1); 仮ログインID to register (A8)."
    )
    password: str = strawberry.field(description="パスワード, exactly as chosen; 仮パスワード to register.")
    transport: SessionTransport = strawberry.field(
        default=SessionTransport.COOKIE, description="How the session is to travel."
    )
    device_label: str | None = strawberry.field(
        default=None, description="What to call this device in the list of sessions."
    )


@strawberry.input(description="認証コードの入力 (E26).")
class VerifyAuthCodeInput:
    """The second step of signing in."""

    coop: CoopCode = strawberry.field(description="生協.")
    challenge: str = strawberry.field(description="`challenge.challenge` of the sign-in.")
    code: str = strawberry.field(description="認証コード: six digits, or a recovery code.")
    transport: SessionTransport = strawberry.field(
        default=SessionTransport.COOKIE, description="How the session is to travel."
    )
    device_label: str | None = strawberry.field(
        default=None, description="What to call this device in the list of sessions."
    )


@strawberry.type(description="認証コードの要求: the password was right, and a code is needed as well (E26).")
class AuthCodeChallenge:
    """A sign-in that waits for its code."""

    challenge: str = strawberry.field(
        description="Give it to `verifyAuthCode`. As secret as a session: keep it in memory only."
    )
    method: AuthCodeMethod = strawberry.field(description="Where the code comes from.")
    sent_to: str | None = strawberry.field(description="For a code by e-mail: the address, masked.")
    expires_at: datetime = strawberry.field(description="Until then it can be answered.")

    @classmethod
    def of(cls, required: AuthCodeRequired) -> "AuthCodeChallenge":
        """From the sign-in."""
        return cls(
            challenge=required.challenge,
            method=required.method,
            sent_to=required.sent_to,
            expires_at=required.expires_at,
        )


@strawberry.type(
    description="The outcome of signing in, and what comes next: with `challenge` ask for the code; else look at "
    "`purpose`: FULL opens MyPage, REGISTER goes on to the registration, CHANGE_PASSWORD to a new password."
)
class SignInPayload:
    """A session, a challenge, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    viewer: Viewer | None = strawberry.field(default=None, description="Who is signed in now.")
    purpose: SessionPurpose | None = strawberry.field(
        default=None, description="What the session is good for; null when there is none."
    )
    challenge: AuthCodeChallenge | None = strawberry.field(
        default=None, description="The code that is still needed; null when none is."
    )
    token: str | None = strawberry.field(
        default=None,
        description="For transport TOKEN: send it as `Authorization: Bearer …`. Shown this once.",
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
    match await resolver.sign_in(info.context, credentials):
        case SignedIn() as signed_in:
            return _let_in(info, signed_in, input.transport)
        case AuthCodeRequired() as required:
            return SignInPayload(errors=[], challenge=AuthCodeChallenge.of(required))
        case TooManyAttempts() as refusal:
            return SignInPayload(errors=refused(refusal, info.context.clock()))
        case MembershipEnded():
            return SignInPayload(errors=[input_error(ErrorCode.WITHDRAWN, Withdrawn().message)])
        case InvalidCredentials():
            return SignInPayload(errors=[_invalid_credentials(info, input.coop)])


async def verify_auth_code(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        VerifyAuthCodeInput, strawberry.argument(description="Which sign-in, and its code.")
    ],
) -> SignInPayload:
    """The code is good once, for the sign-in that asked for it."""
    answer = resolver.CodeAnswer(input.coop, input.challenge, input.code, input.device_label)
    match await resolver.verify_auth_code(info.context, answer):
        case SignedIn() as signed_in:
            return _let_in(info, signed_in, input.transport)
        case InvalidAuthCode() | TooManyAttempts() as refusal:
            return SignInPayload(errors=refused(refusal, info.context.clock()))


def _let_in(info: Info, signed_in: SignedIn, transport: SessionTransport) -> SignInPayload:
    by_token = transport is SessionTransport.TOKEN
    if not by_token:
        resolver.carry_in_cookies(info.context, signed_in)
    return SignInPayload(
        errors=[],
        viewer=Viewer.of(signed_in.account),
        purpose=signed_in.session.purpose,
        token=signed_in.token if by_token else None,
    )


def _invalid_credentials(info: Info, code: str) -> UserError:
    coop = coops.coop(info.context, code)
    by_email = coop is not None and coop.sign_in_identifier is SignInIdentifier.EMAIL
    identifier = "メールアドレス" if by_email else "ログインID"
    message = f"{identifier}またはパスワードが正しくありません。入力間違いがないかご確認ください。"
    return input_error(ErrorCode.INVALID_CREDENTIALS, message)


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
    message = "そのセッションは見つかりません。すでに終了している可能性があります。"
    return EndSessionPayload(errors=[input_error(ErrorCode.BAD_INPUT, message, "sessionId")])
