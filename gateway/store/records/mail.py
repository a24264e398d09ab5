"""Mail in the outbox."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from adapters.records import Mail
from gateway.store.records.request import PlaceInTime


class MailState(Enum):
    """送信待ち, 送信済み, 宛先不明 (never deliverable), 要確認 (tried too often), 取りやめ (before it left)."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    UNDELIVERABLE = "UNDELIVERABLE"
    NEEDS_ATTENTION = "NEEDS_ATTENTION"
    STOPPED = "STOPPED"


class MailKind(Enum):
    """What a mail is about. Which kinds carry a secret: `carries_secret`."""

    TEST = "TEST"
    REGISTRATION_LINK = "REGISTRATION_LINK"
    REGISTRATION_COMPLETE = "REGISTRATION_COMPLETE"
    REGISTRATION_ATTEMPTED = "REGISTRATION_ATTEMPTED"
    EMAIL_CONFIRMATION = "EMAIL_CONFIRMATION"
    EMAIL_CHANGE_ANNOUNCED = "EMAIL_CHANGE_ANNOUNCED"
    EMAIL_CHANGED = "EMAIL_CHANGED"
    EMAIL_CHANGED_BY_STAFF = "EMAIL_CHANGED_BY_STAFF"
    LOGIN_ID_REMINDER = "LOGIN_ID_REMINDER"
    LOGIN_ID_CHANGED = "LOGIN_ID_CHANGED"
    REISSUED_PASSWORD = "REISSUED_PASSWORD"  # noqa: S105 - the name of a kind
    PASSWORD_RESET_LINK = "PASSWORD_RESET_LINK"  # noqa: S105 - likewise
    PASSWORD_CHANGED = "PASSWORD_CHANGED"  # noqa: S105 - likewise
    AUTH_CODE = "AUTH_CODE"
    AUTH_CODE_CHANGED = "AUTH_CODE_CHANGED"
    ACCOUNT_LOCKED = "ACCOUNT_LOCKED"
    LEFT = "LEFT"
    INVITATION = "INVITATION"
    INQUIRY_RECEIVED = "INQUIRY_RECEIVED"
    REQUEST_RECEIVED = "REQUEST_RECEIVED"
    SUSPENSION_RECEIVED = "SUSPENSION_RECEIVED"
    REQUEST_DONE = "REQUEST_DONE"
    REQUEST_REJECTED = "REQUEST_REJECTED"
    INQUIRY_ANSWERED = "INQUIRY_ANSWERED"
    MEMBERSHIP_ENDED = "MEMBERSHIP_ENDED"
    NOTICE = "NOTICE"
    LOW_BALANCE = "LOW_BALANCE"
    READY_TO_COLLECT = "READY_TO_COLLECT"
    GRADUATION = "GRADUATION"
    LEAVING = "LEAVING"

    @property
    def carries_secret(self) -> bool:
        """Whether its text opens an account: it is blanked when it has left, and is never sent again."""
        return self in _SECRET


TO_MANY = (
    MailKind.NOTICE,
    MailKind.LOW_BALANCE,
    MailKind.READY_TO_COLLECT,
    MailKind.GRADUATION,
    MailKind.LEAVING,
)
"""Kinds that go to many accounts at once: somebody who waits for a code goes before them."""

_SECRET = frozenset(
    {
        MailKind.REGISTRATION_LINK,
        MailKind.EMAIL_CONFIRMATION,
        MailKind.REISSUED_PASSWORD,
        MailKind.PASSWORD_RESET_LINK,
        MailKind.AUTH_CODE,
    }
)


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail whose turn it is, and how often it was tried before."""

    mail: Mail
    attempts: int


@dataclass(frozen=True, slots=True)
class MailDispatch:
    """What became of a mail (A23), without its text. `recipient` is masked.

    `kind` is None for mail of before there were kinds. `next_attempt_at` is there while it waits.
    `reason` is the mail system's own word, or the kind of failure. `resendable`: settled, and without a secret.
    """

    mail_id: UUID
    kind: MailKind | None
    recipient: str
    state: MailState
    queued_at: datetime
    settled_at: datetime | None
    attempts: int
    next_attempt_at: datetime | None
    reason: str | None
    resendable: bool


class MailDispatchesQuery(NamedTuple):
    """A co-op's mail, newest first; `state` None means all."""

    limit: int
    after: PlaceInTime | None = None
    state: MailState | None = None
