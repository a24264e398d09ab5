"""申請: what a member has asked for and where it stands (E20)."""

from datetime import datetime

import strawberry

from adapters import records
from gateway.paging import write_cursor
from gateway.schema.connections import Connection, connection
from gateway.store.records import ChangeRequest as ChangeRequestRecord
from gateway.store.records import ChangeRequestKind, ChangeRequestState


@strawberry.type(description="申請: a member's request that is carried out later.")
class ChangeRequest:
    """One request."""

    id: strawberry.ID = strawberry.field(description="受付番号.")
    kind: ChangeRequestKind = strawberry.field(description="What was asked for.")
    state: ChangeRequestState = strawberry.field(description="How far it has come.")
    requested_at: datetime = strawberry.field(description="申請日時.")
    settled_at: datetime | None = strawberry.field(description="完了日時.")
    reason: str | None = strawberry.field(description="Why it was rejected, for the member.")

    @classmethod
    def of(cls, record: ChangeRequestRecord) -> "ChangeRequest":
        """From the store."""
        return cls(
            id=strawberry.ID(str(record.request_id)),
            kind=record.kind,
            state=record.state,
            requested_at=record.requested_at,
            settled_at=record.settled_at,
            reason=record.reason,
        )


ChangeRequestConnection = Connection[ChangeRequest]


def change_request_connection(
    page: records.Page[ChangeRequestRecord], after: str | None
) -> ChangeRequestConnection:
    """A page of requests."""
    return connection(
        page.items,
        node=ChangeRequest.of,
        cursor=lambda record: write_cursor(record.requested_at.isoformat(), str(record.request_id)),
        has_next=page.has_next,
        after=after,
    )
