"""The access log (アクセスログ, E26): what was done, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from adapters.records import MemberNumber
from gateway.store.records.session import Origin
from gateway.viewer import SessionHolder


class AccessAction(Enum):
    """What was done."""

    SIGN_IN = "SIGN_IN"
    SIGN_OUT = "SIGN_OUT"
    END_SESSION = "END_SESSION"
    VIEW = "VIEW"
    REGISTER = "REGISTER"
    CONFIRM = "CONFIRM"
    MAIL_REQUESTED = "MAIL_REQUESTED"
    RECOVERY_REQUESTED = "RECOVERY_REQUESTED"
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - the name of an action
    EMAIL_CHANGED = "EMAIL_CHANGED"
    LOGIN_ID_CHANGED = "LOGIN_ID_CHANGED"
    AUTH_CODE_SET = "AUTH_CODE_SET"
    LOCKED = "LOCKED"
    UNLOCKED = "UNLOCKED"
    IDENTITY_CHECK = "IDENTITY_CHECK"
    SHARING_CHANGED = "SHARING_CHANGED"
    LEFT = "LEFT"
    SHARE_PAYMENT_CONFIRMED = "SHARE_PAYMENT_CONFIRMED"
    SHARE_REFUND_RECORDED = "SHARE_REFUND_RECORDED"
    SHARE_REFUND_CANCELLED = "SHARE_REFUND_CANCELLED"
    INQUIRY_SUBMITTED = "INQUIRY_SUBMITTED"
    INQUIRY_ANSWERED = "INQUIRY_ANSWERED"
    CARD_ACTIVATED = "CARD_ACTIVATED"
    CARD_VERIFIED = "CARD_VERIFIED"
    ALERTS_CHANGED = "ALERTS_CHANGED"
    CHANGE_REQUESTED = "CHANGE_REQUESTED"
    CHANGE_SETTLED = "CHANGE_SETTLED"
    NOTICE_PUBLISHED = "NOTICE_PUBLISHED"
    NOTICE_WITHDRAWN = "NOTICE_WITHDRAWN"
    ROLES_CHANGED = "ROLES_CHANGED"
    EXPORT = "EXPORT"
    NOT_PERMITTED = "NOT_PERMITTED"


class AccessOutcome(Enum):
    """Whether it was let through."""

    ALLOWED = "ALLOWED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class AccessLogEntry:
    """One line of the access log (アクセスログ, E26): who, whose, what, when, from where, outcome.

    `account_id` is the account that acted, or that somebody tried to sign in to; None when there is none.
    `session_id` is the session that did it, or that was started or ended.
    `member_number` is whose personal data was looked at, `what` names it. `reason` says why it was refused.
    """

    entry_id: int
    at: datetime
    action: AccessAction
    outcome: AccessOutcome
    account_id: UUID | None
    session_id: UUID | None
    member_number: MemberNumber | None
    what: tuple[str, ...]
    reason: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class NewAccessLogEntry:
    """An access log entry to write. See `AccessLogEntry` for the parts."""

    at: datetime
    action: AccessAction
    outcome: AccessOutcome
    origin: Origin
    account_id: UUID | None = None
    session_id: UUID | None = None
    member_number: MemberNumber | None = None
    what: tuple[str, ...] = ()
    reason: str | None = None

    @classmethod
    def of_session(
        cls,
        viewer: SessionHolder,
        at: datetime,
        action: AccessAction,
        origin: Origin,
        *,
        outcome: AccessOutcome = AccessOutcome.ALLOWED,
        member_number: MemberNumber | None = None,
        what: tuple[str, ...] = (),
        reason: str | None = None,
    ) -> "NewAccessLogEntry":
        """What somebody who has a session did, or was kept from; `member_number` is whom it was about."""
        return cls(
            at, action, outcome, origin, viewer.account_id, viewer.session_id, member_number, what, reason
        )


class PersonalDataView(NamedTuple):
    """One member's data that a request looked at, or tried to. `what` names it as the schema does."""

    member_number: MemberNumber
    what: tuple[str, ...]
    outcome: AccessOutcome = AccessOutcome.ALLOWED


class AccessLogQuery(NamedTuple):
    """Entries that fit all that is given, newest first, older than `after`; `until` itself is left out."""

    limit: int
    after: int | None = None
    account_id: UUID | None = None
    member_number: MemberNumber | None = None
    action: AccessAction | None = None
    outcome: AccessOutcome | None = None
    since: datetime | None = None
    until: datetime | None = None
