"""The outbox: mail is written down in the transaction that causes it, and delivered by the worker (A23)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from adapters.records import Mail
from gateway.store.column_types import JapanTime, StoredText
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.records import MailState, QueuedMail
from gateway.store.tables import outbox_mail

CHANNEL = "outbox_mail"
"""Where the database says that a co-op (its code) has mail to deliver."""

_NOW = sa.bindparam("now", type_=JapanTime)
_REASON = sa.bindparam("why", type_=StoredText)
_THIS_MAIL = sa.and_(
    outbox_mail.c.coop == THIS_COOP, outbox_mail.c.mail_id == sa.bindparam("mail", type_=sa.Uuid)
)

_QUEUED = (
    insert(outbox_mail)
    .values(
        mail_id=sa.bindparam("mail", type_=sa.Uuid),
        coop=THIS_COOP,
        state=MailState.QUEUED,
        sender=sa.bindparam("from_address", type_=StoredText),
        recipient=sa.bindparam("to_address", type_=StoredText),
        subject=sa.bindparam("title", type_=StoredText),
        text=sa.bindparam("body", type_=StoredText),
        html=sa.bindparam("html_body", type_=StoredText),
        queued_at=_NOW,
        next_attempt_at=_NOW,
    )
    .on_conflict_do_nothing()
    .returning(outbox_mail.c.coop)
    .cte("queued")
)
_ENQUEUE = sa.select(sa.func.pg_notify(CHANNEL, _QUEUED.c.coop))
_TAKE = (
    sa.select(outbox_mail)
    .where(
        outbox_mail.c.coop == THIS_COOP,
        outbox_mail.c.state == sa.text(f"'{MailState.QUEUED.value}'"),
        outbox_mail.c.next_attempt_at <= _NOW,
    )
    .order_by(outbox_mail.c.next_attempt_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_SETTLE = (
    sa.update(outbox_mail)
    .where(_THIS_MAIL)
    .values(
        state=sa.bindparam("outcome", type_=outbox_mail.c.state.type),
        attempts=outbox_mail.c.attempts + 1,
        settled_at=_NOW,
        reason=_REASON,
    )
    .returning(outbox_mail.c.mail_id)
)
_POSTPONE = (
    sa.update(outbox_mail)
    .where(_THIS_MAIL)
    .values(
        attempts=outbox_mail.c.attempts + 1,
        next_attempt_at=sa.bindparam("again_at", type_=JapanTime),
        reason=_REASON,
    )
    .returning(outbox_mail.c.mail_id)
)


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one co-op has to send."""

    _at: CoopConnections

    async def enqueue(self, mail: Mail, now: datetime) -> None:
        """Queues a mail; at commit the worker wakes up. The same `mail_id` again does nothing."""
        await self._at.rows(
            _ENQUEUE,
            mail=mail.mail_id,
            from_address=mail.sender,
            to_address=mail.recipient,
            title=mail.subject,
            body=mail.text,
            html_body=mail.html,
            now=now,
        )

    async def take(self, now: datetime) -> QueuedMail | None:
        """A mail whose time has come: this transaction's alone until it ends."""
        row = await self._at.row(_TAKE, now=now)
        return None if row is None else QueuedMail(_mail_of(row), row.attempts)

    async def settle(self, mail_id: UUID, state: MailState, now: datetime, reason: str | None = None) -> None:
        """Notes how a mail ended."""
        await self._at.rows(_SETTLE, mail=mail_id, outcome=state, now=now, why=reason)

    async def postpone(self, mail_id: UUID, again_at: datetime, reason: str) -> None:
        """Notes an attempt that failed, and when the next one is due."""
        await self._at.rows(_POSTPONE, mail=mail_id, again_at=again_at, why=reason)


def _mail_of(row: sa.Row[Any]) -> Mail:
    return Mail(row.mail_id, row.sender, row.recipient, row.subject, row.text, row.html)
