"""From what stands in the journal to what the POS is told, and from its result to what the member is told."""

from collections.abc import Mapping
from typing import Final, assert_never

from adapters.records import (
    Instruction,
    InstructionResult,
    ReceivePrepaid,
    ReissueCard,
    ResumePico,
    SuspendPico,
    TransferWebPoints,
)
from gateway.store.records import ChangeRequest, ChangeRequestKind

REASONS: Final[Mapping[InstructionResult, str]] = {
    InstructionResult.NO_SUCH_MEMBER: "電子マネーのご利用登録が確認できませんでした。",
    InstructionResult.INSUFFICIENT_POINTS: "Webポイントが不足しています。",
    InstructionResult.ALREADY_SUSPENDED: "すでに利用停止になっています。",
    InstructionResult.NOT_SUSPENDED: "利用停止になっていません。",
    InstructionResult.NOT_RECEIVABLE: "まだお受け取りいただけないか、すでにお受け取り済みです。",
}
"""Why something was not done; every result but DONE has its reason."""


def instruction_of(request: ChangeRequest) -> Instruction:
    """What the POS is told. Raises `ValueError` for a kind that staff settle."""
    number, details = request.member_number, request.details
    match request.kind:
        case ChangeRequestKind.WEB_POINT_TRANSFER:
            return TransferWebPoints(number, int(details["points"]))
        case ChangeRequestKind.PICO_SUSPENSION:
            store = details.get("store_code")
            return SuspendPico(number, None if store is None else str(store))
        case ChangeRequestKind.PICO_RESUMPTION:
            return ResumePico(number, str(details["store_code"]))
        case ChangeRequestKind.PREPAID_RECEIPT:
            return ReceivePrepaid(number, str(details["slip_number"]), str(details["store_code"]))
        case ChangeRequestKind.CARD_REISSUE:
            return ReissueCard(number, str(details["card_number"]))
        case ChangeRequestKind.PROFILE_CHANGE:
            raise ValueError("a change of the profile is no instruction to the POS")
        case _:
            assert_never(request.kind)
