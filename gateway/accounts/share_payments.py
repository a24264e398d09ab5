"""出資金の入金確認: from then on a member may register, and is told how (E10, E11)."""

from dataclasses import dataclass

from adapters.records import Member, MemberNumber, MemberStatus
from gateway import mails
from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import MemberNotFound
from gateway.rules.email_addresses import usable_email
from gateway.store.records import (
    AccessAction,
    NewAccessLogEntry,
    Origin,
    SharePayment,
)
from gateway.viewer import StaffViewer


@dataclass(frozen=True, slots=True)
class SharePaymentConfirmed:
    """The payment is on record. Not `invited`: the registry has no address, the invitation must go by post."""

    payment: SharePayment
    invited: bool


async def confirm_share_payment(
    entrance: Entrance, by: StaffViewer, number: MemberNumber, origin: Origin
) -> SharePaymentConfirmed | MemberNotFound:
    """Records the payment, and mails the invitation once. Asked again, nothing more happens.

    Raises the errors of `adapters.errors` when the registry does not answer.
    """
    member = (await entrance.registry.members([number])).of(number)
    if member is None or member.status is MemberStatus.WITHDRAWN:
        return MemberNotFound()
    payment = SharePayment(number, entrance.clock(), by.account_id)
    recipient = _address_of(member)
    async with entrance.store.transaction() as within:
        if await within.share_payments.add(payment):
            await within.access_log.record([_entry(by, payment, origin)])
            if recipient is not None:
                await mails.queue_invitation(within, entrance.coop, recipient, payment.confirmed_at)
        recorded = (await within.share_payments.of_members([number]))[number]
    return SharePaymentConfirmed(recorded or payment, invited=recipient is not None)


def _address_of(member: Member) -> str | None:
    return None if member.email is None else usable_email(member.email)


def _entry(by: StaffViewer, payment: SharePayment, origin: Origin) -> NewAccessLogEntry:
    return NewAccessLogEntry.of_session(
        by,
        payment.confirmed_at,
        AccessAction.SHARE_PAYMENT_CONFIRMED,
        origin,
        member_number=payment.member_number,
    )
