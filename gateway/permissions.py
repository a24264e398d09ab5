"""Who may: declared on fields, printed in the schema, checked before the resolver runs.

Every root field carries one of `@public`, `@hasSession`, `@isRegistering`, `@maySetPassword`, `@isSignedIn`,
`@isMember`, `@isMemberOrGuardian`, `@isStaff`. Whose data somebody may see is decided on the member, in `may_view`,
which every way to a member passes.
"""

from collections.abc import Iterable
from typing import assert_never

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.schema_directive import Location
from strawberry.types.field import StrawberryField

from adapters.records import MemberNumber
from gateway.errors import Forbidden, Unauthenticated
from gateway.execution import Guard
from gateway.viewer import (
    Anonymous,
    GuardianViewer,
    LimitedViewer,
    MemberViewer,
    SessionPurpose,
    StaffRole,
    StaffViewer,
    Viewer,
)


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION], name="public", description="Anybody may, signed in or not."
)
class Public:
    """Open to all."""

    def admit(self, viewer: Viewer) -> None:
        """Lets everybody pass."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="isSignedIn",
    description="Needs a session. What is seen through it is the viewer's own, or for staff their co-op's.",
)
class IsSignedIn:
    """Open to members, guardians and staff."""

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated` when nobody is signed in, `Forbidden` for a session of one purpose."""
        if isinstance(viewer, Anonymous):
            raise Unauthenticated
        if isinstance(viewer, LimitedViewer):
            raise Forbidden


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="hasSession",
    description="Needs any session, also one that may only register or set a new password.",
)
class HasSession:
    """Open to whoever has a session, whatever it is for."""

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated` when there is none."""
        if isinstance(viewer, Anonymous):
            raise Unauthenticated


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="isRegistering",
    description="Needs a session that a provisional sign-in has started (A13): it may register, and nothing else.",
)
class IsRegistering:
    """Open to who signed in provisionally."""

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated`, or `Forbidden` for every other session."""
        _require_purpose(viewer, SessionPurpose.REGISTER)


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="maySetPassword",
    description="Needs a full session, or the one that signing in with a reissued password has started (A30).",
)
class MaySetPassword:
    """Open to members, guardians and staff, and to who must set a new password first."""

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated`, or `Forbidden` for a session that may only register."""
        if isinstance(viewer, Anonymous | LimitedViewer):
            _require_purpose(viewer, SessionPurpose.CHANGE_PASSWORD)


def _require_purpose(viewer: Viewer, purpose: SessionPurpose) -> None:
    if isinstance(viewer, Anonymous):
        raise Unauthenticated
    if not isinstance(viewer, LimitedViewer) or viewer.purpose is not purpose:
        raise Forbidden


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="isMember",
    description="Needs a member's own session: what only the member decides, and no guardian.",
)
class IsMember:
    """Open to members."""

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated` or `Forbidden`."""
        _require_kind(viewer, MemberViewer)


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="isMemberOrGuardian",
    description="Needs the session of a member or a guardian: what is not for staff.",
)
class IsMemberOrGuardian:
    """Open to members and guardians."""

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated` or `Forbidden`."""
        _require_kind(viewer, MemberViewer, GuardianViewer)


def _require_kind(viewer: Viewer, *kinds: type[Viewer]) -> None:
    if isinstance(viewer, Anonymous):
        raise Unauthenticated
    if not isinstance(viewer, kinds):
        raise Forbidden


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="isStaff",
    description="Needs a member of staff with at least one of the roles; they see their own co-op only.",
)
class IsStaff:
    """Open to staff who have one of the roles."""

    roles: list[StaffRole]

    def admit(self, viewer: Viewer) -> None:
        """Raises `Unauthenticated` or `Forbidden`."""
        if isinstance(viewer, Anonymous):
            raise Unauthenticated
        if not (isinstance(viewer, StaffViewer) and viewer.roles.intersection(self.roles)):
            raise Forbidden


Permission = (
    Public
    | HasSession
    | IsRegistering
    | MaySetPassword
    | IsSignedIn
    | IsMember
    | IsMemberOrGuardian
    | IsStaff
)


class Requires(Guard):
    """Puts a permission on a field: its directive into the schema, its check before the resolver."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission

    def apply(self, field: StrawberryField) -> None:
        """Shows the directive in the printed schema, once however often a schema is built."""
        if self.permission not in field.directives:
            field.directives.append(self.permission)

    def guard(self, info: strawberry.Info) -> None:
        """Lets pass whom the permission admits; the access log will hold whom it does not."""
        try:
            self.permission.admit(info.context.viewer)
        except Forbidden:
            info.context.note_not_permitted(info.field_name)
            raise


def public() -> list[FieldExtension]:
    """Anybody."""
    return [Requires(Public())]


def any_session() -> list[FieldExtension]:
    """Whoever has a session, whatever it is for."""
    return [Requires(HasSession())]


def registering() -> list[FieldExtension]:
    """Who signed in provisionally, to register."""
    return [Requires(IsRegistering())]


def may_set_password() -> list[FieldExtension]:
    """Whoever has a full session, or one for a new password."""
    return [Requires(MaySetPassword())]


def signed_in() -> list[FieldExtension]:
    """Whoever has a full session."""
    return [Requires(IsSignedIn())]


def members_only() -> list[FieldExtension]:
    """Members themselves."""
    return [Requires(IsMember())]


def members_and_guardians() -> list[FieldExtension]:
    """Members and guardians."""
    return [Requires(IsMemberOrGuardian())]


def staff(*roles: StaffRole) -> list[FieldExtension]:
    """Staff with one of the roles."""
    return [Requires(IsStaff(roles=list(roles)))]


ALL_ROLES = tuple(StaffRole)
AT_THE_DESK = (StaffRole.DESK, StaffRole.OFFICE)
"""Who helps members in, and answers them."""
AT_A_REGISTER = (StaffRole.STORE,)
"""Who hands out cards and money."""


def may_view(viewer: Viewer, coop_code: str, number: MemberNumber) -> bool:
    """Whether the viewer may see this member at all: oneself, one's student, a member of the own co-op of staff with
    a role."""
    return may_view_all(viewer, coop_code, (number,))


def may_view_all(viewer: Viewer, coop_code: str, numbers: Iterable[MemberNumber]) -> bool:
    """Whether the viewer may see each of these members."""
    match viewer:
        case MemberViewer(member_number=own) | GuardianViewer(student_number=own):
            return viewer.coop_code == coop_code and {own}.issuperset(numbers)
        case StaffViewer():
            return viewer.coop_code == coop_code and bool(viewer.roles)
        case Anonymous() | LimitedViewer():
            return False
        case _:
            assert_never(viewer)
