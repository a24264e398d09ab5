"""ログイン and ログアウト. Who is who is decided in `gateway.accounts`."""

from dataclasses import dataclass, field
from uuid import UUID

from gateway import accounts
from gateway.accounts import viewer_within
from gateway.accounts.outcomes import (
    AuthCodeRequired,
    InvalidAuthCode,
    InvalidCredentials,
    MembershipEnded,
    SignedIn,
    TooManyAttempts,
)
from gateway.context import Context
from gateway.resolvers.accounts import session_holder
from gateway.viewer import Anonymous


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed, and where."""

    coop: str
    identifier: str
    password: str = field(repr=False)
    device_label: str | None


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """The code that was typed, and for which sign-in."""

    coop: str
    challenge: str = field(repr=False)
    code: str = field(repr=False)
    device_label: str | None


async def sign_in(
    context: Context, credentials: Credentials
) -> SignedIn | AuthCodeRequired | InvalidCredentials | MembershipEnded | TooManyAttempts:
    """A new session; an unknown co-op, which has no part of the store, answers as a wrong password does."""
    if credentials.coop not in context.house.coops:
        return InvalidCredentials()
    attempt = accounts.Attempt(
        identifier=credentials.identifier,
        password=credentials.password,
        origin=context.origin,
        device_label=credentials.device_label,
        replaces=context.presence.received,
        device=context.presence.mark,
    )
    entrance = context.house.entrance(credentials.coop, context.clock)
    outcome = await accounts.sign_in(entrance, attempt)
    if isinstance(outcome, SignedIn):
        context.become(viewer_within(outcome.account, outcome.session))
    return outcome


async def verify_auth_code(
    context: Context, answer: CodeAnswer
) -> SignedIn | InvalidAuthCode | TooManyAttempts:
    """The session that a sign-in waited for; an unknown co-op answers as a wrong code does."""
    if answer.coop not in context.house.coops:
        return InvalidAuthCode()
    attempt = accounts.CodeAttempt(
        challenge=answer.challenge,
        code=answer.code,
        origin=context.origin,
        device_label=answer.device_label,
        replaces=context.presence.received,
    )
    entrance = context.house.entrance(answer.coop, context.clock)
    outcome = await accounts.submit_auth_code(entrance, attempt)
    if isinstance(outcome, SignedIn):
        context.become(viewer_within(outcome.account, outcome.session))
    return outcome


def carry_in_cookies(context: Context, signed_in: SignedIn) -> None:
    """The answer sets the session's cookie, and the one that knows the device again."""
    context.presence.cookie = signed_in.token
    context.presence.new_mark = signed_in.device


def leave(context: Context) -> None:
    """The session of this request is over: the cookie goes, and whatever follows in it is nobody's."""
    context.presence.cookie = ""
    context.become(Anonymous())


async def sign_out(context: Context) -> None:
    """Ends the session of this request."""
    holder = session_holder(context)
    await accounts.sign_out(context.at_home().store, holder, context.origin, context.clock)
    leave(context)


async def end_session(context: Context, session: str) -> bool:
    """Ends one of the viewer's own sessions; False when there is none of that id."""
    holder = session_holder(context)
    try:
        session_id = UUID(session)
    except ValueError:
        return False
    return await accounts.end_session(
        context.at_home().store, holder, session_id, context.origin, context.clock
    )
