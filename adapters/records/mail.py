"""Mail on its way out."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Mail:
    """One message to one address. `mail_id` is the idempotency key: the same id is sent at most once."""

    mail_id: UUID
    sender: str
    recipient: str
    subject: str
    text: str
    html: str | None = None


class MailOutcome(Enum):
    """ACCEPTED: handed on. UNDELIVERABLE: this address can never be reached, do not try again."""

    ACCEPTED = "ACCEPTED"
    UNDELIVERABLE = "UNDELIVERABLE"


@dataclass(frozen=True, slots=True)
class MailReceipt:
    """What became of a message, with the mail system's own reason where it refused one."""

    mail_id: UUID
    outcome: MailOutcome
    reason: str | None = None
