"""保護者への公開 (X13) and マイページの利用中止 (E14): what a member decides about who sees what."""

from datetime import datetime
from typing import Annotated

import strawberry

from gateway.resolvers import self_service as resolver
from gateway.schema.info import Info
from gateway.schema.refusals import refused
from gateway.schema.user_errors import UserError
from gateway.store.records import Account


@strawberry.input(description="保護者への公開の設定 (X13).")
class SetGuardianSharingInput:
    """On or off."""

    shared: bool = strawberry.field(description="公開するか.")


@strawberry.type(description="The outcome of the setting.")
class SetGuardianSharingPayload:
    """The setting as it is now."""

    errors: list[UserError] = strawberry.field(description="Always empty: the student alone decides.")
    shared: bool = strawberry.field(description="公開中か.")
    changed_at: datetime | None = strawberry.field(description="設定を変更した日時.")


@strawberry.input(description="マイページの利用中止 (E14).")
class LeaveMyPageInput:
    """With the password, for it cannot be undone (A27)."""

    password: str = strawberry.field(description="現在のパスワード.")


@strawberry.type(description="The outcome of leaving MyPage.")
class LeaveMyPagePayload:
    """Nothing but errors."""

    errors: list[UserError] = strawberry.field(
        description="Empty when it worked: the account and its sessions are closed, the digital card is revoked."
    )


async def set_guardian_sharing(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        SetGuardianSharingInput, strawberry.argument(description="On or off.")
    ],
) -> SetGuardianSharingPayload:
    """In force with the guardian's next request."""
    sharing = await resolver.set_guardian_sharing(info.context, input.shared)
    return SetGuardianSharingPayload(errors=[], shared=sharing.shared, changed_at=sharing.changed_at)


async def leave_my_page(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        LeaveMyPageInput, strawberry.argument(description="The password.")
    ],
) -> LeaveMyPagePayload:
    """For good."""
    outcome = await resolver.leave_mypage(info.context, input.password)
    if isinstance(outcome, Account):
        return LeaveMyPagePayload(errors=[])
    return LeaveMyPagePayload(errors=refused(outcome, info.context.clock()))
