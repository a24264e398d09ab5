"""Mail in the outbox."""

from dataclasses import dataclass
from enum import Enum

from adapters.records import Mail


class MailState(Enum):
    """送信待ち, 送信済み, 宛先不明 (never deliverable), 要確認 (tried too often)."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    UNDELIVERABLE = "UNDELIVERABLE"
    NEEDS_ATTENTION = "NEEDS_ATTENTION"


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail whose turn it is, and how often it was tried before."""

    mail: Mail
    attempts: int
