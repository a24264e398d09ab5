"""お知らせ: one feed of what the co-op tells everyone and what it tells this member (D8, D9, X14)."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from adapters.records import MemberNumber, Notice, NoticeAudience, Page
from gateway.context import Context, Section
from gateway.paging import page_of, page_size, read_cursor
from gateway.resolvers import places
from gateway.store.records import NoticeReadKey
from gateway.viewer import Anonymous


class NoticePlace(NamedTuple):
    """Where a notice stands in the feed; greater is newer."""

    published_at: datetime
    notice_id: str


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice, and when the viewer read it."""

    member_number: MemberNumber
    notice: Notice
    read_at: datetime | None


def place_of(notice: Notice) -> NoticePlace:
    """Where it stands in the feed."""
    return NoticePlace(notice.published_at, notice.notice_id)


def read_place(published_at: str, notice_id: str) -> NoticePlace:
    """The parts of a cursor as a place."""
    return NoticePlace(places.instant(published_at), places.name(notice_id))


async def feed(context: Context, number: MemberNumber) -> list[ReadNotice]:
    """Everything the member is told, newest first."""
    place = context.enter(number, Section.NOTICES)
    if isinstance(context.viewer, Anonymous):
        return []
    account_id = context.viewer.account_id
    notices = sorted((await place.load.notices.load(number)).value, key=place_of, reverse=True)
    read_at = await place.load.own.notice_reads.load_many(
        [NoticeReadKey(account_id, notice.notice_id) for notice in notices]
    )
    return [ReadNotice(number, notice, at) for notice, at in zip(notices, read_at, strict=True)]


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
    wanted = [
        item
        for item in await feed(context, number)
        if (audience is None or item.notice.audience is audience)
        and not (unread_only and item.read_at is not None)
    ]
    return page_of(
        wanted, first=size, follows=lambda item: last_seen is None or place_of(item.notice) < last_seen
    )


async def one(context: Context, number: MemberNumber, notice_id: str) -> ReadNotice | None:
    """A single notice out of the member's feed."""
    found = (item for item in await feed(context, number) if item.notice.notice_id == notice_id)
    return next(found, None)
