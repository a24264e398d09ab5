"""What is in the outbox, and the secrets people would read there."""

import re
from dataclasses import dataclass

import sqlalchemy as sa

from gateway.store import Store
from gateway.store.records import MailKind
from gateway.store.tables import outbox_mail

_TOKEN = re.compile(r"#token=(\S+)")
_FACT = re.compile(r"^　(?P<name>[^：]+)：(?P<value>.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Queued:
    """A mail as it waits."""

    kind: MailKind
    recipient: str
    sender: str
    subject: str
    text: str
    html: str

    @property
    def token(self) -> str:
        """What the link in it carries."""
        found = _TOKEN.search(self.text)
        assert found is not None, "no link in this mail"
        return found[1]

    def fact(self, name: str) -> str:
        """What stands after a name and a colon."""
        return {found["name"]: found["value"] for found in _FACT.finditer(self.text)}[name]


async def outbox(store: Store) -> list[Queued]:
    """Every mail of all co-ops, the oldest first."""
    columns = outbox_mail.c
    statement = sa.select(
        columns.kind, columns.recipient, columns.sender, columns.subject, columns.text, columns.html
    ).order_by(columns.queued_at, columns.kind)
    async with store.engine.connect() as connection:
        return [Queued(*row) for row in await connection.execute(statement)]


async def addressed(store: Store) -> list[tuple[MailKind, str]]:
    """What goes to whom."""
    return [(mail.kind, mail.recipient) for mail in await outbox(store)]


async def the_mail(store: Store, kind: MailKind) -> Queued:
    """The only mail of a kind."""
    (mail,) = [mail for mail in await outbox(store) if mail.kind is kind]
    return mail


async def last_mail(store: Store, kind: MailKind) -> Queued:
    """The newest mail of a kind."""
    return [mail for mail in await outbox(store) if mail.kind is kind][-1]
