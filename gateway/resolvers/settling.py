"""申請の処理 by staff (E20): the co-op's requests, and settling one of them."""

from uuid import UUID

from adapters.records import Page
from gateway.context import Context
from gateway.instructions.settling import Decision, RequestNotFound, SettlingRefusal, settle_request
from gateway.paging import page_size, read_cursor
from gateway.resolvers.entrances import own_entrance
from gateway.resolvers.requests import read_place
from gateway.resolvers.staff_accounts import staff_of
from gateway.store.records import ChangeRequest, ChangeRequestState


async def of_all(
    context: Context, state: ChangeRequestState | None, first: int, after: str | None
) -> Page[ChangeRequest]:
    """The co-op's change requests, newest first."""
    requests = context.at_home().store.requests
    return await requests.change_requests_of_all(state, page_size(first), read_cursor(after, read_place))


async def settle(
    context: Context, request_id: UUID | None, decision: Decision
) -> ChangeRequest | SettlingRefusal:
    """Settles a request; `request_id` None is none of this co-op's."""
    entrance, by = own_entrance(context), staff_of(context)
    if request_id is None:
        return RequestNotFound()
    return await settle_request(entrance, by, request_id, decision, context.origin)
