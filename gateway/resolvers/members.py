"""組合員: every way to a member, each authorised here."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple, cast

from adapters.errors import AdapterError
from adapters.records import (
    Guardian,
    Member,
    MemberNumber,
    MemberSearch,
    MemberStatus,
    Page,
    Snapshot,
)
from gateway.client_device import ClientDevice
from gateway.context import Context, Section
from gateway.coop_terms import CoopFeature
from gateway.errors import BadInput, Forbidden, NotYetViewable, UnsupportedDevice, Withdrawn
from gateway.paging import page_size, read_cursor
from gateway.resolvers import places
from gateway.resolvers.card_reissues import HeldCard, reissues, with_reissues
from gateway.resolvers.for_many import each
from gateway.rules import member_numbers, viewing
from gateway.store.records import Account, GuardianSharing
from gateway.viewer import GuardianViewer, MemberViewer, StaffViewer


class FoundMember(NamedTuple):
    """A member the viewer may see, and what the registry says of them, or why it does not say.

    Everything else about a member hangs on the number alone, so that a registry that is out costs only its own fields.
    """

    number: MemberNumber
    outcome: Snapshot[Member] | AdapterError

    def snapshot(self) -> Snapshot[Member]:
        """The registry's answer; raises the `AdapterError` where there is none."""
        if isinstance(self.outcome, AdapterError):
            raise self.outcome
        return self.outcome

    def record(self) -> Member:
        """The member as the registry has it; raises likewise."""
        if isinstance(self.outcome, AdapterError):
            raise self.outcome
        return self.outcome.value


async def viewers_own(context: Context) -> FoundMember | None:
    """The signed-in member, for a guardian the student, None for staff."""
    match context.viewer:
        case MemberViewer(member_number=number) | GuardianViewer(student_number=number):
            return await by_number(context, number)
        case _:
            return None


async def acted_for(context: Context) -> FoundMember:
    """The member for whom somebody asks for something: oneself, or one's student. Raises as `by_number` does."""
    found = await viewers_own(context)
    if found is None:
        raise Forbidden
    return found


async def by_number(context: Context, number: MemberNumber) -> FoundMember | None:
    """A member the viewer may see, None when the registry knows none of that number.

    Raises `Forbidden`, `UnsupportedDevice` (A2), and `Withdrawn` when membership has ended (E22). While the registry
    does not answer, whoever has an account is taken to be a member still.
    """
    _require_device(context)
    await _require_sharing(context, number)
    place = context.enter(number, Section.MEMBER)
    try:
        snapshot = await place.load.registry.members.load(number)
    except AdapterError as error:
        return FoundMember(number, error)
    if snapshot.value is None:
        return None
    if snapshot.value.status is MemberStatus.WITHDRAWN and not isinstance(context.viewer, StaffViewer):
        raise Withdrawn
    return FoundMember(number, cast("Snapshot[Member]", snapshot))


def _require_device(context: Context) -> None:
    """MyPage cannot be viewed on a feature phone (A2)."""
    if context.device is ClientDevice.FEATURE_PHONE and not isinstance(context.viewer, StaffViewer):
        raise UnsupportedDevice


async def _require_sharing(context: Context, number: MemberNumber) -> None:
    """A guardian sees what the student shares, and nothing once sharing is revoked (X13)."""
    if not isinstance(context.viewer, GuardianViewer):
        return
    if not (await context.at_home().load.own.guardian_sharing.load(number)).shared:
        raise context.refusal(number, Section.MEMBER)


def parsed_number(context: Context, number: str) -> MemberNumber:
    """A number in the co-op's own format, `BadInput` otherwise (A3, A4)."""
    try:
        return member_numbers.parse(number, context.at_home().coop.member_numbers)
    except member_numbers.MemberNumberError as error:
        raise BadInput("number", str(error)) from error


