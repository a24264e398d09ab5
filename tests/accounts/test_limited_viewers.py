"""Sessions of one purpose: what they are let through to."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from strawberry.extensions import FieldExtension

from adapters.records import MemberNumber
from gateway.errors import Forbidden, Unauthenticated
from gateway.permissions import (
    ALL_ROLES,
    Requires,
    any_session,
    may_set_password,
    may_view,
    public,
    registering,
    signed_in,
    staff,
)
from gateway.viewer import (
    AccountKind,
    Anonymous,
    GuardianViewer,
    LimitedViewer,
    MemberViewer,
    SessionPurpose,
    StaffRole,
    StaffViewer,
    Viewer,
)

NUMBER = MemberNumber("210100000001")
IDS = ("hirosaki", uuid4(), uuid4())
NOBODY = Anonymous()
REGISTERING = LimitedViewer(*IDS, SessionPurpose.REGISTER, AccountKind.MEMBER, NUMBER)
CHANGING = LimitedViewer(*IDS, SessionPurpose.CHANGE_PASSWORD, AccountKind.MEMBER, NUMBER)
STAFF_CHANGING = LimitedViewer(*IDS, SessionPurpose.CHANGE_PASSWORD, AccountKind.STAFF, None)
MEMBER = MemberViewer(*IDS, NUMBER)
GUARDIAN = GuardianViewer(*IDS, NUMBER)
STAFF = StaffViewer(*IDS, frozenset({StaffRole.DESK}))
EVERYBODY: tuple[Viewer, ...] = (NOBODY, REGISTERING, CHANGING, STAFF_CHANGING, MEMBER, GUARDIAN, STAFF)


def admitted(permission: list[FieldExtension]) -> list[Viewer]:
    (requires,) = permission
    assert isinstance(requires, Requires)
    return [viewer for viewer in EVERYBODY if passes(requires, viewer)]


def passes(requires: Requires, viewer: Viewer) -> bool:
    try:
        requires.permission.admit(viewer)
    except Forbidden:
        assert viewer is not NOBODY
        return False
    except Unauthenticated:
        assert viewer is NOBODY
        return False
    return True


@pytest.mark.parametrize(
    ("permission", "who"),
    [
        (public, EVERYBODY),
        (any_session, EVERYBODY[1:]),
        (registering, [REGISTERING]),
        (may_set_password, [CHANGING, STAFF_CHANGING, MEMBER, GUARDIAN, STAFF]),
        (signed_in, [MEMBER, GUARDIAN, STAFF]),
        (lambda: staff(*ALL_ROLES), [STAFF]),
    ],
    ids=["public", "hasSession", "isRegistering", "maySetPassword", "isSignedIn", "isStaff"],
)
def test_a_permission_admits_exactly(
    permission: Callable[[], list[FieldExtension]], who: list[Viewer]
) -> None:
    assert admitted(permission()) == list(who)


@pytest.mark.parametrize("viewer", [REGISTERING, CHANGING])
def test_a_session_of_one_purpose_sees_no_member_not_even_its_own(viewer: LimitedViewer) -> None:
    """A13: a weak secret opens no personal data."""
    assert not may_view(viewer, "hirosaki", NUMBER)
    assert may_view(MEMBER, "hirosaki", NUMBER)
