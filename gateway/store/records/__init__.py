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
    AccountKind,
    AccountState,
    NewAccount,
    TermsAcceptance,
)
from gateway.store.records.mail import (
    MailState,
    QueuedMail,
)
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

__all__ = [
    "AccessAction",
    "AccessLogEntry",
    "AccessLogQuery",
    "AccessOutcome",
    "Account",
    "AccountKind",
    "AccountState",
    "AlertPreferences",
    "ChangeRequest",
    "ChangeRequestKind",
    "ChangeRequestState",
    "ChangeRequestsQuery",
    "DigitalCard",
    "DigitalCardState",
    "GuardianSharing",
    "InquiriesQuery",
    "Inquiry",
    "InquiryState",
    "InquiryTopic",
    "MailState",
    "NewAccessLogEntry",
    "NewAccount",
    "NoticeReadKey",
    "Origin",
    "PlaceInTime",
    "QueuedMail",
    "Session",
    "SessionLimits",
    "TermsAcceptance",
]
