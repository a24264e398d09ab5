"""お問い合わせへの回答: once, kept for MyPage and mailed to who asked (D10, E8)."""

from dataclasses import dataclass
from uuid import UUID

from gateway import mails
from gateway.accounts.changes import reachable_at
from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import AnswerRefused, InquiryAnswered, InquiryNotFound
from gateway.store import CoopStore
from gateway.store.records import AccessAction, Inquiry, NewAccessLogEntry, Origin
from gateway.viewer import StaffViewer

LONGEST = 4000
"""Characters of an answer."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The inquiry with its answer. Not `mailed`: who asked has no address, and reads it on MyPage."""

    inquiry: Inquiry
    mailed: bool


async def answer_inquiry(
    entrance: Entrance, by: StaffViewer, inquiry_id: UUID, answer: str, origin: Origin
) -> Answered | AnswerRefused | InquiryNotFound | InquiryAnswered:
    """Writes the answer down and mails it to the address given for it, else to the account's own."""
    text = answer.strip()
    if not 0 < len(text) <= LONGEST:
        return AnswerRefused(f"回答を{LONGEST}文字以内でご入力ください。")
    async with entrance.store.transaction() as within:
        answered = await within.requests.answer_inquiry(inquiry_id, text, entrance.clock())
        if answered is None:
            return await _why_not(within, inquiry_id)
        await within.access_log.record([_entry(entrance, by, answered, origin)])
        mailed = await _mail(entrance, within, answered, text)
    return Answered(answered, mailed)


async def _why_not(within: CoopStore, inquiry_id: UUID) -> InquiryNotFound | InquiryAnswered:
    found = (await within.requests.inquiries_by_id([inquiry_id]))[inquiry_id]
    if found is None or found.answered_at is None:
        return InquiryNotFound()
    return InquiryAnswered(
        f"このお問い合わせには{found.answered_at:%Y年%-m月%-d日 %-H時%M分}に回答済みです。"
    )


async def _mail(entrance: Entrance, within: CoopStore, inquiry: Inquiry, answer: str) -> bool:
    address = inquiry.reply_to or await _own_address(within, inquiry.account_id)
    if address is None:
        return False
    now = entrance.clock()
    await mails.queue_inquiry_answered(within, entrance.coop, address, answer, inquiry.sent_at, now)
    return True


async def _own_address(within: CoopStore, account_id: UUID | None) -> str | None:
    if account_id is None:
        return None
    account = (await within.accounts.by_id([account_id]))[account_id]
    return None if account is None else reachable_at(account)


def _entry(entrance: Entrance, by: StaffViewer, inquiry: Inquiry, origin: Origin) -> NewAccessLogEntry:
    return NewAccessLogEntry.of_session(
        by,
        entrance.clock(),
        AccessAction.INQUIRY_ANSWERED,
        origin,
        member_number=inquiry.member_number,
        what=(str(inquiry.inquiry_id),),
    )
