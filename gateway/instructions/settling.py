"""申請の処理 by staff: what only they can settle, and what the POS has left to them (E20)."""

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar
from uuid import UUID

from gateway.accounts.entrance import Entrance
from gateway.instructions.telling import tell_settled
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    ChangeRequest,
    ChangeRequestState,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import StaffViewer

LONGEST = 300
"""Characters of a reason or a note."""


class Settlement(Enum):
    """完了, お断り, or for the POS もう一度."""

    DONE = "DONE"
    REJECTED = "REJECTED"
    TRY_AGAIN = "TRY_AGAIN"


@dataclass(frozen=True, slots=True)
class Decision:
    """How staff settle a request. `reason` is for the member, `note` says to the auditors what was done by hand."""

    settlement: Settlement
    reason: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class RequestNotFound:
    """The co-op has no such request. Only staff are told."""

    message: ClassVar[str] = "該当する申請がありません。"


@dataclass(frozen=True, slots=True)
class NotSettleable:
    """Settled already, still with the worker, or not to be settled in this way; `message` says which."""

    message: str


@dataclass(frozen=True, slots=True)
class ReasonMissing:
    """Who is refused is told why (E20)."""

    message: ClassVar[str] = f"お断りの理由を{LONGEST}文字以内でご入力ください。組合員へお知らせします。"


@dataclass(frozen=True, slots=True)
class NoteMissing:
    """What was settled by hand can be traced (E26)."""

    message: ClassVar[str] = f"確認した内容を{LONGEST}文字以内で記録してください。"


SettlingRefusal = RequestNotFound | NotSettleable | ReasonMissing | NoteMissing

_STATES = {Settlement.DONE: ChangeRequestState.DONE, Settlement.REJECTED: ChangeRequestState.REJECTED}


async def settle_request(
    entrance: Entrance, by: StaffViewer, request_id: UUID, decision: Decision, origin: Origin
) -> ChangeRequest | SettlingRefusal:
    """Settles a change of the profile, or what needs attention; or has the POS asked once more.

    What was settled is mailed, and every process forgets what it last knew of the member.
    """
    async with entrance.store.transaction() as within:
        request = (await within.requests.change_requests_by_id([request_id]))[request_id]
        if request is None:
            return RequestNotFound()
        refusal = _refusal(request, decision)
        if refusal is not None:
            return refusal
        settled = await _settled(entrance, within, request, decision)
        if settled is None:  # somebody was faster
            return NotSettleable(
                "この申請は、ほかの職員または自動処理により更新されました。最新の状態をご確認ください。"
            )
        await within.access_log.record([_entry(entrance, by, settled, decision, origin)])
    return settled


def _refusal(
    request: ChangeRequest, decision: Decision
) -> NotSettleable | ReasonMissing | NoteMissing | None:
    if request.settled_at is not None:
        return NotSettleable(f"この申請は{request.settled_at:%Y年%-m月%-d日 %-H時%M分}に処理済みです。")
    left_to_staff = request.state is ChangeRequestState.NEEDS_ATTENTION
    if request.kind.instructs_the_pos and not left_to_staff:
        return NotSettleable("この申請は自動で処理中です。職員による処理は「要確認」の申請に限ります。")
    if decision.settlement is Settlement.TRY_AGAIN:
        return None if left_to_staff else NotSettleable("この申請は職員が処理します。再実行はできません。")
    if decision.settlement is Settlement.REJECTED and not _is_written(decision.reason):
        return ReasonMissing()
    if left_to_staff and not _is_written(decision.note):
        return NoteMissing()
    return None


def _is_written(text: str | None) -> bool:
    return text is not None and 0 < len(text.strip()) <= LONGEST


async def _settled(
    entrance: Entrance, within: CoopStore, request: ChangeRequest, decision: Decision
) -> ChangeRequest | None:
    now = entrance.clock()
    if decision.settlement is Settlement.TRY_AGAIN:
        return await within.journal.try_again(request.request_id, now)
    rejected = decision.settlement is Settlement.REJECTED
    reason = decision.reason.strip() if rejected and decision.reason is not None else None
    state = _STATES[decision.settlement]
    settled = await within.journal.settle_by_hand(request.request_id, state, now, reason)
    if settled is not None:
        await tell_settled(within, entrance.coop, settled)
        await within.member_changes.announce(settled.member_number)
    return settled


def _entry(
    entrance: Entrance, by: StaffViewer, request: ChangeRequest, decision: Decision, origin: Origin
) -> NewAccessLogEntry:
    return NewAccessLogEntry.of_session(
        by,
        entrance.clock(),
        AccessAction.CHANGE_SETTLED,
        origin,
        member_number=request.member_number,
        what=(request.kind.value, decision.settlement.value, str(request.request_id)),
        reason=(decision.note or decision.reason or "").strip() or None,
    )
