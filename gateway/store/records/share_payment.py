"""Share capital (出資金) that the office has seen arrive, and has paid back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from adapters.records import MemberNumber


@dataclass(frozen=True, slots=True)
class SharePayment:
    """出資金の入金確認 (E10): from then on a member, even before the registry says so."""

    member_number: MemberNumber
    confirmed_at: datetime
    confirmed_by: UUID


@dataclass(frozen=True, slots=True)
class ShareRefund:
    """出資金の返還 (E22): no member from then on, even before the registry says so."""

    member_number: MemberNumber
    refunded_on: date
    recorded_at: datetime
    recorded_by: UUID
