"""The notices that the staff of one co-op publish (D8, D9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert

from adapters.records import (
    EmploymentStatus,
    MemberKind,
    MemberNumber,
    MemberSegment,
    MemberStatus,
    Page,
)
from gateway.store.batches import BatchRead, asked_for, one_each
from gateway.store.column_types import JapanTime, StoredText
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.mailing_tables import notice_recipients, published_notices
from gateway.store.prepared import Row
from gateway.store.records import (
    KeyedNotice,
    NoticeContent,
    NoticeReach,
    OwnNotice,
    OwnNotices,
    PlaceInTime,
    PublishedNotice,
)

_NOW = sa.bindparam("now", type_=JapanTime)
_ACCOUNT = sa.bindparam("account", type_=sa.Uuid)
_KEY = sa.bindparam("key", type_=sa.Uuid)
_ADD = (
    insert(published_notices)
    .values(
        coop=THIS_COOP,
        title=sa.bindparam("heading", type_=StoredText),
        body=sa.bindparam("text", type_=StoredText),
        reach=sa.bindparam("whom", type_=published_notices.c.reach.type),
        segment=sa.bindparam("parts", type_=JSONB(none_as_null=True)),
        by_mail=sa.bindparam("mailed", type_=sa.Boolean),
        published_at=_NOW,
        published_by=_ACCOUNT,
        idempotency_key=_KEY,
        fingerprint=sa.bindparam("print", type_=sa.LargeBinary),
    )
    .on_conflict_do_nothing()
    .returning(published_notices.c.notice_id)
)
_NUMBERS = sa.func.unnest(sa.bindparam("numbers", type_=ARRAY(sa.Text)))
_ADD_RECIPIENTS = (
    insert(notice_recipients)
    .from_select(
        ["coop", "notice_id", "member_number"],
        sa.select(THIS_COOP, sa.bindparam("id", type_=sa.Uuid), _NUMBERS),
    )
    .returning(notice_recipients.c.notice_id)
)
_RECIPIENTS = (
    sa.select(sa.func.array_agg(notice_recipients.c.member_number))
    .where(notice_recipients.c.notice_id == published_notices.c.notice_id)
    .scalar_subquery()
)
_NOTICES = sa.select(published_notices, _RECIPIENTS.label("member_numbers")).where(
    published_notices.c.coop == THIS_COOP
)
_BY_KEY = _NOTICES.where(
    published_notices.c.published_by == _ACCOUNT, published_notices.c.idempotency_key == _KEY
)
_BY_ID = _NOTICES.where(asked_for(published_notices.c.notice_id))
_WITHDRAW = (
    sa.update(published_notices)
    .where(
        published_notices.c.coop == THIS_COOP,
        published_notices.c.notice_id == sa.bindparam("id", type_=sa.Uuid),
        published_notices.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=_NOW)
    .returning(published_notices.c.notice_id)
)

_TOLD = (
    published_notices.c.notice_id,
    published_notices.c.reach,
    published_notices.c.title,
    published_notices.c.body,
    published_notices.c.published_at,
    published_notices.c.segment,
)
_STANDS = sa.and_(published_notices.c.coop == THIS_COOP, published_notices.c.withdrawn_at.is_(None))
_TO_MANY = sa.select(sa.null().cast(sa.Text).label("member_number"), *_TOLD).where(
    _STANDS, published_notices.c.reach != sa.text(f"'{NoticeReach.MEMBERS.value}'")
)
_TO_LISTED = (
    sa.select(notice_recipients.c.member_number, *_TOLD)
    .join(published_notices, published_notices.c.notice_id == notice_recipients.c.notice_id)
    .where(_STANDS, notice_recipients.c.coop == THIS_COOP, asked_for(notice_recipients.c.member_number))
)
_OF_MEMBERS = sa.union_all(_TO_MANY, _TO_LISTED)


def _own_notices_of(
    numbers: Iterable[MemberNumber], rows: Iterable[Row]
) -> Mapping[MemberNumber, OwnNotices]:
    to_many: list[OwnNotice] = []
    listed: dict[str, list[OwnNotice]] = {number: [] for number in numbers}
    for row in rows:
        (to_many if row.member_number is None else listed[row.member_number]).append(_own_notice_of(row))
    return {number: [*to_many, *listed[number]] for number in numbers}


_NOTICES_BY_ID: BatchRead[UUID, PublishedNotice | None] = BatchRead(
    _BY_ID, lambda ids, rows: one_each(ids, map(_notice_of, rows), lambda notice: notice.notice_id)
)
_NOTICES_OF_MEMBERS: BatchRead[MemberNumber, OwnNotices] = BatchRead(_OF_MEMBERS, _own_notices_of)


@dataclass(frozen=True, slots=True)
class PublishedNotices:
    """What the staff of one co-op have published."""

    _at: CoopConnections

    async def add(
        self, content: NoticeContent, by: UUID, key: UUID, fingerprint: bytes, now: datetime
    ) -> PublishedNotice | None:
        """Publishes a notice, within a transaction; None when this account has used the key already."""
        row = await self._at.row(
            _ADD,
            heading=content.title,
            text=content.body,
            whom=content.reach,
            parts=None if content.segment is None else _parts_of(content.segment),
            mailed=content.by_mail,
            now=now,
            account=by,
            key=key,
            print=fingerprint,
        )
        if row is None:
            return None
        await self._at.rows(_ADD_RECIPIENTS, id=row.notice_id, numbers=list(content.member_numbers))
        return (await self.by_id([row.notice_id]))[row.notice_id]

    async def by_key(self, by: UUID, key: UUID) -> KeyedNotice | None:
        """What an account has published under a key."""
        row = await self._at.row(_BY_KEY, account=by, key=key)
        return None if row is None else KeyedNotice(_notice_of(row), row.fingerprint)

    async def by_id(self, ids: Sequence[UUID]) -> Mapping[UUID, PublishedNotice | None]:
        """Notices by id, withdrawn or not; None for ids that this co-op does not know."""
        return await self._at.read(_NOTICES_BY_ID, ids)

    async def page(self, limit: int, after: PlaceInTime | None) -> Page[PublishedNotice]:
        """What was published, newest first, withdrawn or not."""
        found = [_notice_of(row) for row in await self._at.rows(_page(limit, after))]
        return Page(found[:limit], has_next=len(found) > limit)

    async def withdraw(self, notice_id: UUID, now: datetime) -> bool:
        """From now on nobody is told it; False when it was withdrawn before, or is none of this co-op's."""
        return bool(await self._at.rows(_WITHDRAW, id=notice_id, now=now))

    async def of_members(self, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, OwnNotices]:
        """What each member may be told: with every segment's notices, whether or not the member belongs to it."""
        return await self._at.read(_NOTICES_OF_MEMBERS, numbers)


