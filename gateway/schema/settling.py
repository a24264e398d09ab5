"""申請の処理 by staff (E20)."""

from typing import Annotated

import strawberry

from gateway.instructions.settling import Decision, Settlement
from gateway.resolvers import settling as resolver
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.nodes import identity_in
from gateway.schema.refusals import refused
from gateway.schema.user_errors import UserError
from gateway.store.records import ChangeRequest as ChangeRequestRecord


@strawberry.input(description="申請の処理 (E20).")
class SettleChangeRequestInput:
    """Which, and how."""

    change_request_id: strawberry.ID = strawberry.field(description="`id` of `changeRequests`.")
    settlement: Settlement = strawberry.field(
        description="How: a change of the profile is DONE or REJECTED; what NEEDS_ATTENTION is, too, or is given to "
        "the POS once more."
    )
    reason: str | None = strawberry.field(
        default=None, description="お断りの理由, for the member; needed to reject."
    )
    note: str | None = strawberry.field(
        default=None,
        description="確認した内容, kept in the access log; needed to settle by hand what NEEDS_ATTENTION.",
    )


@strawberry.type(description="The outcome of settling: the member is told by mail.")
class SettleChangeRequestPayload:
    """The request as it stands now, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    change_request: ChangeRequest | None = strawberry.field(
        default=None, description="The request as it stands now."
    )


async def settle_change_request(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SettleChangeRequestInput, strawberry.argument(description="Which, and how.")
    ],
) -> SettleChangeRequestPayload:
    """Once: what is settled stays so."""
    coop = info.context.at_home().coop
    request_id = identity_in(input.change_request_id, "ChangeRequest", coop.code)
    decision = Decision(input.settlement, input.reason, input.note)
    outcome = await resolver.settle(info.context, request_id, decision)
    if isinstance(outcome, ChangeRequestRecord):
        return SettleChangeRequestPayload(errors=[], change_request=ChangeRequest.of(outcome, coop))
    return SettleChangeRequestPayload(errors=refused(outcome, info.context.clock()))
