"""Sessions: who is signed in, and from where."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from gateway.viewer import SessionPurpose


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from, as far as we know."""

    address: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One device that is signed in. `expires_at` is the earlier of its idle and its absolute limit."""

    session_id: UUID
    account_id: UUID
    device_label: str | None
    origin: Origin
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    purpose: SessionPurpose


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta
