"""What members have asked for: change requests and inquiries of one co-op."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from adapters.records import MemberNumber, Page
from gateway.store.batches import BatchRead, asked_for, many_each, one_each
from gateway.store.change_request_rows import change_request_of
from gateway.store.column_types import JapanTime
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.prepared import Row
from gateway.store.records import (
    ChangeRequest,
    ChangeRequestsQuery,
    ChangeRequestState,
    InquiriesQuery,
    Inquiry,
    InquiryState,
    PlaceInTime,
    ReceivedInquiry,
)
from gateway.store.tables import change_requests, inquiries
from gateway.store.walks import ASKED, newest_of_members, question

_CHANGE_REQUESTS = newest_of_members(
    change_requests,
    change_requests.c.requested_at,
    change_requests.c.request_id,
    sa.or_(ASKED.c.kinds.is_(None), sa.cast(change_requests.c.kind, sa.Text) == sa.any_(ASKED.c.kinds)),
)
_CHANGE_REQUESTS_BY_ID = sa.select(change_requests).where(
    change_requests.c.coop == THIS_COOP, asked_for(change_requests.c.request_id)
)
_UNSETTLED = (
    sa.select(change_requests)
    .where(
        change_requests.c.coop == THIS_COOP,
        asked_for(change_requests.c.member_number),
        change_requests.c.settled_at.is_(None),
    )
    .order_by(change_requests.c.sequence)
)
_INQUIRIES = newest_of_members(inquiries, inquiries.c.sent_at, inquiries.c.inquiry_id)
_ANSWER_INQUIRY = (
    sa.update(inquiries)
    .where(
        inquiries.c.coop == THIS_COOP,
        inquiries.c.inquiry_id == sa.bindparam("inquiry", type_=sa.Uuid),
        inquiries.c.state == InquiryState.OPEN,
    )
    .values(
        state=InquiryState.ANSWERED,
        answer=sa.bindparam("text", type_=inquiries.c.answer.type),
        answered_at=sa.bindparam("now", type_=JapanTime),
    )
    .returning(inquiries)
)
_INQUIRIES_BY_ID = sa.select(inquiries).where(
    inquiries.c.coop == THIS_COOP, asked_for(inquiries.c.inquiry_id)
)

_PAGES_OF_REQUESTS: BatchRead[ChangeRequestsQuery, Page[ChangeRequest]] = BatchRead(
    _CHANGE_REQUESTS,
    lambda queries, rows: _pages(queries, rows, change_request_of),
    lambda queries: _asking(queries, [_kinds(query) for query in queries]),
)
_REQUESTS_BY_ID: BatchRead[UUID, ChangeRequest | None] = BatchRead(
    _CHANGE_REQUESTS_BY_ID,
    lambda ids, rows: one_each(ids, map(change_request_of, rows), lambda request: request.request_id),
)
_UNSETTLED_OF_MEMBERS: BatchRead[MemberNumber, Sequence[ChangeRequest]] = BatchRead(
    _UNSETTLED,
    lambda numbers, rows: many_each(
        numbers, map(change_request_of, rows), lambda request: request.member_number
    ),
)
_PAGES_OF_INQUIRIES: BatchRead[InquiriesQuery, Page[Inquiry]] = BatchRead(
    _INQUIRIES,
    lambda queries, rows: _pages(queries, rows, _inquiry_of),
    lambda queries: _asking(queries, [None] * len(queries)),
)
_INQUIRY_BY_ID: BatchRead[UUID, Inquiry | None] = BatchRead(
    _INQUIRIES_BY_ID,
    lambda ids, rows: one_each(ids, map(_inquiry_of, rows), lambda inquiry: inquiry.inquiry_id),
)

Q = TypeVar("Q", ChangeRequestsQuery, InquiriesQuery)
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Requests:
    """The change requests and inquiries of one co-op."""

    _at: CoopConnections

    async def change_requests(
        self, queries: Sequence[ChangeRequestsQuery]
    ) -> Mapping[ChangeRequestsQuery, Page[ChangeRequest]]:
        """A page for every query."""
        return await self._at.read(_PAGES_OF_REQUESTS, queries)

    async def change_requests_of_all(
        self, state: ChangeRequestState | None, limit: int, after: PlaceInTime | None
    ) -> Page[ChangeRequest]:
        """The change requests of the whole co-op, newest first."""
        time, key = change_requests.c.requested_at, change_requests.c.request_id
        page = _of_all(change_requests, time, key, state, limit, after)
        found = [change_request_of(row) for row in await self._at.rows(page)]
        return Page(found[:limit], has_next=len(found) > limit)

    async def change_requests_by_id(self, ids: Sequence[UUID]) -> Mapping[UUID, ChangeRequest | None]:
        """Change requests by id; None for ids that this co-op does not know."""
        return await self._at.read(_REQUESTS_BY_ID, ids)

    async def unsettled(
        self, numbers: Sequence[MemberNumber]
    ) -> Mapping[MemberNumber, Sequence[ChangeRequest]]:
        """What is under way for each member, in the order in which it was asked for."""
        return await self._at.read(_UNSETTLED_OF_MEMBERS, numbers)

    async def inquiries(self, queries: Sequence[InquiriesQuery]) -> Mapping[InquiriesQuery, Page[Inquiry]]:
        """A page for every query."""
        return await self._at.read(_PAGES_OF_INQUIRIES, queries)

    async def inquiries_by_id(self, ids: Sequence[UUID]) -> Mapping[UUID, Inquiry | None]:
        """Inquiries by id; None for ids that this co-op does not know."""
        return await self._at.read(_INQUIRY_BY_ID, ids)

    async def inquiries_of_all(
        self, state: InquiryState | None, limit: int, after: PlaceInTime | None
    ) -> Page[Inquiry]:
        """The inquiries of the whole co-op, newest first: members' and those of who was not signed in."""
        page = _of_all(inquiries, inquiries.c.sent_at, inquiries.c.inquiry_id, state, limit, after)
        found = [_inquiry_of(row) for row in await self._at.rows(page)]
        return Page(found[:limit], has_next=len(found) > limit)

    async def answer_inquiry(self, inquiry_id: UUID, answer: str, now: datetime) -> Inquiry | None:
        """Writes the answer down; None when there is no such inquiry that waits for one."""
        row = await self._at.row(_ANSWER_INQUIRY, inquiry=inquiry_id, text=answer, now=now)
        return None if row is None else _inquiry_of(row)

    async def add_inquiry(self, new: ReceivedInquiry) -> Inquiry:
        """Writes an inquiry down."""
        row = {
            "topic": new.topic,
            "state": InquiryState.OPEN,
            "body": new.body,
            "sent_at": new.sent_at,
            "account_id": new.account_id,
            "member_number": new.member_number,
            "reply_to": new.reply_to,
            "claimed_number": new.claimed_number,
        }
        return _inquiry_of(await self._at.insert_one(inquiries, row))


