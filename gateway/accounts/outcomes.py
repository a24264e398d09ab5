"""How an attempt to get in can end."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from gateway.store.records import Account, AuthCodeMethod, Session


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session; its purpose says what for. The token is here and nowhere else: it is kept only hashed.

    `device` marks the device as known (`gateway.accounts.known_devices`); None for a session of one purpose.
    """

    token: str = field(repr=False)
    account: Account
    session: Session
    device: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class AuthCodeRequired:
    """The password was right, and a code is needed as well (E26).

    `challenge` is as secret as a session's token. `sent_to` is the masked address of a code by e-mail.
    """

    challenge: str = field(repr=False)
    method: AuthCodeMethod
    sent_to: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class InvalidCredentials:
    """Wrong, unknown, locked or not registered: nobody is told which (A37, E1)."""


@dataclass(frozen=True, slots=True)
class MembershipEnded:
    """The password was right, and the share capital was paid back: there is nothing to see any more (E22)."""


@dataclass(frozen=True, slots=True)
class InvalidAuthCode:
    """A wrong code, one that was used before, or a sign-in that waited too long for it."""


@dataclass(frozen=True, slots=True)
class TooManyAttempts:
    """Nothing was looked at. After `retry_after` it will be; None: not before the co-op's staff have opened it."""

    retry_after: timedelta | None
