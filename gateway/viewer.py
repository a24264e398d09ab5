"""Who is asking: a union that is matched exhaustively (`match viewer: … case _: assert_never(viewer)`)."""

from dataclasses import dataclass
from enum import Enum
from uuid import UUID

from adapters.records import MemberNumber


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
Viewer = Anonymous | SignedInViewer
