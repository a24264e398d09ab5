"""ポイント受取申請 (B6–B9)."""

from datetime import date
from typing import Annotated

import strawberry

from gateway.instructions import Recorded
from gateway.instructions.web_point_transfers import available_from
from gateway.resolvers import pico
from gateway.resolvers import web_point_transfers as resolver
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.scalars import IdempotencyKey
from gateway.schema.user_errors import UserError
from gateway.schema.web_points import WebPoints


@strawberry.input(description="ポイント受取申請 (B6).")
class RequestWebPointTransferInput:
    """How many."""

    points: int = strawberry.field(description="ポイント数: whole units of 200.")
    idempotency_key: IdempotencyKey = strawberry.field(description="Of this one request and its resends.")


@strawberry.type(
    description="The outcome: `changeRequest` is certain, what it asks for is pending until its state is DONE."
)
class RequestWebPointTransferPayload:
    """The request, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it was taken on.")
    change_request: ChangeRequest | None = strawberry.field(default=None, description="受け付けた申請.")
    available_from: date | None = strawberry.field(
        default=None,
        description="受け取り可能日: from then on it is handed out at a register, once it is DONE (B8, B9, X6).",
    )

    @strawberry.field(
        description="Webポイント as they are now: `pending` of them are under way. Null with an error while the POS "
        "does not answer; the request stands nevertheless."
    )
    async def web_points(self, info: Info) -> WebPoints | None:
        """The balance, for who has just asked for a part of it."""
        if self.change_request is None:
            return None
        rules = info.context.at_home().coop.pico
        figures = await pico.figures_of(info.context, self.change_request.member_number)
        return None if figures is None or rules is None else WebPoints(figures=figures, rules=rules)


async def request_web_point_transfer(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        RequestWebPointTransferInput, strawberry.argument(description="How many.")
    ],
) -> RequestWebPointTransferPayload:
    """Taken on at any hour; carried out by the worker."""
    outcome = await resolver.request_transfer(info.context, input.points, input.idempotency_key)
    if isinstance(outcome, Recorded):
        request = outcome.request
        return RequestWebPointTransferPayload(
            errors=[],
            change_request=ChangeRequest.of(request, info.context.at_home().coop),
            available_from=available_from(request),
        )
    return RequestWebPointTransferPayload(errors=refused(outcome, info.context.clock()))
