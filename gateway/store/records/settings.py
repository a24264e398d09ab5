"""What members have set, activated and read."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from adapters.records import MemberNumber


@dataclass(frozen=True, slots=True)
class AlertPreferences:
    """お知らせメールの設定. `low_balance_below` is in yen, None: no mail. A suspension is always mailed."""

    account_id: UUID
    low_balance_below: int | None
    ready_to_collect: bool


@dataclass(frozen=True, slots=True)
class GuardianSharing:
    """Whether the guardian sees the student's pages (X13). `changed_at` is None if it never was."""

    member_number: MemberNumber
    shared: bool
    changed_at: datetime | None


class DigitalCardState(Enum):
    """ACTIVE since the member activated it; REVOKED when the member left MyPage or the co-op (E14, E24)."""

    ACTIVE = "ACTIVE"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True)
class DigitalCard:
    """デジタル組合員証 (E13)."""

    member_number: MemberNumber
    state: DigitalCardState
    activated_at: datetime
    revoked_at: datetime | None


class NoticeReadsQuery(NamedTuple):
    """Which of these notices of its co-op an account has read."""

    account_id: UUID
    notice_ids: tuple[str, ...]
