"""The outbox: mail is written down in the transaction that causes it, and delivered by the worker (A23)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from adapters.records import Mail, Page
from gateway.store.batches import asked_for
from gateway.store.column_types import JapanTime, StoredText
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.masking import masked_email
from gateway.store.records import (
    TO_MANY,
    MailDispatch,
    MailDispatchesQuery,
    MailKind,
    MailState,
    QueuedMail,
)
from gateway.store.tables import outbox_mail

CHANNEL = "outbox_mail"
"""Where the database says that a co-op (its code) has something for the worker to do, such as mail to deliver."""

_NOW = sa.bindparam("now", type_=JapanTime)
_REASON = sa.bindparam("why", type_=StoredText)
_THIS_MAIL = sa.and_(
    outbox_mail.c.coop == THIS_COOP, outbox_mail.c.mail_id == sa.bindparam("mail", type_=sa.Uuid)
)
_GOES_TO_MANY = sa.func.coalesce(outbox_mail.c.kind.in_(TO_MANY), sa.false())
_DUE = sa.and_(
    outbox_mail.c.coop == THIS_COOP,
    outbox_mail.c.state == sa.text(f"'{MailState.QUEUED.value}'"),
    outbox_mail.c.next_attempt_at <= _NOW,
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
        kind=sa.bindparam("about", type_=outbox_mail.c.kind.type),
        has_secret=sa.bindparam("secret", type_=sa.Boolean),
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
    .where(_DUE)
    .order_by(_GOES_TO_MANY, outbox_mail.c.next_attempt_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_DUE_TO_MANY = sa.select(sa.func.count().label("mails")).where(_DUE, _GOES_TO_MANY)
_STOP = (
    sa.update(outbox_mail)
    .where(
        outbox_mail.c.coop == THIS_COOP,
        outbox_mail.c.mail_id.in_(
            sa.select(outbox_mail.c.mail_id)
            .where(
                asked_for(outbox_mail.c.mail_id),
                outbox_mail.c.state == sa.text(f"'{MailState.QUEUED.value}'"),
            )
            .with_for_update(skip_locked=True)
        ),
    )
    .values(state=MailState.STOPPED, settled_at=_NOW)
    .returning(outbox_mail.c.mail_id)
)
_SETTLE = (
    sa.update(outbox_mail)
    .where(_THIS_MAIL)
    .values(
        state=sa.bindparam("outcome", type_=outbox_mail.c.state.type),
        attempts=outbox_mail.c.attempts + 1,
        settled_at=_NOW,
        reason=_REASON,
        text=sa.case((outbox_mail.c.has_secret, ""), else_=outbox_mail.c.text),
        html=sa.case((outbox_mail.c.has_secret, sa.null()), else_=outbox_mail.c.html),
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
_COPIED = ("coop", "sender", "recipient", "subject", "text", "html", "kind")
_SEND_AGAIN = (
    insert(outbox_mail)
    .from_select(
        ["mail_id", "state", "queued_at", "next_attempt_at", *_COPIED],
        sa.select(
            sa.bindparam("new_id", type_=sa.Uuid),
            sa.literal(MailState.QUEUED, outbox_mail.c.state.type),
            _NOW,
            _NOW,
            *(outbox_mail.c[name] for name in _COPIED),
        ).where(
            _THIS_MAIL,
            sa.not_(outbox_mail.c.has_secret),
            outbox_mail.c.kind.is_not(None),
            outbox_mail.c.state.not_in([MailState.QUEUED, MailState.STOPPED]),
        ),
    )
    .returning(outbox_mail)
)
_ANNOUNCE = sa.select(sa.func.pg_notify(CHANNEL, THIS_COOP))
_WITHOUT_TEXT = sa.select(
    *(column for column in outbox_mail.c if column.key not in {"sender", "subject", "text", "html"})
).where(outbox_mail.c.coop == THIS_COOP)


@dataclass(frozen=True, slots=True)
class Outbox:
    """What one co-op has to send."""

    _at: CoopConnections

    async def enqueue(self, mail: Mail, now: datetime, kind: MailKind) -> None:
        """Queues a mail; at commit the worker wakes up. The same `mail_id` again does nothing."""
        await self._at.rows(
            _ENQUEUE,
            mail=mail.mail_id,
            from_address=mail.sender,
            to_address=mail.recipient,
            title=mail.subject,
            body=mail.text,
            html_body=mail.html,
            about=kind,
            secret=kind.carries_secret,
            now=now,
        )

    async def take(self, now: datetime) -> QueuedMail | None:
        """A mail whose time has come: this transaction's alone until it ends."""
        row = await self._at.row(_TAKE, now=now)
        return None if row is None else QueuedMail(_mail_of(row), row.attempts)

    async def due_to_many(self, now: datetime) -> int:
        """How many mails that go to many accounts wait for nothing but their turn."""
        (row,) = await self._at.rows(_DUE_TO_MANY, now=now)
        return int(row.mails)

    async def stop(self, ids: Sequence[UUID], now: datetime) -> int:
        """Keeps mails from leaving that are queued still and not just being sent; says how many."""
        return len(await self._at.rows(_STOP, keys=ids, now=now))

    async def settle(self, mail_id: UUID, state: MailState, now: datetime, reason: str | None = None) -> None:
        """Notes how a mail ended. One that carried a secret is blanked, whatever its end."""
        await self._at.rows(_SETTLE, mail=mail_id, outcome=state, now=now, why=reason)

    async def postpone(self, mail_id: UUID, again_at: datetime, reason: str) -> None:
        """Notes an attempt that failed, and when the next one is due."""
        await self._at.rows(_POSTPONE, mail=mail_id, again_at=again_at, why=reason)

    async def dispatches(self, query: MailDispatchesQuery) -> Page[MailDispatch]:
        """What became of the mail, newest first."""
        found = [_dispatch_of(row) for row in await self._at.rows(_dispatches(query))]
        return Page(found[: query.limit], has_next=len(found) > query.limit)

    async def send_again(self, mail_id: UUID, new_id: UUID, now: datetime) -> MailDispatch | None:
        """Queues a copy of a settled mail, under an id of its own: mailers send no id twice.

        None when there is no such mail, when it is queued still or was stopped, or when it carried a secret.
        """
        row = await self._at.row(_SEND_AGAIN, mail=mail_id, new_id=new_id, now=now)
        if row is None:
            return None
        await self._at.rows(_ANNOUNCE)
        return _dispatch_of(row)


