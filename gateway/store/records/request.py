"""What members have asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from adapters.records import MemberNumber

Details = Mapping[str, str | int]


class ChangeRequestKind(Enum):
    """Webポイント移行 (B6), 利用停止 (D1, D3), 利用再開 (D2), 再発行 (D5), 未受取の受取 (B10), 個人情報変更 (E19)."""

    WEB_POINT_TRANSFER = "WEB_POINT_TRANSFER"
    PICO_SUSPENSION = "PICO_SUSPENSION"
    PICO_RESUMPTION = "PICO_RESUMPTION"
    CARD_REISSUE = "CARD_REISSUE"
    PREPAID_RECEIPT = "PREPAID_RECEIPT"
    PROFILE_CHANGE = "PROFILE_CHANGE"

    @property
    def instructs_the_pos(self) -> bool:
        """Whether the worker carries it out; the others are settled by staff (E20)."""
        return self is not ChangeRequestKind.PROFILE_CHANGE


class ChangeRequestState(Enum):
    """受付, 処理中, 完了, お断り (with a reason), 要確認 (a member of staff must look)."""

    RECEIVED = "RECEIVED"
    IN_PROGRESS = "IN_PROGRESS"
    DONE = "DONE"
    REJECTED = "REJECTED"
    NEEDS_ATTENTION = "NEEDS_ATTENTION"


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """What a member, or somebody for them, has set in motion and where it stands (E20). `details` depend on the kind.

    WEB_POINT_TRANSFER: `points` (int), `available_from` (ISO date).
    PICO_SUSPENSION: `store_code` when a store asked (D3), nothing when it was asked for on the Web.
    PICO_RESUMPTION: `store_code`. CARD_REISSUE: `card_number` (16 digits).
    PREPAID_RECEIPT: `slip_number`, `store_code`.
    `requested_by` is the account that asked. `settled_at` is None while it needs attention, too.
    """

    request_id: UUID
    member_number: MemberNumber
    kind: ChangeRequestKind
    state: ChangeRequestState
    requested_at: datetime
    settled_at: datetime | None
    reason: str | None
    details: Details
    requested_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewChangeRequest:
    """A change request to write down; the key is the asking account's own, for this request and its resends.

    `details` are what was asked for, as it was asked; `worked_out` are those the gateway adds, such as
    `available_from`. See `ChangeRequest` for both.
    """

    kind: ChangeRequestKind
    member_number: MemberNumber
    requested_by: UUID
    idempotency_key: UUID
    details: Details
    requested_at: datetime
    worked_out: Details = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """The change request that an idempotency key was used for, and the fingerprint of what was asked."""

    request: ChangeRequest
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class ClaimedRequest:
    """A change request that this worker carries out; `attempts` counts this one, too.

    From the second attempt on, the system may know it already.
    """

    request: ChangeRequest
    attempts: int


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
    """お問い合わせ (D10, E8). `reply_to` and `claimed_number` are what was typed, and nobody has checked them.

    `account_id` is of who was signed in: a guardian's inquiry is not under the student's `member_number`.
    """

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
    account_id: UUID | None = None


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
