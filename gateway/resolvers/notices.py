"""お知らせ: one feed of what the co-op tells everyone and what it tells this member (D8, D9, X14).

Notices of the co-op's notice system and those that staff have published through the gateway stand together.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from adapters.records import Member, MemberNumber, Notice, NoticeAudience, Page
from gateway.context import Context, Place, Section
from gateway.paging import page_of, page_size, read_cursor
from gateway.resolvers import members, places
from gateway.resolvers.accounts import signed_in
from gateway.rules.segments import belongs
from gateway.store.records import NoticeReach, NoticeReadsQuery, OwnNotice
from gateway.viewer import Anonymous


class NoticePlace(NamedTuple):
    """Where a notice stands in the feed; greater is newer."""

    published_at: datetime
    notice_id: str


class NoticeKey(NamedTuple):
    """One notice in one member's feed."""

    member_number: MemberNumber
    notice_id: str


class ReadNotice(NamedTuple):
    """A notice, and when the viewer read it."""

    member_number: MemberNumber
    notice: Notice
    read_at: datetime | None

    @property
    def key(self) -> NoticeKey:
        """Which one it is."""
        return NoticeKey(self.member_number, self.notice.notice_id)


def place_of(notice: Notice) -> NoticePlace:
    """Where it stands in the feed."""
    return NoticePlace(notice.published_at, notice.notice_id)


def read_place(published_at: str, notice_id: str) -> NoticePlace:
    """The parts of a cursor as a place."""
    return NoticePlace(places.instant(published_at), places.name(notice_id))


@dataclass(frozen=True, slots=True)
class Feed:
    """Everything a member is told, newest first, and when the viewer read what of it."""

    member_number: MemberNumber
    notices: Sequence[Notice]
    read_at: Mapping[str, datetime]

    def of(self, notice: Notice) -> ReadNotice:
        """One of its notices."""
        return ReadNotice(self.member_number, notice, self.read_at.get(notice.notice_id))

    def those(self, wanted: Collection[NoticeKey]) -> list[ReadNotice]:
        """Those that are wanted and in it."""
        return [item for item in map(self.of, self.notices) if item.key in wanted]


async def feed(context: Context, number: MemberNumber) -> Feed:
    """What the member is told."""
    place = context.enter(number, Section.NOTICES)
    if isinstance(context.viewer, Anonymous):
        return Feed(number, (), {})
    load = place.load
    on_the_board, published = await asyncio.gather(
        load.notices.load(number), load.own.published_notices.load(number)
    )
    own = await _own(place, number, published)
    notices = sorted([*on_the_board.value, *own], key=place_of, reverse=True)
    asked = NoticeReadsQuery(context.viewer.account_id, tuple([notice.notice_id for notice in notices]))
    return Feed(number, notices, await load.own.notice_reads.load(asked))


async def _own(place: Place, number: MemberNumber, published: Sequence[OwnNotice]) -> Sequence[Notice]:
    """What the co-op's staff tell the member; the registry is asked only when a segment must be told from others."""
    if all(notice.segment is None for notice in published):
        return [_notice_of(notice) for notice in published]
    member = (await place.load.registry.members.load(number)).value
    return [_notice_of(notice) for notice in published if _is_for(notice, member)]


def _is_for(notice: OwnNotice, member: Member | None) -> bool:
    return notice.segment is None or (member is not None and belongs(member, notice.segment))


def _notice_of(notice: OwnNotice) -> Notice:
    to_everyone = notice.reach is NoticeReach.EVERYONE
    return Notice(
        notice_id=str(notice.notice_id),
        audience=NoticeAudience.EVERYONE if to_everyone else NoticeAudience.PERSONAL,
        title=notice.title,
        body=notice.body,
        published_at=notice.published_at,
    )


async def page(
    context: Context,
    number: MemberNumber,
    audience: NoticeAudience | None,
    unread_only: bool,
    first: int,
    after: str | None,
) -> Page[ReadNotice]:
    """One page of the feed, of one audience or only what is unread when so asked."""
    size = page_size(first)
    last_seen = read_cursor(after, read_place)
    told = await feed(context, number)
    wanted = [
        notice
        for notice in told.notices
        if (audience is None or notice.audience is audience)
        and not (unread_only and notice.notice_id in told.read_at)
    ]
    shown = page_of(
        wanted, first=size, follows=lambda notice: last_seen is None or place_of(notice) < last_seen
    )
    return Page([told.of(notice) for notice in shown.items], shown.has_next)


async def mark_read(context: Context, wanted: Collection[NoticeKey]) -> list[ReadNotice]:
    """The viewer has read these of their notices. What is not in their feed, or no longer, is passed over."""
    number = (await members.acted_for(context)).number
    place, account_id = context.at_home(), signed_in(context).account_id
    there = [item.notice.notice_id for item in (await feed(context, number)).those(wanted)]
    await place.store.notice_reads.mark(account_id, there, context.clock())
    place.load.own.notice_reads.clear_all()
    return (await feed(context, number)).those(wanted)


async def one(context: Context, number: MemberNumber, notice_id: str) -> ReadNotice | None:
    """A single notice out of the member's feed."""
    told = await feed(context, number)
    found = (told.of(notice) for notice in told.notices if notice.notice_id == notice_id)
    return next(found, None)
