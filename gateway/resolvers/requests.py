"""What members have set in motion: change requests (E20) and inquiries (D10, E8), from the gateway's own store."""

from uuid import UUID

from adapters.records import MemberNumber, Page
from gateway.context import Context, Section
from gateway.paging import page_size, read_cursor
from gateway.resolvers import places
from gateway.store.records import (
    ChangeRequest,
    ChangeRequestKind,
    ChangeRequestsQuery,
    InquiriesQuery,
    Inquiry,
    PlaceInTime,
)


def read_place(at: str, identity: str) -> PlaceInTime:
    """The parts of a cursor as a place in time."""
    return PlaceInTime(places.instant(at), places.identity(identity))


async def change_requests(
    context: Context,
    number: MemberNumber,
    first: int,
    after: str | None,
    kinds: frozenset[ChangeRequestKind] | None = None,
) -> Page[ChangeRequest]:
    """A member's change requests, newest first."""
    place = context.enter(number, Section.REQUESTS)
    query = ChangeRequestsQuery(number, page_size(first), read_cursor(after, read_place), kinds)
    return await place.load.own.change_requests.load(query)


async def one(context: Context, number: MemberNumber, request_id: UUID) -> ChangeRequest | None:
    """One of a member's change requests."""
    place = context.enter(number, Section.REQUESTS)
    found = await place.load.own.change_requests_by_id.load(request_id)
    return found if found is not None and found.member_number == number else None


async def inquiries(context: Context, number: MemberNumber, first: int, after: str | None) -> Page[Inquiry]:
    """A member's inquiries, newest first."""
    place = context.enter(number, Section.REQUESTS)
    query = InquiriesQuery(number, page_size(first), read_cursor(after, read_place))
    return await place.load.own.inquiries.load(query)
