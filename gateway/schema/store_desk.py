"""店舗での手続き by staff, for the member before them (B10–B17, D2, D3, D5–D7)."""

from collections.abc import Mapping
from typing import Annotated

import strawberry

from adapters.records import MemberNumber
from gateway.instructions import Recorded
from gateway.resolvers import pico
from gateway.resolvers import store_desk as resolver
from gateway.resolvers.store_desk import Intention
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.scalars import IdempotencyKey, Yen
from gateway.schema.user_errors import UserError
from gateway.store.records import ChangeRequestState

PENDING = "受付は完了しました。POSへの反映は処理中です。結果は申請の状態でご確認ください。"
MESSAGES: Mapping[ChangeRequestState, str] = {
    ChangeRequestState.RECEIVED: PENDING,
    ChangeRequestState.IN_PROGRESS: PENDING,
    ChangeRequestState.DONE: "お手続きは完了しています。",
    ChangeRequestState.REJECTED: "お手続きできませんでした。理由をご確認ください。",
    ChangeRequestState.NEEDS_ATTENTION: "POSへの反映を確認できていません。事務局が確認します。",
}
"""What is certain and what is pending; what was sent again is answered with the present state."""
CARRIED_OVER = "Pico残高やポイントなどは、新しいカードに引き継がれます。"
OLD_CARD_IS_DEAD = "新しいカードが発行されると、旧カードは使用できなくなります。"


@strawberry.input(description="店舗での利用停止 (D3).")
class SuspendPicoInStoreInput:
    """Whose, and where."""

    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    store_code: str = strawberry.field(description="お手続きの店舗: `code` of `Coop.stores`.")
    idempotency_key: IdempotencyKey = strawberry.field(description="Made up once for this intention.")


@strawberry.input(description="店舗での利用再開 (D2).")
class ResumePicoInput:
    """Whose, and where."""

    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    store_code: str = strawberry.field(description="お手続きの店舗: `code` of `Coop.stores`.")
    idempotency_key: IdempotencyKey = strawberry.field(description="Made up once for this intention.")


@strawberry.input(description="組合員証の再発行 (D5–D7).")
class ReissueCardInput:
    """Whose, and the new card's number."""

    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    card_number: str = strawberry.field(
        description="新しいカードの番号, 16 digits; spaces, hyphens and any width allowed."
    )
    idempotency_key: IdempotencyKey = strawberry.field(description="Made up once for this intention.")


@strawberry.input(description="未受取プリペイドの受取 at a register (B10–B17).")
class ReceivePrepaidInput:
    """Whose, which sum, and where."""

    member_number: MemberNumber = strawberry.field(description="組合員番号.")
    slip_number: str = strawberry.field(description="`slipNumber` of `unreceivedPrepaid.items`.")
    store_code: str = strawberry.field(
        description="受け取る店舗: `code` of a store that has `canReceivePrepaid` (B14)."
    )
    idempotency_key: IdempotencyKey = strawberry.field(description="Made up once for this intention.")


@strawberry.type(
    description="The outcome of a 利用停止 in a store: on record, and on its way to the POS (D3)."
)
class SuspendPicoInStorePayload:
    """The request, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    change_request: ChangeRequest | None = strawberry.field(
        default=None, description="The request; its `state` says whether the POS has it."
    )
    message: str | None = strawberry.field(
        default=None, description="What is certain now and what is pending."
    )
    follow_ups: list[str] = strawberry.field(
        default_factory=list, description="What to tell the member to do besides: ミールカード (D4)."
    )


@strawberry.type(description="The outcome of a 利用再開: on record, and on its way to the POS (D2).")
class ResumePicoPayload:
    """The request, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    change_request: ChangeRequest | None = strawberry.field(
        default=None, description="The request; Pico can be used once its `state` is DONE."
    )
    message: str | None = strawberry.field(
        default=None, description="What is certain now and what is pending."
    )


