"""From a letter to a mail in the outbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from adapters.records import Mail
from gateway.coop import Coop
from gateway.mails.letters import write
from gateway.store import CoopStore
from gateway.store.records import MailKind


async def queue(
    store: CoopStore, coop: Coop, kind: MailKind, recipient: str, now: datetime, **facts: object
) -> None:
    """Queues a mail from the co-op's own address (A24): with the transaction of the store it leaves, or never."""
    await post(Envelope(store, coop, recipient, uuid4(), now), kind, **facts)


@dataclass(frozen=True, slots=True)
class Envelope:
    """Where a mail goes, for who must know its id before it is written."""

    store: CoopStore
    coop: Coop
    recipient: str
    mail_id: UUID
    now: datetime


async def post(to: Envelope, kind: MailKind, **facts: object) -> None:
    """The same as `queue`."""
    letter = write(kind, to.coop, **facts)
    mail = Mail(to.mail_id, to.coop.mail_from, to.recipient, letter.subject, letter.text, letter.html)
    await to.store.outbox.enqueue(mail, to.now, kind)
