"""Mailings: one kind of mail to many accounts, walked through account by account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gateway.store.records.mail import MailKind


@dataclass(frozen=True, slots=True)
class MailingRound:
    """Where a walk stands. `subject` is the notice it is about, "" for reminders.

    `after` is the last account that was looked at, None at the beginning. `unanswered`: somebody could not be
    looked at. `repeats`: how often it was walked again for them.
    """

    kind: MailKind
    subject: str
    after: UUID | None
    unanswered: bool
    repeats: int
    due_at: datetime
