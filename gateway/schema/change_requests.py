"""申請: what a member has asked for and where it stands (E20)."""

from datetime import datetime

import strawberry

from adapters import records
from adapters.records import MemberNumber
from gateway.coop import Coop as CoopConfig
from gateway.paging import write_cursor
from gateway.schema.change_request_details import DETAILS, ChangeRequestDetails
from gateway.schema.connections import Connection, connection
from gateway.schema.nodes import Node, write_global_id
from gateway.store.records import ChangeRequest as ChangeRequestRecord
from gateway.store.records import ChangeRequestKind, ChangeRequestState


@strawberry.type(
    description="申請: a request that is carried out later, a member's own or one made for them."
)
class ChangeRequest(Node):
    """One request."""

    record: strawberry.Private[ChangeRequestRecord]
    coop: strawberry.Private[CoopConfig]
    member_number: MemberNumber = strawberry.field(description="Whose: 組合員番号.")
    kind: ChangeRequestKind = strawberry.field(description="What was asked for.")
    state: ChangeRequestState = strawberry.field(description="How far it has come.")
    requested_at: datetime = strawberry.field(description="申請日時.")
    settled_at: datetime | None = strawberry.field(description="完了日時, null while it is under way.")
    reason: str | None = strawberry.field(description="Why it was rejected, for the member.")

    @classmethod
    def of(cls, record: ChangeRequestRecord, coop: CoopConfig) -> "ChangeRequest":
        """From the store."""
        return cls(
            id=write_global_id("ChangeRequest", coop.code, record.member_number, str(record.request_id)),
            record=record,
            coop=coop,
            member_number=record.member_number,
            kind=record.kind,
            state=record.state,
            requested_at=record.requested_at,
            settled_at=record.settled_at,
            reason=record.reason,
        )

    @strawberry.field(description="申請内容.")
    def details(self) -> ChangeRequestDetails:
        """By its kind."""
        return DETAILS[self.record.kind](self.record.details, self.coop)


ChangeRequestConnection = Connection[ChangeRequest]


def change_request_connection(
    page: records.Page[ChangeRequestRecord], coop: CoopConfig, after: str | None
) -> ChangeRequestConnection:
    """A page of requests."""
    return connection(
        page.items,
        node=lambda record: ChangeRequest.of(record, coop),
        cursor=lambda record: write_cursor(record.requested_at.isoformat(), str(record.request_id)),
        has_next=page.has_next,
        after=after,
    )
