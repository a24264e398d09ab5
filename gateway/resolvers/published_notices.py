"""お知らせの掲載 by the co-op's staff (D8, D9): publishing, withdrawing, and what stands published."""

from dataclasses import replace
from uuid import UUID

from adapters.records import MemberNumber, Page
from gateway.context import Context
from gateway.coop import Coop
from gateway.instructions.recording import KeyUsedOtherwise
from gateway.notices import publishing, withdrawing
from gateway.notices.publishing import NewNotice
from gateway.notices.refusals import MembersNotFound, NoticeNotFound, NoticeRefused
from gateway.paging import page_size, read_cursor
from gateway.resolvers.entrances import own_entrance
from gateway.resolvers.requests import read_place
from gateway.resolvers.staff_accounts import staff_of
from gateway.rules import member_numbers
from gateway.store.records import MailingProgress, PublishedNotice


async def publish(
    context: Context, new: NewNotice
) -> PublishedNotice | NoticeRefused | MembersNotFound | KeyUsedOtherwise:
    """Publishes a notice to the members of the staff's own co-op."""
    entrance, by = own_entrance(context), staff_of(context)
    try:
        numbers = tuple(sorted({_parsed(entrance.coop, each) for each in new.content.member_numbers}))
    except member_numbers.MemberNumberError as error:
        return NoticeRefused("memberNumbers", str(error))
    parsed = replace(new, content=replace(new.content, member_numbers=numbers))
    return await publishing.publish_notice(entrance, by, parsed, context.origin)


async def withdraw(context: Context, notice: str) -> PublishedNotice | NoticeNotFound:
    """Withdraws one of them."""
    entrance, by = own_entrance(context), staff_of(context)
    try:
        notice_id = UUID(notice)
    except ValueError:
        return NoticeNotFound()
    return await withdrawing.withdraw_notice(entrance, by, notice_id, context.origin)


async def page(context: Context, first: int, after: str | None) -> Page[PublishedNotice]:
    """What was published, newest first, withdrawn or not."""
    published = context.at_home().store.published_notices
    return await published.page(page_size(first), read_cursor(after, read_place))


async def mailing(context: Context, notice_id: UUID) -> MailingProgress:
    """How far a notice's mails are."""
    return await context.at_home().load.own.mailing_progress.load(str(notice_id))


def _parsed(coop: Coop, number: MemberNumber) -> MemberNumber:
    return member_numbers.parse(number, coop.member_numbers)
