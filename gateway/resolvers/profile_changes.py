"""個人情報変更 (E19, X19): asked for by the member, taken up by staff (E20)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from adapters.errors import AdapterError
from adapters.records import MemberNumber
from gateway.accounts.refusals import NotOffered
from gateway.context import Context, Section
from gateway.coop_terms import CoopFeature
from gateway.instructions import KeyUsedOtherwise, Recorded
from gateway.instructions.profile_changes import (
    ProfileFields,
    checked,
    fields_of,
    new_profile_change,
    pending_change,
    workplace_channels,
)
from gateway.instructions.refusals import FieldRefused, ManualChannelRequired, NothingToChange
from gateway.resolvers import members
from gateway.resolvers.accounts import signed_in
from gateway.resolvers.instructing import instruct
from gateway.resolvers.members import FoundMember
from gateway.store.records import Details

NOT_HERE = NotOffered("この生協では、マイページからの個人情報変更は行っておりません。")


async def request_change(
    context: Context, typed: ProfileFields, workplace: str | None, key: UUID
) -> (
    Recorded
    | KeyUsedOtherwise
    | Sequence[FieldRefused]
    | NothingToChange
    | ManualChannelRequired
    | NotOffered
):
    """All of it or nothing. Raises `NotYetViewable` before the profile can be seen (E9, X16)."""
    member = await members.acted_for(context)
    coop = context.enter(member.number, Section.PROFILE).coop
    if CoopFeature.PROFILE_CHANGE not in coop.features:
        return NOT_HERE
    await members.require_viewable(context)
    if workplace is not None:
        return workplace_channels(coop)
    fields = checked(typed)
    if not isinstance(fields, Mapping):
        return fields
    by, now = signed_in(context).account_id, context.clock()

    async def refused() -> NothingToChange | None:
        return NothingToChange() if await _stands_already(context, member, fields) else None

    return await instruct(context, new_profile_change(member.number, by, key, fields, now), refused)


async def pending(context: Context, number: MemberNumber) -> Details | None:
    """What is to change once everything under way is taken up; None when nothing is."""
    place = context.enter(number, Section.PROFILE)
    return pending_change(await place.load.own.unsettled_requests.load(number))


async def _stands_already(context: Context, member: FoundMember, fields: Details) -> bool:
    if isinstance(member.outcome, AdapterError):
        return False
    stands = {**fields_of(member.record()), **(await pending(context, member.number) or {})}
    return all(stands.get(name) == value for name, value in fields.items())