@strawberry.type(description="The outcome of a 再発行: on record, and on its way to the POS (D5–D7).")
class ReissueCardPayload:
    """The request and the fee, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    change_request: ChangeRequest | None = strawberry.field(
        default=None, description="The request; the new card can be used once its `state` is DONE."
    )
    fee: Yen | None = strawberry.field(
        default=None, description="発行手数料 to take, null where the co-op takes none (D5)."
    )
    message: str | None = strawberry.field(
        default=None, description="What is certain now, what is pending, what carries over (D6, D7)."
    )


@strawberry.type(
    description="The outcome of handing out unreceived prepaid: on record, and on its way (B11)."
)
class ReceivePrepaidPayload:
    """The request, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    change_request: ChangeRequest | None = strawberry.field(
        default=None, description="The request; the money is on the card once its `state` is DONE."
    )
    message: str | None = strawberry.field(
        default=None, description="What is certain now and what is pending."
    )


async def suspend_pico_in_store(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SuspendPicoInStoreInput, strawberry.argument(description="Whose, and where.")
    ],
) -> SuspendPicoInStorePayload:
    """The member is told by mail, whatever their settings."""
    intention = Intention(input.member_number, input.idempotency_key)
    outcome = await resolver.suspend(info.context, intention, input.store_code)
    if not isinstance(outcome, Recorded):
        return SuspendPicoInStorePayload(errors=_errors(info, outcome))
    follow_ups = await pico.follow_ups(info.context, input.member_number)
    return SuspendPicoInStorePayload(
        errors=[],
        change_request=_request(info, outcome),
        message=MESSAGES[outcome.request.state],
        follow_ups=list(follow_ups),
    )


async def resume_pico(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ResumePicoInput, strawberry.argument(description="Whose, and where.")
    ],
) -> ResumePicoPayload:
    """In a store only."""
    intention = Intention(input.member_number, input.idempotency_key)
    outcome = await resolver.resume(info.context, intention, input.store_code)
    if not isinstance(outcome, Recorded):
        return ResumePicoPayload(errors=_errors(info, outcome))
    return ResumePicoPayload(
        errors=[], change_request=_request(info, outcome), message=MESSAGES[outcome.request.state]
    )


async def reissue_card(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ReissueCardInput, strawberry.argument(description="Whose, and the new card's number.")
    ],
) -> ReissueCardPayload:
    """Money and points belong to the member, not to the card."""
    intention = Intention(input.member_number, input.idempotency_key)
    outcome = await resolver.reissue_card(info.context, intention, input.card_number)
    if not isinstance(outcome, Recorded):
        return ReissueCardPayload(errors=_errors(info, outcome))
    fee = info.context.at_home().coop.card_reissue_fee
    return ReissueCardPayload(
        errors=[],
        change_request=_request(info, outcome),
        fee=None if fee is None else Yen(fee),
        message=f"{MESSAGES[outcome.request.state]}{OLD_CARD_IS_DEAD}{CARRIED_OVER}",
    )


async def receive_prepaid(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        ReceivePrepaidInput, strawberry.argument(description="Whose, which sum, and where.")
    ],
) -> ReceivePrepaidPayload:
    """Onto the card, once."""
    intention = Intention(input.member_number, input.idempotency_key)
    outcome = await resolver.hand_out(info.context, intention, input.slip_number, input.store_code)
    if not isinstance(outcome, Recorded):
        return ReceivePrepaidPayload(errors=_errors(info, outcome))
    return ReceivePrepaidPayload(
        errors=[], change_request=_request(info, outcome), message=MESSAGES[outcome.request.state]
    )


def _request(info: Info, outcome: Recorded) -> ChangeRequest:
    return ChangeRequest.of(outcome.request, info.context.at_home().coop)


def _errors(info: Info, outcome: resolver.Refusal) -> list[UserError]:
    return refused(outcome, info.context.clock())
