"""A change request as it lies in its row."""

from gateway.store.prepared import Row
from gateway.store.records import ChangeRequest


def change_request_of(row: Row) -> ChangeRequest:
    """The record."""
    return ChangeRequest(
        request_id=row.request_id,
        member_number=row.member_number,
        kind=row.kind,
        state=row.state,
        requested_at=row.requested_at,
        settled_at=row.settled_at,
        reason=row.reason,
        details=row.details,
        requested_by=row.requested_by,
    )
