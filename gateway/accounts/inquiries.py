"""お問い合わせ: by anybody, signed in or not (A7, A33, A35, D10, E8)."""

from dataclasses import dataclass

from adapters.records import MemberNumber
from gateway import mails
from gateway.accounts.changes import reachable_at
from gateway.accounts.entrance import Entrance
from gateway.accounts.networks import network_of
from gateway.accounts.outcomes import TooManyAttempts
from gateway.accounts.refusals import EmailRefused, InquiryRefused
from gateway.accounts.throttle import Use, reserve
from gateway.accounts.throttle_limits import Scope
from gateway.rules.email_addresses import usable_email
from gateway.store import CoopStore
from gateway.store.login_ids import login_key
from gateway.store.records import (
    AccessAction,
    AccessOutcome,
    Inquiry,
    InquiryTopic,
    NewAccessLogEntry,
    Origin,
    ReceivedInquiry,
)
from gateway.viewer import GuardianViewer, LimitedViewer, MemberViewer, SessionHolder, StaffViewer

LONGEST = 2000
"""Characters of an inquiry."""


@dataclass(frozen=True, slots=True)
class NewInquiry:
    """An inquiry as it was typed. Who is not signed in gives `reply_to`, and a number if they know theirs."""

    topic: InquiryTopic
    body: str
    reply_to: str | None = None
    claimed_number: MemberNumber | None = None


async def submit_inquiry(
    entrance: Entrance, viewer: SessionHolder | None, new: NewInquiry, origin: Origin
) -> Inquiry | InquiryRefused | EmailRefused | TooManyAttempts:
    """Writes it down, and mails that it has arrived."""
    body = new.body.strip()
    if not 0 < len(body) <= LONGEST:
        return InquiryRefused(f"お問い合わせ内容を{LONGEST}文字以内でご入力ください。")
    reply_to = None if new.reply_to is None else usable_email(new.reply_to)
    if reply_to is None and (viewer is None or new.reply_to is not None):
        return EmailRefused()
    wait = await reserve(entrance, _uses(reply_to, origin))
    if wait is not None:
        return wait
    received = _received(entrance, viewer, new, body, reply_to)
    async with entrance.store.transaction() as within:
        inquiry = await within.requests.add_inquiry(received)
        await within.access_log.record([_entry(viewer, received, origin)])
        address = reply_to or await _address_of(within, viewer)
        if address is not None:
            await mails.queue_inquiry_received(within, entrance.coop, address, received.sent_at)
    return inquiry


def _uses(reply_to: str | None, origin: Origin) -> list[Use]:
    by_address = Use(Scope.INQUIRY_FROM_ADDRESS, network_of(origin))
    if reply_to is None:
        return [by_address]
    return [by_address, Use(Scope.MAIL_TO_RECIPIENT, login_key(reply_to))]


def _received(
    entrance: Entrance, viewer: SessionHolder | None, new: NewInquiry, body: str, reply_to: str | None
) -> ReceivedInquiry:
    # Only a member's own inquiries stand under their number: a guardian's are not the student's to read.
    member_number, claimed_number = _numbers(viewer)
    return ReceivedInquiry(
        topic=new.topic,
        body=body,
        sent_at=entrance.clock(),
        account_id=None if viewer is None else viewer.account_id,
        member_number=member_number,
        reply_to=reply_to,
        claimed_number=claimed_number or new.claimed_number,
    )


def _numbers(viewer: SessionHolder | None) -> tuple[MemberNumber | None, MemberNumber | None]:
    """The number an inquiry stands under, and the one its author has to do with."""
    match viewer:
        case MemberViewer():
            return viewer.member_number, None
        case GuardianViewer():
            return None, viewer.student_number
        case LimitedViewer():
            return None, viewer.member_number
        case StaffViewer() | None:
            return None, None


async def _address_of(within: CoopStore, viewer: SessionHolder | None) -> str | None:
    if viewer is None:
        return None
    account = (await within.accounts.by_id([viewer.account_id]))[viewer.account_id]
    return None if account is None else reachable_at(account)


def _entry(viewer: SessionHolder | None, received: ReceivedInquiry, origin: Origin) -> NewAccessLogEntry:
    return NewAccessLogEntry(
        at=received.sent_at,
        action=AccessAction.INQUIRY_SUBMITTED,
        outcome=AccessOutcome.ALLOWED,
        origin=origin,
        account_id=received.account_id,
        session_id=None if viewer is None else viewer.session_id,
        member_number=received.member_number,
        what=(received.topic.value,),
    )
