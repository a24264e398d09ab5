"""個人情報変更 (E19, X19): asked for on MyPage, taken up by the co-op's staff (E20)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from adapters.records import Member, MemberNumber
from gateway.coop import Coop
from gateway.coop_config.parts import ManualChannel
from gateway.coop_terms import CoopFeature, ManualChannelKind
from gateway.instructions.refusals import FieldRefused, ManualChannelRequired, NothingToChange
from gateway.rules import profile_fields
from gateway.rules.business_days import card_name_day
from gateway.store.records import ChangeRequest, ChangeRequestKind, Details, NewChangeRequest

NAME = "name"


@dataclass(frozen=True, slots=True)
class ProfileFields:
    """Fields of the profile as a member typed them; None for what stays."""

    name: str | None = None
    kana: str | None = None
    postal_code: str | None = None
    address: str | None = None
    home_phone: str | None = None
    mobile_phone: str | None = None


class _Field(NamedTuple):
    """How a field is kept, and what is said of what cannot stand there."""

    kept: Callable[[str], str | None]
    message: str


_FIELDS: Mapping[str, _Field] = {
    NAME: _Field(
        profile_fields.usable_name,
        f"氏名は、記号や数字を使わず{profile_fields.LONGEST_NAME}文字以内でご入力ください。",
    ),
    "kana": _Field(
        profile_fields.usable_kana,
        f"氏名カナは、カタカナ{profile_fields.LONGEST_KANA}文字以内でご入力ください。",
    ),
    "postal_code": _Field(profile_fields.usable_postal_code, "郵便番号は、7桁の数字でご入力ください。"),
    "address": _Field(
        profile_fields.usable_address, f"住所は、{profile_fields.LONGEST_ADDRESS}文字以内でご入力ください。"
    ),
    "home_phone": _Field(
        profile_fields.usable_phone, "電話番号は、市外局番からの10桁または11桁の数字でご入力ください。"
    ),
    "mobile_phone": _Field(
        profile_fields.usable_mobile_phone,
        "携帯電話番号は、070・080・090から始まる11桁の数字でご入力ください。",
    ),
}


def checked(typed: ProfileFields) -> Details | Sequence[FieldRefused] | NothingToChange:
    """What is to change, in the form in which the profile shows it; or everything that is wrong."""
    given = {name: value for name, value in asdict(typed).items() if value is not None}
    if not given:
        return NothingToChange()
    kept = {name: _FIELDS[name].kept(value) for name, value in given.items()}
    refused = [FieldRefused(name, _FIELDS[name].message) for name, value in kept.items() if value is None]
    return refused or {name: value for name, value in kept.items() if value is not None}


def workplace_channels(coop: Coop) -> ManualChannelRequired:
    """勤務先の変更 goes by the form 異動と退職 or by phone (E18)."""
    form = _channels(coop, ManualChannelKind.TRANSFER_AND_RETIREMENT_FORM)
    phones = _channels(coop, ManualChannelKind.PHONE)
    return ManualChannelRequired("".join(channel.description for channel in form), (*form, *phones))


def _channels(coop: Coop, kind: ManualChannelKind) -> tuple[ManualChannel, ...]:
    return tuple(channel for channel in coop.manual_channels if channel.kind is kind)


def new_profile_change(
    number: MemberNumber, by: UUID, key: UUID, fields: Details, now: datetime
) -> NewChangeRequest:
    """What to write down of fields that are `checked`."""
    return NewChangeRequest(
        kind=ChangeRequestKind.PROFILE_CHANGE,
        member_number=number,
        requested_by=by,
        idempotency_key=key,
        details=fields,
        requested_at=now,
    )


def fields_of(member: Member) -> Mapping[str, str | None]:
    """The same fields as the registry has them."""
    return asdict(
        ProfileFields(
            name=member.name,
            kana=member.name_kana,
            postal_code=member.postal_code,
            address=member.address,
            home_phone=member.home_phone,
            mobile_phone=member.mobile_phone,
        )
    )


def name_effective_from(request: ChangeRequest, coop: Coop) -> date | None:
    """The day by which a new name stands on the digital card, if it is taken up on the day it was asked for.

    Three business days (E21, X18); None for what changes no name, and where there is no digital card.
    """
    if NAME not in request.details or CoopFeature.DIGITAL_CARD not in coop.features:
        return None
    return card_name_day(request.requested_at.date(), coop.calendar.extra_closed_days)


def pending_change(unsettled: Sequence[ChangeRequest]) -> Details | None:
    """What the profile will say once all that is under way is taken up: of two, what was asked for later."""
    changes = [request for request in unsettled if request.kind is ChangeRequestKind.PROFILE_CHANGE]
    if not changes:
        return None
    return {name: value for request in changes for name, value in request.details.items()}
