"""ログイン and ログアウト, the first form. Who is who is decided in `gateway.accounts`."""

from dataclasses import dataclass
from uuid import UUID

from gateway import accounts
from gateway.accounts import Attempt, InvalidCredentials, SignedIn, viewer_for
from gateway.context import Context
from gateway.resolvers.accounts import signed_in
from gateway.viewer import Anonymous


@dataclass(frozen=True, slots=True)
class Credentials:
    """What was typed, and where."""

    coop: str
    identifier: str
    password: str
    device_label: str | None


async def sign_in(context: Context, credentials: Credentials) -> SignedIn | InvalidCredentials:
    """A new session; an unknown co-op, which has no part of the store, answers as a wrong password does."""
    house = context.house
    if credentials.coop not in house.coops:
        return InvalidCredentials()
    attempt = Attempt(
        identifier=credentials.identifier,
        password=credentials.password,
        origin=context.origin,
        device_label=credentials.device_label,
        replaces=context.presence.received,
    )
    outcome = await accounts.sign_in(
        house.store.of(credentials.coop), house.passwords, house.session_limits, context.clock, attempt
    )
    if isinstance(outcome, SignedIn):
        context.become(viewer_for(outcome.account, outcome.session.session_id))
    return outcome


def carry_in_cookie(context: Context, token: str) -> None:
    """The answer sets the session's cookie."""
    context.presence.cookie = token


async def sign_out(context: Context) -> None:
    """Ends the session of this request."""
    viewer = signed_in(context)
    await accounts.sign_out(context.at_home().store, viewer, context.origin, context.clock)
    context.presence.cookie = ""
    context.become(Anonymous())


async def end_session(context: Context, session: str) -> bool:
    """Ends one of the viewer's own sessions; False when there is none of that id."""
    viewer = signed_in(context)
    try:
        session_id = UUID(session)
    except ValueError:
        return False
    return await accounts.end_session(
        context.at_home().store, viewer, session_id, context.origin, context.clock
    )
