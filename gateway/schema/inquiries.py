"""お問い合わせ (D10, E8)."""

from datetime import datetime

import strawberry

from adapters import records
from gateway.paging import write_cursor
from gateway.schema.connections import Connection, connection
from gateway.store.records import Inquiry as InquiryRecord
from gateway.store.records import InquiryState, InquiryTopic


@strawberry.type(description="お問い合わせ and the co-op's answer.")
class Inquiry:
    """One inquiry."""

    id: strawberry.ID = strawberry.field(description="受付番号.")
    topic: InquiryTopic = strawberry.field(description="件名.")
    state: InquiryState = strawberry.field(description="How far it has come.")
    body: str = strawberry.field(description="本文.")
    sent_at: datetime = strawberry.field(description="送信日時.")
    answer: str | None = strawberry.field(description="回答.")
    answered_at: datetime | None = strawberry.field(description="回答日時.")

    @classmethod
    def of(cls, record: InquiryRecord) -> "Inquiry":
        """From the store."""
        return cls(
            id=strawberry.ID(str(record.inquiry_id)),
            topic=record.topic,
            state=record.state,
            body=record.body,
            sent_at=record.sent_at,
            answer=record.answer,
            answered_at=record.answered_at,
        )


InquiryConnection = Connection[Inquiry]


def inquiry_connection(page: records.Page[InquiryRecord], after: str | None) -> InquiryConnection:
    """A page of inquiries."""
    return connection(
        page.items,
        node=Inquiry.of,
        cursor=lambda record: write_cursor(record.sent_at.isoformat(), str(record.inquiry_id)),
        has_next=page.has_next,
        after=after,
    )
