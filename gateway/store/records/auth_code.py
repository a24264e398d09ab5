"""One-time codes at sign-in (認証コード, E26)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from gateway.viewer import SessionPurpose


class AuthCodeMethod(Enum):
    """Where the code comes from: nowhere, a mail, an authenticator app (RFC 6238)."""

    NONE = "NONE"
    EMAIL = "EMAIL"
    TOTP = "TOTP"


@dataclass(frozen=True, slots=True)
class AuthCodeSetting:
    """What an account has chosen. Secrets are sealed.

    `offered_secret` is shown to an app that has not proved yet that it has it. A code of `last_step` (a count
    of 30 seconds) or an earlier one is not taken again.
    """

    account_id: UUID
    method: AuthCodeMethod
    totp_secret: bytes | None = field(repr=False)
    offered_secret: bytes | None = field(repr=False)
    last_step: int


@dataclass(frozen=True, slots=True)
class Challenge:
    """A sign-in that waits for its code. `purpose` is that of the session to come."""

    account_id: UUID
    method: AuthCodeMethod
    purpose: SessionPurpose
    expires_at: datetime
    code_digest: bytes | None = field(default=None, repr=False)
    """Of a code that was mailed."""
