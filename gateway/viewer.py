"""Who is asking: a union that is matched exhaustively (`match viewer: … case _: assert_never(viewer)`)."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from adapters.records import MemberNumber


class AccountKind(Enum):
    """組合員, 保護者 (A8, A16), 職員."""

    MEMBER = "MEMBER"
    GUARDIAN = "GUARDIAN"
    STAFF = "STAFF"


class SessionPurpose(Enum):
    """What a session is good for: everything, only registering (A13), only setting a new password (A30)."""

    FULL = "FULL"
    REGISTER = "REGISTER"
    CHANGE_PASSWORD = "CHANGE_PASSWORD"  # noqa: S105 - the name of a purpose


class StaffRole(Enum):
    """What a member of staff is there for: 窓口, 店舗, 事務局, 監査, 管理者."""

    DESK = "DESK"
    STORE = "STORE"
    OFFICE = "OFFICE"
    AUDITOR = "AUDITOR"
    ADMINISTRATOR = "ADMINISTRATOR"


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Nobody is signed in."""


@dataclass(frozen=True, slots=True)
class LimitedViewer:
    """Somebody whose session is good for one purpose only: sees nobody's data, not even their own.

    `member_number` is the student's for a guardian, None for staff.
    """

    coop_code: str
    account_id: UUID
    session_id: UUID
    purpose: SessionPurpose
    kind: AccountKind
    member_number: MemberNumber | None


@dataclass(frozen=True, slots=True)
class MemberViewer:
    """組合員: sees what is theirs."""

    coop_code: str
    account_id: UUID
    session_id: UUID
    member_number: MemberNumber


@dataclass(frozen=True, slots=True)
class GuardianViewer:
    """保護者: sees what the student shares, with credentials of their own (A16, X13)."""

    coop_code: str
    account_id: UUID
    session_id: UUID
    student_number: MemberNumber


@dataclass(frozen=True, slots=True)
class StaffViewer:
    """職員: sees their own co-op, as far as their roles go."""

    coop_code: str
    account_id: UUID
    session_id: UUID
    roles: frozenset[StaffRole]


SignedInViewer = MemberViewer | GuardianViewer | StaffViewer
SessionHolder = SignedInViewer | LimitedViewer
Viewer = Anonymous | SessionHolder