def _page(limit: int, after: PlaceInTime | None) -> sa.Select[Any]:
    place = (published_notices.c.published_at, published_notices.c.notice_id)
    page = _NOTICES
    if after is not None:
        page = page.where(sa.tuple_(*place) < sa.tuple_(sa.literal(after.at), sa.literal(after.id)))
    return page.order_by(*(column.desc() for column in place)).limit(limit + 1)


def _notice_of(row: Row) -> PublishedNotice:
    return PublishedNotice(
        notice_id=row.notice_id,
        content=NoticeContent(
            title=row.title,
            body=row.body,
            reach=row.reach,
            member_numbers=tuple(map(MemberNumber, sorted(row.member_numbers or ()))),
            segment=None if row.segment is None else _segment_of(row.segment),
            by_mail=row.by_mail,
        ),
        published_at=row.published_at,
        published_by=row.published_by,
        withdrawn_at=row.withdrawn_at,
    )


def _own_notice_of(row: Row) -> OwnNotice:
    segment = None if row.segment is None else _segment_of(row.segment)
    return OwnNotice(row.notice_id, row.reach, row.title, row.body, row.published_at, segment)


def _parts_of(segment: MemberSegment) -> dict[str, Sequence[str | int]]:
    return {
        "kinds": _values(segment.kinds),
        "statuses": _values(segment.statuses),
        "employments": _values(segment.employments),
        "admission_years": sorted(segment.admission_years),
    }


def _values(codes: Iterable[Enum]) -> Sequence[str]:
    return sorted(code.value for code in codes)


def _segment_of(parts: Mapping[str, Any]) -> MemberSegment:
    return MemberSegment(
        kinds=frozenset(map(MemberKind, parts["kinds"])),
        statuses=frozenset(map(MemberStatus, parts["statuses"])),
        employments=frozenset(map(EmploymentStatus, parts["employments"])),
        admission_years=frozenset(parts["admission_years"]),
    )
