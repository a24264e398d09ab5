"""お知らせ (D8, D9, X14)."""

from datetime import datetime

import strawberry

from adapters import records
from adapters.records import NoticeAudience
from gateway.coop import Coop as CoopConfig
from gateway.paging import write_cursor
from gateway.resolvers.notices import ReadNotice, place_of
from gateway.schema.connections import Connection, connection
from gateway.schema.nodes import Node, write_global_id


@strawberry.type(description="お知らせ.")
class Notice(Node):
    """One notice."""

    audience: NoticeAudience = strawberry.field(description="生協からのお知らせか、あなたへのお知らせか.")
    title: str = strawberry.field(description="件名.")
    body: str = strawberry.field(description="本文, plain text.")
    published_at: datetime = strawberry.field(description="掲載日時.")
    read_at: datetime | None = strawberry.field(description="When the viewer read it, null while unread.")

    @classmethod
    def of(cls, record: ReadNotice, coop: CoopConfig) -> "Notice":
        """From the domain."""
        notice = record.notice
        return cls(
            id=write_global_id("Notice", coop.code, record.member_number, notice.notice_id),
            audience=notice.audience,
            title=notice.title,
            body=notice.body,
            published_at=notice.published_at,
            read_at=record.read_at,
        )


NoticeConnection = Connection[Notice]


def notice_connection(
    page: records.Page[ReadNotice], coop: CoopConfig, after: str | None
) -> NoticeConnection:
    """A page of the feed."""
    return connection(
        page.items,
        node=lambda record: Notice.of(record, coop),
        cursor=lambda record: write_cursor(
            place_of(record.notice).published_at.isoformat(), record.notice.notice_id
        ),
        has_next=page.has_next,
        after=after,
    )
