"""What the gateway itself remembers, as frozen records. Times are aware and in Japan time."""

from gateway.store.records.access_log import (
    AccessAction,
    AccessLogEntry,
    AccessLogQuery,
    AccessOutcome,
    NewAccessLogEntry,
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
    MailDispatch,
    MailDispatchesQuery,
    MailKind,
    MailState,
    QueuedMail,
)
from gateway.store.records.recovery import NewRecoveryRequest, RecoveryKind, RecoveryRequest
from gateway.store.records.registration import PendingRegistration, Registration
from gateway.store.records.request import (
    ChangeRequest,
    ChangeRequestKind,
    ChangeRequestsQuery,
    ChangeRequestState,
    InquiriesQuery,
    Inquiry,
    InquiryState,
    InquiryTopic,
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
    NoticeReadKey,
)
from gateway.store.records.share_payment import SharePayment
from gateway.store.records.throttle import Count
from gateway.store.records.token import MailedToken, TokenPurpose
from gateway.viewer import AccountKind, SessionPurpose

__all__ = [
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
    "Count",
    "DigitalCard",
    "DigitalCardState",
    "GuardianSharing",
    "InquiriesQuery",
    "Inquiry",
    "InquiryState",
    "InquiryTopic",
    "MailDispatch",
    "MailDispatchesQuery",
    "MailKind",
    "MailState",
    "MailedToken",
    "NewAccessLogEntry",
    "NewAccount",
    "NewRecoveryRequest",
    "NoticeReadKey",
    "Origin",
    "PendingRegistration",
    "PlaceInTime",
    "QueuedMail",
    "ReceivedInquiry",
    "RecoveryKind",
    "RecoveryRequest",
    "Registration",
    "Session",
    "SessionLimits",
    "SessionPurpose",
    "SharePayment",
    "TermsAcceptance",
    "TokenPurpose",
]
