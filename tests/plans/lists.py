"""The lists of the gateway's store: put together for each search, and asked for page by page."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

from adapters.records import MemberNumber
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessLogQuery,
    AccessOutcome,
    ChangeRequestsQuery,
    ChangeRequestState,
    InquiriesQuery,
    InquiryState,
    MailDispatchesQuery,
    MailState,
)
from tests.bench.scale.store_filling import account_id_of

MEMBER, ACCOUNT = MemberNumber("210100000020"), account_id_of(11)

LISTS: dict[str, Callable[[CoopStore], Awaitable[object]]] = {
    "access log": lambda store: store.access_log.page(AccessLogQuery(20)),
    "access log, further down": lambda store: store.access_log.page(AccessLogQuery(20, after=30_000)),
    "access log of an account": lambda store: store.access_log.page(AccessLogQuery(20, account_id=ACCOUNT)),
    "access log of a member": lambda store: store.access_log.page(AccessLogQuery(20, member_number=MEMBER)),
    "access log, sign-ins": lambda store: store.access_log.page(
        AccessLogQuery(20, action=AccessAction.SIGN_IN)
    ),
    "access log, refused": lambda store: store.access_log.page(
        AccessLogQuery(20, outcome=AccessOutcome.REFUSED)
    ),
    "access log, what never happened": lambda store: store.access_log.page(
        AccessLogQuery(20, action=AccessAction.EXPORT)
    ),
    "access log, of long ago": lambda store: store.access_log.page(
        AccessLogQuery(20, until=datetime.now(UTC) - timedelta(days=95))
    ),
    "change requests": lambda store: store.requests.change_requests_of_all(None, 20, None),
    "change requests that need attention": lambda store: store.requests.change_requests_of_all(
        ChangeRequestState.NEEDS_ATTENTION, 20, None
    ),
    "change requests of a member": lambda store: store.requests.change_requests(
        [ChangeRequestsQuery(MEMBER, 20)]
    ),
    "inquiries": lambda store: store.requests.inquiries_of_all(None, 20, None),
    "inquiries not answered": lambda store: store.requests.inquiries_of_all(InquiryState.OPEN, 20, None),
    "inquiries of a member": lambda store: store.requests.inquiries([InquiriesQuery(MEMBER, 20)]),
    "mail": lambda store: store.outbox.dispatches(MailDispatchesQuery(20)),
    "mail that was not delivered": lambda store: store.outbox.dispatches(
        MailDispatchesQuery(20, state=MailState.UNDELIVERABLE)
    ),
    "mail that is queued": lambda store: store.outbox.dispatches(
        MailDispatchesQuery(20, state=MailState.QUEUED)
    ),
    "published notices": lambda store: store.published_notices.page(20, None),
    "notices of a member": lambda store: store.published_notices.of_members([MEMBER]),
    "accounts that mail can reach": lambda store: store.mailable_accounts.everybody(None, 20),
    "the last of them": lambda store: store.mailable_accounts.everybody(
        UUID("fff00000-0000-0000-0000-000000000000"), 20
    ),
}
"""Twenty rows of each, or as many as there are."""
