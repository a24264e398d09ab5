"""From a letter to a mail in the outbox."""

from datetime import datetime
from uuid import uuid4

from adapters.records import Mail
from gateway.coop import Coop
from gateway.mails.letters import write
from gateway.store import CoopStore
from gateway.store.records import MailKind


async def queue(
    store: CoopStore, coop: Coop, kind: MailKind, recipient: str, now: datetime, **facts: object
) -> None:
    """Queues a mail from the co-op's own address (A24): with the transaction of the store it leaves, or never."""
    letter = write(kind, coop, **facts)
    mail = Mail(uuid4(), coop.mail_from, recipient, letter.subject, letter.text, letter.html)
    await store.outbox.enqueue(mail, now, kind)