def _mail_of(row: sa.Row[Any]) -> Mail:
    return Mail(row.mail_id, row.sender, row.recipient, row.subject, row.text, row.html)


def _dispatches(query: MailDispatchesQuery) -> sa.Select[Any]:
    page = _WITHOUT_TEXT
    if query.state is not None:
        page = page.where(outbox_mail.c.state == query.state)
    if query.after is not None:
        place = sa.tuple_(outbox_mail.c.queued_at, outbox_mail.c.mail_id)
        page = page.where(place < sa.tuple_(sa.literal(query.after.at), sa.literal(query.after.id)))
    newest_first = page.order_by(outbox_mail.c.queued_at.desc(), outbox_mail.c.mail_id.desc())
    return newest_first.limit(query.limit + 1)


def _dispatch_of(row: sa.Row[Any]) -> MailDispatch:
    waiting = row.state is MailState.QUEUED
    return MailDispatch(
        mail_id=row.mail_id,
        kind=row.kind,
        recipient=masked_email(row.recipient),
        state=row.state,
        queued_at=row.queued_at,
        settled_at=row.settled_at,
        attempts=row.attempts,
        next_attempt_at=row.next_attempt_at if waiting else None,
        reason=row.reason,
        resendable=not waiting
        and row.state is not MailState.STOPPED
        and not row.has_secret
        and row.kind is not None,
    )
