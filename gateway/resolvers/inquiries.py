"""お問い合わせ (A7, A33, A35, D10, E8): sent by anybody, read and answered by the co-op's staff."""

from uuid import UUID

from adapters.records import Page
from gateway.accounts import inquiries as accounts
from gateway.accounts.answering import Answered, answer_inquiry
from gateway.accounts.inquiries import NewInquiry
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import (
    AnswerRefused,
    EmailRefused,
    InquiryAnswered,
    InquiryNotFound,
    InquiryRefused,
)
from gateway.context import Context, Section
from gateway.errors import Forbidden
from gateway.paging import page_size, read_cursor
from gateway.permissions import AT_THE_DESK
from gateway.resolvers.entrances import MalformedNumber, entrance_of, malformed, own_entrance
from gateway.resolvers.members import by_number
from gateway.resolvers.requests import read_place
from gateway.resolvers.staff_accounts import staff_of
from gateway.store.records import Inquiry, InquiryState
from gateway.viewer import Anonymous, StaffViewer, Viewer


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


async def one(context: Context, inquiry_id: UUID) -> Inquiry:
    """An inquiry, for who sent it, for who may see the member's own pages, and for the staff who answer it.

    Raises `Forbidden` for everybody else, and when there is none.
    """
    store = context.at_home().store
    found = (await store.requests.inquiries_by_id([inquiry_id]))[inquiry_id]
    if found is None:
        raise Forbidden
    if not _reads(context.viewer, found):
        if found.member_number is None:
            raise Forbidden
        await by_number(context, found.member_number)
        context.enter(found.member_number, Section.REQUESTS)
    return found


def _reads(viewer: Viewer, inquiry: Inquiry) -> bool:
    if isinstance(viewer, StaffViewer):
        return not viewer.roles.isdisjoint(AT_THE_DESK)
    return not isinstance(viewer, Anonymous) and viewer.account_id == inquiry.account_id


async def answer(
    context: Context, inquiry_id: UUID | None, text: str
) -> Answered | AnswerRefused | InquiryNotFound | InquiryAnswered:
    """The co-op's answer; `inquiry_id` None is none of this co-op's."""
    entrance, by = own_entrance(context), staff_of(context)
    if inquiry_id is None:
        return InquiryNotFound()
    return await answer_inquiry(entrance, by, inquiry_id, text, context.origin)
