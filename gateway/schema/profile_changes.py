"""個人情報変更 (E18–E21, X18, X19)."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import strawberry
from strawberry.utils.str_converters import to_camel_case

from gateway.errors import ErrorCode
from gateway.instructions import Recorded
from gateway.instructions.profile_changes import ProfileFields, name_effective_from
from gateway.instructions.refusals import FieldRefused
from gateway.resolvers import profile_changes as resolver
from gateway.schema.change_requests import ChangeRequest
from gateway.schema.info import Info
from gateway.schema.refusals import input_error, refused
from gateway.schema.scalars import IdempotencyKey
from gateway.schema.user_errors import UserError


@strawberry.input(
    description="個人情報変更: 登録内容変更画面 and 個人情報変更 are one operation (E19, X19). Leave out what stays."
)
class RequestProfileChangeInput:
    """What is to change."""

    idempotency_key: IdempotencyKey = strawberry.field(description="Of this one request and its resends.")
    name: str | None = strawberry.field(default=None, description="氏名.")
    kana: str | None = strawberry.field(default=None, description="氏名カナ, of any width.")
    postal_code: str | None = strawberry.field(default=None, description="郵便番号, with or without hyphen.")
    address: str | None = strawberry.field(default=None, description="住所.")
    home_phone: str | None = strawberry.field(default=None, description="電話番号, with or without hyphens.")
    mobile_phone: str | None = strawberry.field(
        default=None, description="携帯電話番号, with or without hyphens."
    )
    workplace: str | None = strawberry.field(
        default=None,
        description="勤務先: cannot be changed here; given one, the answer says how it is done (E18).",
    )

    def to_domain(self) -> ProfileFields:
        """The fields that can be changed here."""
        return ProfileFields(
            name=self.name,
            kana=self.kana,
            postal_code=self.postal_code,
            address=self.address,
            home_phone=self.home_phone,
            mobile_phone=self.mobile_phone,
        )


@strawberry.type(
    description="The outcome: the request is certain, the profile changes once staff have taken it up (E20)."
)
class RequestProfileChangePayload:
    """The request, or errors."""

    errors: list[UserError] = strawberry.field(
        description="Empty when it was taken on: all of it or nothing."
    )
    change_request: ChangeRequest | None = strawberry.field(default=None, description="受け付けた申請.")
    name_effective_from: date | None = strawberry.field(
        default=None,
        description="デジタル組合員証の組合員名が変わる日の目安: three business days from today (E21, X18). "
        "Counted from the day it is taken up; `DigitalCard.nameEffectiveFrom` says it then. Null when no name changes.",
    )


async def request_profile_change(
    info: Info,
    input: Annotated[  # noqa: A002 - GraphQL's custom
        RequestProfileChangeInput, strawberry.argument(description="What is to change.")
    ],
) -> RequestProfileChangePayload:
    """Taken on at any hour; taken up by staff."""
    outcome = await resolver.request_change(
        info.context, input.to_domain(), input.workplace, input.idempotency_key
    )
    match outcome:
        case Recorded(request=request):
            coop = info.context.at_home().coop
            return RequestProfileChangePayload(
                errors=[],
                change_request=ChangeRequest.of(request, coop),
                name_effective_from=name_effective_from(request, coop),
            )
        case Sequence():
            return RequestProfileChangePayload(errors=[_field_error(field) for field in outcome])
        case _:
            return RequestProfileChangePayload(errors=refused(outcome, info.context.clock()))


def _field_error(refused_field: FieldRefused) -> UserError:
    return input_error(ErrorCode.BAD_INPUT, refused_field.message, to_camel_case(refused_field.field))
