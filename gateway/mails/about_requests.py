"""Mails about what somebody has set in motion: received, done, or refused with the reason (B6, D1–D5, E19, E20).

What a mail can do without is not in it: no new name, no card number, no balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gateway.coop import Coop
from gateway.mails.queueing import queue
from gateway.store import CoopStore
from gateway.store.records import ChangeRequest, ChangeRequestKind, ChangeRequestState, MailKind
from gateway.viewer import AccountKind

_NAMES = {
    ChangeRequestKind.WEB_POINT_TRANSFER: "Webポイントの受取申請",
    ChangeRequestKind.PICO_SUSPENSION: "電子マネーの利用停止",
    ChangeRequestKind.PICO_RESUMPTION: "電子マネーの利用再開",
    ChangeRequestKind.CARD_REISSUE: "組合員証の再発行",
    ChangeRequestKind.PREPAID_RECEIPT: "未受取プリペイドのお受け取り",
    ChangeRequestKind.PROFILE_CHANGE: "登録内容の変更申請",
}

_ASKERS = {
    AccountKind.MEMBER: "組合員ご本人（マイページ）",
    AccountKind.GUARDIAN: "保護者の方（マイページ）",
    AccountKind.STAFF: "生協の店舗・窓口",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A request as its mails tell of it. `asked_by` is the kind of the account that asked."""

    request: ChangeRequest
    asked_by: AccountKind


async def queue_request_received(store: CoopStore, coop: Coop, recipient: str, told: Told) -> None:
    """お手続きの受付. That of a suspension says what to do next (D2, D4), and nobody can switch it off."""
    kind, facts = MailKind.REQUEST_RECEIVED, _facts(coop, told)
    if told.request.kind is ChangeRequestKind.PICO_SUSPENSION:
        kind, facts = MailKind.SUSPENSION_RECEIVED, {**facts, "notes": _after_suspension(coop)}
    await queue(store, coop, kind, recipient, told.request.requested_at, **facts)


async def queue_request_settled(
    store: CoopStore, coop: Coop, recipient: str, told: Told, now: datetime
) -> None:
    """お手続きの完了, or why it could not be done."""
    if told.request.state is ChangeRequestState.DONE:
        facts = {**_facts(coop, told), "notes": _notes(coop, told.request)}
        await queue(store, coop, MailKind.REQUEST_DONE, recipient, now, **facts)
    else:
        facts = {**_facts(coop, told), "reason": told.request.reason or "窓口へお問い合わせください。"}
        await queue(store, coop, MailKind.REQUEST_REJECTED, recipient, now, **facts)


def _facts(coop: Coop, told: Told) -> dict[str, object]:
    return {
        "what": _NAMES[told.request.kind],
        "asked_by": _ASKERS[told.asked_by],
        "requested_at": told.request.requested_at,
        "details": _details(coop, told.request),
    }


def _details(coop: Coop, request: ChangeRequest) -> Sequence[tuple[str, str]]:
    details = []
    if request.kind is ChangeRequestKind.WEB_POINT_TRANSFER:
        details.append(("ポイント数", f"{request.details['points']:,}ポイント"))
    if "store_code" in request.details:
        details.append(("店舗", _store_name(coop, str(request.details["store_code"]))))
    return details


def _notes(coop: Coop, request: ChangeRequest) -> Sequence[str]:
    """What comes next."""
    match request.kind:
        case ChangeRequestKind.WEB_POINT_TRANSFER:
            available_from = date.fromisoformat(str(request.details["available_from"]))
            return [f"{available_from:%Y年%-m月%-d日}以降に、店舗レジにてチャージできます。"]
        case ChangeRequestKind.PICO_SUSPENSION:
            return _after_suspension(coop)
        case _:
            return []


def _after_suspension(coop: Coop) -> Sequence[str]:
    return [text for text in (coop.texts.how_to_resume, coop.texts.meal_card_follow_up) if text]


def _store_name(coop: Coop, code: str) -> str:
    return next((store.name for store in coop.stores if store.code == code), code)
