"""Why a try failed: for the access log only, never for who tried (A37, E1)."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from gateway.store import CoopStore
from gateway.store.records import AccessAction, AccessOutcome, NewAccessLogEntry, Origin


class Reason(Enum):
    """What stands in the log."""

    THROTTLED = "THROTTLED"
    UNKNOWN_IDENTIFIER = "UNKNOWN_IDENTIFIER"
    WRONG_PASSWORD = "WRONG_PASSWORD"  # noqa: S105 - the name of a reason
    NOT_REGISTERED = "NOT_REGISTERED"
    MEMBERSHIP_ENDED = "MEMBERSHIP_ENDED"
    WRONG_PROVISIONAL = "WRONG_PROVISIONAL"
    ALREADY_REGISTERED = "ALREADY_REGISTERED"
    NO_WAY_TO_SEND_A_CODE = "NO_WAY_TO_SEND_A_CODE"
    CODE_REQUIRED = "CODE_REQUIRED"
    WRONG_CODE = "WRONG_CODE"
    SYSTEM_UNAVAILABLE = "SYSTEM_UNAVAILABLE"


async def log_refusal(
    store: CoopStore, reason: Reason, account_id: UUID | None, origin: Origin, now: datetime
) -> None:
    """One line. Never the identifier: people type passwords there, and whose it is says `account_id`."""
    entry = NewAccessLogEntry(
        at=now,
        action=AccessAction.SIGN_IN,
        outcome=AccessOutcome.REFUSED,
        origin=origin,
        account_id=account_id,
        reason=reason.value,
    )
    await store.access_log.record([entry])
