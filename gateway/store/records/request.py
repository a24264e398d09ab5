"""What members have asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from adapters.records import MemberNumber


class ChangeRequestKind(Enum):
    """Webポイント移行申請 (B6), 利用停止申請 (D1), 個人情報変更 (E19)."""

    WEB_POINT_TRANSFER = "WEB_POINT_TRANSFER"
    PICO_SUSPENSION = "PICO_SUSPENSION"
    PROFILE_CHANGE = "PROFILE_CHANGE"


class ChangeRequestState(Enum):
    """受付, 処理中, 完了, お断り (with a reason), 要確認 (a member of staff must look)."""

    RECEIVED = "RECEIVED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    REJECTED = "REJECTED"
    NEEDS_ATTENTION = "NEEDS_ATTENTION"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What a member has set in motion and where it stands (E20). `details` depend on the kind.

    WEB_POINT_TRANSFER: `points` (int), `available_from` (ISO date).
    """

    request_id: UUID
    member_number: MemberNumber
    kind: ChangeRequestKind
    state: ChangeRequestState
    requested_at: datetime
    settled_at: datetime | None
    reason: str | None
    details: Mapping[str, str | int]


class InquiryTopic(Enum):
    """組合員番号の確認 (A7), メールアドレス変更 (A35), その他."""

    MEMBER_NUMBER = "MEMBER_NUMBER"
    EMAIL_ADDRESS = "EMAIL_ADDRESS"
    OTHER = "OTHER"


class InquiryState(Enum):
    """受付, 回答済み."""

    OPEN = "OPEN"
    ANSWERED = "ANSWERED"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """お問い合わせ (D10, E8). `reply_to` and `claimed_number` are what was typed, and nobody has checked them."""

    inquiry_id: UUID
    member_number: MemberNumber | None
    topic: InquiryTopic
    state: InquiryState
    body: str
    sent_at: datetime
    answer: str | None
    answered_at: datetime | None
    reply_to: str | None = None
    claimed_number: MemberNumber | None = None


@dataclass(frozen=True, slots=True)
class ReceivedInquiry:
    """An inquiry to write down. `member_number` and `account_id` are of who is signed in.

    Who is not gives `reply_to`, and may claim a number: that one is never taken for the member's own.
    """

    topic: InquiryTopic
    body: str
    sent_at: datetime
    account_id: UUID | None = None
    member_number: MemberNumber | None = None
    reply_to: str | None = None
    claimed_number: MemberNumber | None = None


class PlaceInTime(NamedTuple):
    """Where a keyset walk over requests or inquiries stands: the last one already seen."""

    at: datetime
    id: UUID


class ChangeRequestsQuery(NamedTuple):
    """A member's change requests, newest first; `kinds` None means all."""

    member_number: MemberNumber
    limit: int
    after: PlaceInTime | None = None
    kinds: frozenset[ChangeRequestKind] | None = None


class InquiriesQuery(NamedTuple):
    """A member's inquiries, newest first."""

    member_number: MemberNumber
    limit: int
    after: PlaceInTime | None = None
