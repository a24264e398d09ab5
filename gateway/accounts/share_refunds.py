"""出資金の返還: membership ends, and with it everything that was opened for the member (E22, E24).

What was recorded by mistake can be cancelled, for as long as the registry has not let the member go.
"""

from dataclasses import dataclass
from datetime import date, datetime

from adapters.records import Member, MemberNumber, MemberStatus
from gateway import mails
from gateway.accounts.changes import end_sessions, reachable_at
from gateway.accounts.disclosure import LONGEST_NOTE
from gateway.accounts.entrance import Entrance
from gateway.accounts.refusals import (
    MemberNotFound,
    NotLeaving,
    RefundDayRefused,
    RefundNotCancellable,
    RefundReasonMissing,
    RefundRecorded,
)
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    NewAccessLogEntry,
    Origin,
    ShareRefund,
)
from gateway.viewer import StaffViewer

_LEAVING = frozenset({MemberStatus.WITHDRAWING, MemberStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class RefundToRecord:
    """Whose share capital was paid back, and on which day."""

    member_number: MemberNumber
    refunded_on: date


@dataclass(frozen=True, slots=True)
class RefundToCancel:
    """Whose refund was recorded by mistake; `reason` is for the access log."""

    member_number: MemberNumber
    reason: str


CancelRefusal = MemberNotFound | RefundNotCancellable | RefundReasonMissing
RefundRefusal = MemberNotFound | NotLeaving | RefundDayRefused | RefundRecorded


async def record_share_refund(
    entrance: Entrance, by: StaffViewer, refund: RefundToRecord, origin: Origin
) -> ShareRefund | RefundRefusal:
    """Records the refund, closes the accounts of member and guardian with their sessions, revokes the card.

    The same refund again is answered as the first time, and nothing more happens. Raises the errors of
    `adapters.errors` when the registry does not answer.
    """
    number = refund.member_number
    member = (await entrance.registry.members([number])).of(number)
    refusal = _refusal(entrance, member, refund.refunded_on)
    if refusal is not None:
        return refusal
    new = ShareRefund(number, refund.refunded_on, entrance.clock(), by.account_id)
    async with entrance.store.transaction() as within:
        if await within.share_refunds.add(new):
            await within.access_log.record(
                [_entry(by, new.recorded_at, AccessAction.SHARE_REFUND_RECORDED, new, origin)]
            )
            await _end_membership(entrance, within, number, origin)
        recorded = (await within.share_refunds.of_members([number]))[number] or new
    return recorded if recorded.refunded_on == new.refunded_on else _of_another_day(recorded)


async def cancel_share_refund(
    entrance: Entrance, by: StaffViewer, mistake: RefundToCancel, origin: Origin
) -> ShareRefund | CancelRefusal:
    """Forgets the refund and gives it; what it closed and revoked is open again, and its owners sign in anew.

    Who had not registered, or whose login ID somebody else has taken meanwhile, may register. Raises the errors of
    `adapters.errors` when the registry does not answer.
    """
    if not 0 < len(mistake.reason.strip()) <= LONGEST_NOTE:
        return RefundReasonMissing()
    number = mistake.member_number
    member = (await entrance.registry.members([number])).of(number)
    if member is None:
        return MemberNotFound()
    if member.status is MemberStatus.WITHDRAWN:
        return RefundNotCancellable("台帳で脱退済みの組合員です。台帳をご確認ください。")
    async with entrance.store.transaction() as within:
        refund = await within.share_refunds.remove(number)
        if refund is None:
            return RefundNotCancellable("この組合員の返還は記録されていません。")
        action, reason = AccessAction.SHARE_REFUND_CANCELLED, mistake.reason.strip()
        await within.access_log.record([_entry(by, entrance.clock(), action, refund, origin, reason)])
        await within.lifecycle.restore_membership(number)
        await within.digital_cards.restore(number, since=refund.recorded_at)
        await within.member_changes.announce(number)
    return refund


def _refusal(
    entrance: Entrance, member: Member | None, refunded_on: date
) -> MemberNotFound | NotLeaving | RefundDayRefused | None:
    if member is None:
        return MemberNotFound()
    if member.status not in _LEAVING:
        return NotLeaving()
    if refunded_on > entrance.clock().date():
        return RefundDayRefused("返還日は本日までの日付をご入力ください。返還後にご記録ください。")
    noticed_on = member.withdrawal_noticed_on
    if noticed_on is not None and refunded_on < noticed_on:
        return RefundDayRefused(f"返還日は脱退の受付日（{_written(noticed_on)}）以降の日付をご入力ください。")
    return None


async def _end_membership(
    entrance: Entrance, within: CoopStore, number: MemberNumber, origin: Origin
) -> None:
    closed = await within.lifecycle.end_membership(number)
    for account in closed:
        await end_sessions(entrance, within, account, origin)
        await within.mailed_tokens.revoke_all(account.account_id)
    await within.member_changes.announce(number)
    now = entrance.clock()
    had_card = await within.digital_cards.revoke(number, now)
    for address in sorted({address for account in closed if (address := reachable_at(account))}):
        await mails.queue_membership_ended(within, entrance.coop, address, now, had_card=had_card)


def _of_another_day(recorded: ShareRefund) -> RefundRecorded:
    return RefundRecorded(f"{_written(recorded.refunded_on)}の返還としてすでに記録されています。")


def _written(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"


def _entry(
    by: StaffViewer,
    at: datetime,
    action: AccessAction,
    refund: ShareRefund,
    origin: Origin,
    reason: str | None = None,
) -> NewAccessLogEntry:
    return NewAccessLogEntry.of_session(
        by,
        at,
        action,
        origin,
        member_number=refund.member_number,
        what=(refund.refunded_on.isoformat(),),
        reason=reason,
    )
