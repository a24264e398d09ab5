"""お知らせメールの設定."""

from typing import Annotated

import strawberry

from gateway.resolvers import self_service as resolver
from gateway.schema.account import AlertPreferences
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.scalars import Yen
from gateway.schema.user_errors import UserError
from gateway.store import records


@strawberry.input(
    description="お知らせメールの設定, all of it. The mail about a suspension cannot be switched off (D1)."
)
class SetAlertsInput:
    """Which mails one wants."""

    ready_to_collect: bool = strawberry.field(
        description="未受取プリペイドが受け取れるようになったときに知らせるか (B14, B15)."
    )
    low_balance_below: Yen | None = strawberry.field(
        default=None, description="残高がこの額を下回ったときに知らせる; null for never."
    )


@strawberry.type(description="The outcome of the setting.")
class SetAlertsPayload:
    """The setting as it is now, or errors."""

    errors: list[UserError] = strawberry.field(description="Empty when it worked.")
    alerts: AlertPreferences | None = strawberry.field(default=None, description="現在の設定.")


async def set_alerts(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SetAlertsInput, strawberry.argument(description="Which mails.")
    ],
) -> SetAlertsPayload:
    """For one's own account."""
    outcome = await resolver.set_alerts(info.context, input.low_balance_below, input.ready_to_collect)
    if isinstance(outcome, records.AlertPreferences):
        return SetAlertsPayload(errors=[], alerts=AlertPreferences.of(outcome))
    return SetAlertsPayload(errors=refused(outcome, info.context.clock()))
