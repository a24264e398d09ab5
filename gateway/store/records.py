"""What the gateway itself remembers: frozen records of accounts, sessions, the access log, requests and mail.

Times are aware and in Japan time.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple
from uuid import UUID

from adapters.records import Mail, MemberNumber
from gateway.viewer import StaffRole


class AccountKind(Enum):
    """組合員, 保護者 (A8, A16), 職員."""

    MEMBER = "MEMBER"
    GUARDIAN = "GUARDIAN"
    STAFF = "STAFF"


class AccountState(Enum):
    """仮登録 (A13), 本登録の確認待ち (A21), 本登録, ロック中, 利用中止 (E14). REGISTERED may sign in."""

    PROVISIONAL = "PROVISIONAL"
    AWAITING_CONFIRMATION = "AWAITING_CONFIRMATION"
    REGISTERED = "REGISTERED"
    LOCKED = "LOCKED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class TermsAcceptance:
    """利用規約への同意 (A20): which version, and when."""

    version: str
    accepted_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """One person's access to the gateway. It never carries the password, not even hashed.

    `login_id` is what they sign in with: a login ID, or where the co-op says so their e-mail address (E1).
    `member_number` is the member's own, or for a guardian the student's (A1); None for staff.
    `name` and `roles` are for staff only: everyone else's name is the registry's.
    """

    account_id: UUID
    coop_code: str
    kind: AccountKind
    state: AccountState
    login_id: str
    email: str | None
    email_verified: bool
    member_number: MemberNumber | None
    registered_at: datetime | None
    auth_code: bool
    must_change_password: bool
    terms: TermsAcceptance | None
    name: str | None
    roles: frozenset[StaffRole]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """A registered account to open. See `Account` for the parts."""

    kind: AccountKind
    login_id: str
    registered_at: datetime
    email: str | None = None
    email_verified: bool = False
    member_number: MemberNumber | None = None
    terms: TermsAcceptance | None = None
    name: str | None = None
    roles: frozenset[StaffRole] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a request comes from, as far as we know."""

    address: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """One device that is signed in. `expires_at` is the earlier of its idle and its absolute limit."""

    session_id: UUID
    account_id: UUID
    device_label: str | None
    origin: Origin
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long a session lives without use, and at most."""

    idle: timedelta
    absolute: timedelta


class AccessAction(Enum):
    """What was done."""

    SIGN_IN = "SIGN_IN"
    SIGN_OUT = "SIGN_OUT"
    END_SESSION = "END_SESSION"
    VIEW = "VIEW"


class AccessOutcome(Enum):
    """Whether it was let through."""

    ALLOWED = "ALLOWED"
    REFUSED = "REFUSED"


@dataclass(frozen=True, slots=True)
class AccessLogEntry:
    """One line of the access log (アクセスログ, E26): who, whose, what, when, from where, outcome.

    `account_id` is the account that acted, or that somebody tried to sign in to; None when there is none.
    `session_id` is the session that did it, or that was started or ended.
    `member_number` is whose personal data was looked at, `what` names it. `reason` says why it was refused.
    """

    entry_id: int
    at: datetime
    action: AccessAction
    outcome: AccessOutcome
    account_id: UUID | None
    session_id: UUID | None
    member_number: MemberNumber | None
    what: tuple[str, ...]
    reason: str | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class NewAccessLogEntry:
    """An access log entry to write. See `AccessLogEntry` for the parts."""

    at: datetime
    action: AccessAction
    outcome: AccessOutcome
    origin: Origin
    account_id: UUID | None = None
    session_id: UUID | None = None
    member_number: MemberNumber | None = None
    what: tuple[str, ...] = ()
    reason: str | None = None


class AccessLogQuery(NamedTuple):
    """Entries of one account, of one member's data, or of both; newest first, older than `after`."""

    limit: int
    after: int | None = None
    account_id: UUID | None = None
    member_number: MemberNumber | None = None


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


class NoticeReadKey(NamedTuple):
    """One account and one notice of its co-op."""

    account_id: UUID
    notice_id: str


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
    """お問い合わせ (D10, E8)."""

    inquiry_id: UUID
    member_number: MemberNumber | None
    topic: InquiryTopic
    state: InquiryState
    body: str
    sent_at: datetime
    answer: str | None
    answered_at: datetime | None


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


class MailState(Enum):
    """送信待ち, 送信済み, 宛先不明 (never deliverable), 要確認 (tried too often)."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    UNDELIVERABLE = "UNDELIVERABLE"
    NEEDS_ATTENTION = "NEEDS_ATTENTION"


@dataclass(frozen=True, slots=True)
class QueuedMail:
    """A mail whose turn it is, and how often it was tried before."""

    mail: Mail
    attempts: int