async def search(context: Context, search: MemberSearch, first: int, after: str | None) -> Page[FoundMember]:
    """Members of the staff's own co-op, in the order of their numbers."""
    _require_text(search)
    place = context.at_home()
    last_seen = read_cursor(after, places.member_number)
    page = await place.systems.registry.search(search, limit=page_size(first), after=last_seen)
    context.enter_all([member.number for member in page.items], Section.MEMBER)
    found = [FoundMember(member.number, Snapshot(member)) for member in page.items]
    return Page(found, page.has_next)


def _require_text(search: MemberSearch) -> None:
    """No database holds a NUL: asked for one, the registry would fail and be taken for out of order."""
    terms = (search.number, search.card_number, search.name_kana, search.phone, search.email)
    if any("\0" in term for term in terms if term is not None):
        raise BadInput("search", "検索条件に使用できない文字が含まれています。")


async def viewable_from(context: Context, number: MemberNumber) -> date:
    """From when the member may see profile and statements (E9); for one not registered yet, if they did so today."""
    place = context.enter(number, Section.MEMBER)
    account = await place.load.own.accounts_of_members.load(number)
    return viewing.viewable_from(_registered_on(account, context.today), place.coop.viewing)


def _registered_on(account: Account | None, today: date) -> date:
    if account is None or account.registered_at is None:
        return today
    return account.registered_at.date()


async def require_viewable(context: Context) -> None:
    """Profile and statements open the month after the viewer's own registration (E9, X16); staff see them at once."""
    viewer = context.viewer
    if not isinstance(viewer, MemberViewer | GuardianViewer):
        return
    place = context.at_home()
    account = await place.load.own.accounts.load(viewer.account_id)
    opens = viewing.viewable_from(_registered_on(account, context.today), place.coop.viewing)
    if context.today < opens:
        raise NotYetViewable(opens)


async def profile(context: Context, member: FoundMember) -> Member:
    """The member's own data (E7), once it is viewable."""
    await viewable(context, [member.number])
    return member.record()


async def viewable(context: Context, numbers: Sequence[MemberNumber]) -> Mapping[MemberNumber, None]:
    """Raises unless the viewer may see these members' own data (E7) by now."""
    await require_viewable(context)
    context.enter_all(numbers, Section.PROFILE)
    return dict.fromkeys(numbers)


async def share_refunded_on(context: Context, member: FoundMember) -> date | None:
    """出資金返還日 (E22): as the office has recorded it, before the registry has taken it up."""
    place = context.enter(member.number, Section.SHARE_CAPITAL)
    refund = await place.load.own.share_refunds.load(member.number)
    return member.record().share_refunded_on if refund is None else refund.refunded_on


_ISSUE = attrgetter("card.issued_on", "card.reissue_count")


async def cards(
    context: Context, numbers: Sequence[MemberNumber]
) -> Mapping[MemberNumber, Sequence[HeldCard] | Exception]:
    """組合員証 of each member, newest first, with those the registry has not taken up yet (D7)."""
    place = context.enter_all(numbers, Section.CARDS)
    under_way = await reissues(place, numbers)
    known = await place.load.registry.cards.load_each(numbers)
    return each(known, lambda number, cards: _newest_first(with_reissues(cards.value, under_way[number])))


def _newest_first(held: Sequence[HeldCard]) -> Sequence[HeldCard]:
    return sorted(held, key=_ISSUE, reverse=True)


async def sharing(context: Context, number: MemberNumber) -> GuardianSharing:
    """Whether the student's pages are shared with the guardian."""
    place = context.enter(number, Section.GUARDIAN)
    return await place.load.own.guardian_sharing.load(number)


async def guardian(context: Context, number: MemberNumber) -> Guardian | None:
    """保護者, None where the registry has none or the co-op has no accounts for guardians."""
    place = context.enter(number, Section.GUARDIAN)
    if CoopFeature.GUARDIANS not in place.coop.features:
        return None
    return (await place.load.registry.guardians.load(number)).value
