"""What the gateway itself remembers, as frozen records. Times are aware and in Japan time."""

from gateway.store.records.access_log import (
    AccessAction,
    AccessLogEntry,
    AccessLogQuery,
    AccessOutcome,
    NewAccessLogEntry,
    PersonalDataView,
)
from gateway.store.records.account import (
    Account,
    AccountState,
    NewAccount,
    TermsAcceptance,
)
from gateway.store.records.auth_code import (
    AuthCodeMethod,
    AuthCodeSetting,
    Challenge,
)
from gateway.store.records.mail import (
    TO_MANY,
    MailDispatch,
    MailDispatchesQuery,
    MailKind,
    MailState,
    QueuedMail,
)
from gateway.store.records.mailing import MailingRound
from gateway.store.records.published_notice import (
    KeyedNotice,
    MailingProgress,
    NoticeContent,
    NoticeReach,
    OwnNotice,
    OwnNotices,
    PublishedNotice,
)
from gateway.store.records.recovery import NewRecoveryRequest, RecoveryKind, RecoveryRequest
from gateway.store.records.registration import PendingRegistration, Registration
from gateway.store.records.request import (
    ChangeRequest,
    ChangeRequestKind,
    ChangeRequestsQuery,
    ChangeRequestState,
    ClaimedRequest,
    Details,
    InquiriesQuery,
    Inquiry,
    InquiryState,
    InquiryTopic,
    KeyedRequest,
    NewChangeRequest,
    PlaceInTime,
    ReceivedInquiry,
)
from gateway.store.records.session import (
    Origin,
    Session,
    SessionLimits,
)
from gateway.store.records.settings import (
    AlertPreferences,
    DigitalCard,
    DigitalCardState,
    GuardianSharing,
    NoticeReadsQuery,
)
from gateway.store.records.share_payment import SharePayment, ShareRefund
from gateway.store.records.throttle import Count
from gateway.store.records.token import MailedToken, TokenPurpose
from gateway.viewer import AccountKind, SessionPurpose

__all__ = [
    "TO_MANY",
    "AccessAction",
    "AccessLogEntry",
    "AccessLogQuery",
    "AccessOutcome",
    "Account",
    "AccountKind",
    "AccountState",
    "AlertPreferences",
    "AuthCodeMethod",
    "AuthCodeSetting",
    "Challenge",
    "ChangeRequest",
    "ChangeRequestKind",
    "ChangeRequestState",
    "ChangeRequestsQuery",
    "ClaimedRequest",
    "Count",
    "Details",
    "DigitalCard",
    "DigitalCardState",
    "GuardianSharing",
    "InquiriesQuery",
    "Inquiry",
    "InquiryState",
    "InquiryTopic",
    "KeyedNotice",
    "KeyedRequest",
    "MailDispatch",
    "MailDispatchesQuery",
    "MailKind",
    "MailState",
    "MailedToken",
    "MailingProgress",
    "MailingRound",
    "NewAccessLogEntry",
    "NewAccount",
    "NewChangeRequest",
    "NewRecoveryRequest",
    "NoticeContent",
    "NoticeReach",
    "NoticeReadsQuery",
    "Origin",
    "OwnNotice",
    "OwnNotices",
    "PendingRegistration",
    "PersonalDataView",
    "PlaceInTime",
    "PublishedNotice",
    "QueuedMail",
    "ReceivedInquiry",
    "RecoveryKind",
    "RecoveryRequest",
    "Registration",
    "Session",
    "SessionLimits",
    "SessionPurpose",
    "SharePayment",
    "ShareRefund",
    "TermsAcceptance",
    "TokenPurpose",
]
