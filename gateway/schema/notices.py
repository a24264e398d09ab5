"""お知らせ (D8, D9, X14)."""

from datetime import datetime

import strawberry

from adapters import records
from adapters.records import NoticeAudience
from gateway.coop import Coop as CoopConfig
from gateway.execution import read_field
from gateway.paging import write_cursor
from gateway.resolvers.notices import ReadNotice
from gateway.schema.connections import Connection, connection
from gateway.schema.nodes import Node, write_global_id


def _id(self: "Notice") -> strawberry.ID:
    return write_global_id("Notice", self.coop.code, *self.record.key)


@strawberry.type(description="お知らせ.")
class Notice(Node):
    """One notice."""

    record: strawberry.Private[ReadNotice]
    coop: strawberry.Private[CoopConfig]
    id: strawberry.ID = strawberry.field(resolver=_id, description="Opaque global id.")
    audience: NoticeAudience = read_field(
        "record.notice.audience", description="生協からのお知らせか、あなたへのお知らせか."
    )
    title: str = read_field("record.notice.title", description="件名.")
    body: str = read_field("record.notice.body", description="本文, plain text.")
    published_at: datetime = read_field("record.notice.published_at", description="掲載日時.")
    read_at: datetime | None = read_field(
        "record.read_at", description="When the viewer read it, null while unread."
    )


NoticeConnection = Connection[Notice]


def notice_connection(
    page: records.Page[ReadNotice], coop: CoopConfig, after: str | None
) -> NoticeConnection:
    """A page of the feed."""
    return connection(
        page.items,
        node=lambda record: Notice(record=record, coop=coop),
        cursor=lambda record: write_cursor(record.notice.published_at.isoformat(), record.notice.notice_id),
        has_next=page.has_next,
        after=after,
    )
