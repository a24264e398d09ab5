"""電子マネー利用停止申請 (D1, D4, X12, X13)."""

from typing import Annotated

import strawberry

from gateway.instructions import Recorded
from gateway.resolvers import pico
from gateway.resolvers import suspensions as resolver
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.pico import PicoSuspension
from gateway.schema.refusals import refused
from gateway.schema.scalars import IdempotencyKey
from gateway.schema.user_errors import UserError


@strawberry.input(description="電子マネー利用停止申請 (D1).")
class SuspendPicoInput:
    """Nothing but the key: it is one's own Pico, or for a guardian the student's."""

    idempotency_key: IdempotencyKey = strawberry.field(description="Of this one request and its resends.")


@strawberry.type(description="The outcome: the request is certain; Pico is stopped once its state is DONE.")
class SuspendPicoPayload:
    """The request, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it was taken on.")
    change_request: ChangeRequest | None = strawberry.field(default=None, description="受け付けた申請.")

    @strawberry.field(
        description="利用停止 as it stands now, with what else is to be done: the meal card is not stopped (D4, X12)."
    )
    async def suspension(self, info: Info) -> PicoSuspension | None:
        """As `Pico.suspension` says it from now on; null once Pico was started again."""
        if self.change_request is None:
            return None
        number = self.change_request.member_number
        found = await pico.suspension(info.context, number)
        return None if found is None else PicoSuspension.of(found, number, info.context.at_home().coop)


async def suspend_pico(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SuspendPicoInput, strawberry.argument(description="The key.")
    ],
) -> SuspendPicoPayload:
    """Taken on at any hour; carried out by the worker."""
    outcome = await resolver.suspend(info.context, input.idempotency_key)
    if isinstance(outcome, Recorded):
        request = ChangeRequest.of(outcome.request, info.context.at_home().coop)
        return SuspendPicoPayload(errors=[], change_request=request)
    return SuspendPicoPayload(errors=refused(outcome, info.context.clock()))