def _asking(queries: Sequence[Q], kinds: Sequence[list[str] | None]) -> dict[str, Any]:
    asked = [
        question(turn, query.member_number, query.after, kinds[turn]) for turn, query in enumerate(queries)
    ]
    return {"asked": asked, "at_most": max((query.limit for query in queries), default=0) + 1}


def _pages(queries: Sequence[Q], rows: Iterable[Row], record_of: Callable[[Row], R]) -> Mapping[Q, Page[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[row.turn].append(record_of(row))
    return {
        query: Page(found[turn][: query.limit], has_next=len(found[turn]) > query.limit)
        for turn, query in enumerate(queries)
    }


def _of_all(
    table: sa.Table,
    time: sa.Column[Any],
    key: sa.Column[Any],
    state: Enum | None,
    limit: int,
    after: PlaceInTime | None,
) -> sa.Select[Any]:
    page = sa.select(table).where(table.c.coop == THIS_COOP)
    if state is not None:
        page = page.where(table.c.state == state)
    if after is not None:
        page = page.where(sa.tuple_(time, key) < sa.tuple_(sa.literal(after.at), sa.literal(after.id)))
    return page.order_by(time.desc(), key.desc()).limit(limit + 1)


def _kinds(query: ChangeRequestsQuery) -> list[str] | None:
    return None if query.kinds is None else [kind.value for kind in query.kinds]


def _inquiry_of(row: Row) -> Inquiry:
    return Inquiry(
        inquiry_id=row.inquiry_id,
        member_number=row.member_number,
        topic=row.topic,
        state=row.state,
        body=row.body,
        sent_at=row.sent_at,
        answer=row.answer,
        answered_at=row.answered_at,
        reply_to=row.reply_to,
        claimed_number=row.claimed_number,
        account_id=row.account_id,
    )
