"""お問い合わせ (A7, A33, A35, D10, E8): sent by anybody, read by the co-op's staff."""

from adapters.records import Page
from gateway.accounts import inquiries as accounts
from gateway.accounts.inquiries import NewInquiry
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import EmailRefused, InquiryRefused
from gateway.context import Context
from gateway.paging import page_size, read_cursor
from gateway.resolvers.entrances import MalformedNumber, entrance_of, malformed
from gateway.resolvers.requests import read_place
from gateway.store.records import Inquiry, InquiryState
from gateway.viewer import Anonymous


async def submit(
    context: Context, coop_code: str, new: NewInquiry
) -> Inquiry | InquiryRefused | EmailRefused | MalformedNumber | TooManyAttempts:
    """Who is signed in to that co-op asks as a member; anybody else gives an address to answer to."""
    entrance = entrance_of(context, coop_code)
    wrong = malformed(entrance.coop, new.claimed_number)
    if wrong is not None:
        return wrong
    viewer = context.viewer
    sender = None if isinstance(viewer, Anonymous) or viewer.coop_code != coop_code else viewer
    return await accounts.submit_inquiry(entrance, sender, new, context.origin)


async def of_all(
    context: Context, state: InquiryState | None, first: int, after: str | None
) -> Page[Inquiry]:
    """The co-op's inquiries, newest first."""
    requests = context.at_home().store.requests
    return await requests.inquiries_of_all(state, page_size(first), read_cursor(after, read_place))
