"""What a request has looked at, as the access log takes it (E26)."""

from uuid import UUID

from adapters.records import MemberNumber
from gateway.context import Section, Trail
from gateway.store.records import AccessOutcome, PersonalDataView
from gateway.viewer import MemberViewer, StaffRole, StaffViewer

ONE, TWO = MemberNumber("210100000001"), MemberNumber("210100000002")
STAFF = StaffViewer("hirosaki", UUID(int=1), UUID(int=2), frozenset({StaffRole.DESK}))
MEMBER = MemberViewer("hirosaki", UUID(int=3), UUID(int=4), ONE)


def test_a_member_is_one_view_with_all_sections_whatever_their_order() -> None:
    trail = Trail()
    trail.note(STAFF, [ONE, TWO], Section.MEMBER, AccessOutcome.ALLOWED)
    trail.note(STAFF, [TWO], Section.CARDS, AccessOutcome.ALLOWED)
    trail.note(STAFF, [TWO], Section.CARDS, AccessOutcome.ALLOWED)

    (visit,) = trail.visits

    assert visit.viewer == STAFF
    assert visit.views() == [PersonalDataView(TWO, ("CARDS", "MEMBER")), PersonalDataView(ONE, ("MEMBER",))]


def test_what_was_refused_is_a_view_of_its_own() -> None:
    trail = Trail()
    trail.note(MEMBER, [ONE], Section.PICO, AccessOutcome.ALLOWED)
    trail.note(MEMBER, [TWO], Section.PICO, AccessOutcome.REFUSED)

    (visit,) = trail.visits

    assert visit.views() == [
        PersonalDataView(ONE, ("PICO",), AccessOutcome.ALLOWED),
        PersonalDataView(TWO, ("PICO",), AccessOutcome.REFUSED),
    ]


def test_a_request_that_changes_hands_keeps_apart_who_looked() -> None:
    trail = Trail()
    trail.note(MEMBER, [ONE], Section.MEMBER, AccessOutcome.ALLOWED)
    trail.note(STAFF, [ONE], Section.MEMBER, AccessOutcome.ALLOWED)

    assert [(visit.viewer, len(visit.views())) for visit in trail.visits] == [(MEMBER, 1), (STAFF, 1)]
