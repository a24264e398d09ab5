"""Mailings of one co-op: where each walk through the accounts stands, and who was mailed on which occasion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, insert

from gateway.store.batches import asked_for
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.mailing_tables import mailed_occasions, mailing_rounds
from gateway.store.outbox import CHANNEL
from gateway.store.records import MailingProgress, MailingRound, MailKind, MailState
from gateway.store.tables import outbox_mail

_KIND = sa.bindparam("mail_kind", type_=mailing_rounds.c.kind.type)
_SUBJECT = sa.bindparam("about", type_=sa.Text)
_DUE_AT = sa.bindparam("due", type_=JapanTime)
_THIS_ROUND = sa.and_(
    mailing_rounds.c.coop == THIS_COOP,
    mailing_rounds.c.kind == _KIND,
    mailing_rounds.c.subject == _SUBJECT,
)
_OPEN = (
    insert(mailing_rounds)
    .values(coop=THIS_COOP, kind=_KIND, subject=_SUBJECT, due_at=_DUE_AT)
    .on_conflict_do_nothing()
    .returning(mailing_rounds.c.kind)
)
_ANNOUNCE = sa.select(sa.func.pg_notify(CHANNEL, THIS_COOP))
_TAKE = (
    sa.select(mailing_rounds)
    .where(
        mailing_rounds.c.coop == THIS_COOP,
        mailing_rounds.c.due_at <= sa.bindparam("now", type_=JapanTime),
    )
    .order_by(mailing_rounds.c.due_at, mailing_rounds.c.kind, mailing_rounds.c.subject)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_MOVE = (
    sa.update(mailing_rounds)
    .where(_THIS_ROUND)
    .values(
        after_account=sa.bindparam("after", type_=sa.Uuid),
        unanswered=sa.bindparam("some_unanswered", type_=sa.Boolean),
        repeats=sa.bindparam("repeated", type_=sa.Integer),
        due_at=_DUE_AT,
    )
    .returning(mailing_rounds.c.kind)
)
_CLOSE = sa.delete(mailing_rounds).where(_THIS_ROUND).returning(mailing_rounds.c.kind)

_ACCOUNT = sa.bindparam("account", type_=sa.Uuid)
_OCCASIONS = sa.func.unnest(sa.bindparam("occasions", type_=ARRAY(sa.Text)))
_NOTE = (
    insert(mailed_occasions)
    .from_select(
        ["account_id", "kind", "occasion", "coop", "mail_id"],
        sa.select(_ACCOUNT, _KIND, _OCCASIONS, THIS_COOP, sa.bindparam("mail", type_=sa.Uuid)),
    )
    .on_conflict_do_nothing()
    .returning(mailed_occasions.c.occasion)
)
_FORGET = (
    sa.delete(mailed_occasions)
    .where(
        mailed_occasions.c.coop == THIS_COOP,
        mailed_occasions.c.kind == _KIND,
        asked_for(mailed_occasions.c.account_id),
    )
    .returning(mailed_occasions.c.occasion)
)
_OF_OCCASION = sa.select(mailed_occasions.c.mail_id).where(
    mailed_occasions.c.coop == THIS_COOP,
    mailed_occasions.c.kind == _KIND,
    mailed_occasions.c.occasion == _SUBJECT,
)


def _how_many(state: MailState) -> sa.ColumnElement[int]:
    return sa.func.count().filter(outbox_mail.c.state == state)


_QUEUED = (
    sa.select(
        mailed_occasions.c.occasion,
        sa.func.count().label("queued"),
        _how_many(MailState.SENT).label("sent"),
        _how_many(MailState.STOPPED).label("stopped"),
    )
    .join(outbox_mail, outbox_mail.c.mail_id == mailed_occasions.c.mail_id)
    .where(
        mailed_occasions.c.coop == THIS_COOP,
        mailed_occasions.c.kind == _KIND,
        asked_for(mailed_occasions.c.occasion),
    )
    .group_by(mailed_occasions.c.occasion)
)
_WALKING = sa.select(mailing_rounds.c.subject).where(
    mailing_rounds.c.coop == THIS_COOP, mailing_rounds.c.kind == _KIND, asked_for(mailing_rounds.c.subject)
)


@dataclass(frozen=True, slots=True)
class Mailings:
    """The mailings of one co-op."""

    _at: CoopConnections

    async def open(self, kind: MailKind, subject: str, due_at: datetime) -> bool:
        """Begins a walk, of which the worker hears at commit; False when it is under way already."""
        if not await self._at.rows(_OPEN, mail_kind=kind, about=subject, due=due_at):
            return False
        await self._at.rows(_ANNOUNCE)
        return True

    async def take(self, now: datetime) -> MailingRound | None:
        """A walk that is due: this transaction's alone until it ends."""
        row = await self._at.row(_TAKE, now=now)
        return None if row is None else _round_of(row)

    async def move(self, to: MailingRound) -> None:
        """Notes how far a walk has come, and when it goes on."""
        await self._at.rows(
            _MOVE,
            mail_kind=to.kind,
            about=to.subject,
            after=to.after,
            some_unanswered=to.unanswered,
            repeated=to.repeats,
            due=to.due_at,
        )

    async def close(self, kind: MailKind, subject: str) -> None:
        """Ends a walk for good. Waits for the step of it that is under way."""
        await self._at.rows(_CLOSE, mail_kind=kind, about=subject)

    async def note(
        self, kind: MailKind, account_id: UUID, occasions: Sequence[str], mail_id: UUID
    ) -> frozenset[str]:
        """Notes that an account is mailed on these occasions; returns those on which it never was before."""
        rows = await self._at.rows(
            _NOTE, mail_kind=kind, account=account_id, occasions=occasions, mail=mail_id
        )
        return frozenset(row.occasion for row in rows)

    async def forget(self, kind: MailKind, account_ids: Sequence[UUID]) -> None:
        """What these accounts were mailed about is over: the next time it is new."""
        await self._at.rows(_FORGET, mail_kind=kind, keys=account_ids)

    async def mails_on(self, kind: MailKind, occasion: str) -> Sequence[UUID]:
        """The mails that went to anybody on an occasion."""
        return [row.mail_id for row in await self._at.rows(_OF_OCCASION, mail_kind=kind, about=occasion)]

    async def progress(self, kind: MailKind, subjects: Sequence[str]) -> Mapping[str, MailingProgress]:
        """How far each mailing has come; nothing queued for one that never was."""
        walking = {row.subject for row in await self._at.rows(_WALKING, mail_kind=kind, keys=subjects)}
        found = {row.occasion: row for row in await self._at.rows(_QUEUED, mail_kind=kind, keys=subjects)}
        return {subject: _progress_of(found.get(subject), subject in walking) for subject in subjects}


def _round_of(row: sa.Row[Any]) -> MailingRound:
    return MailingRound(row.kind, row.subject, row.after_account, row.unanswered, row.repeats, row.due_at)


def _progress_of(row: sa.Row[Any] | None, walking: bool) -> MailingProgress:
    if row is None:
        return MailingProgress(queued=0, sent=0, stopped=0, walking=walking)
    return MailingProgress(row.queued, row.sent, row.stopped, walking)
