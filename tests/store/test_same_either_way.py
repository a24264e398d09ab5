"""What a batch read says is the same in a transaction, through SQLAlchemy, and gathered, as the driver has it."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

import pytest

from adapters.records import (
    EmploymentStatus,
    MemberKind,
    MemberSegment,
    MemberStatus,
)
from gateway.store import CoopStore
from gateway.store.records import (
    AlertPreferences,
    AuthCodeMethod,
    ChangeRequestKind,
    ChangeRequestsQuery,
    InquiriesQuery,
    InquiryTopic,
    NewChangeRequest,
    NoticeContent,
    NoticeReach,
    NoticeReadsQuery,
    ReceivedInquiry,
    SharePayment,
    ShareRefund,
)
from tests.running import NOW
from tests.store.accounts import HANAKO, NOBODY, TARO, account_of

MEMBERS = [HANAKO, NOBODY, TARO]
SEGMENT = MemberSegment(
    kinds=frozenset({MemberKind.STUDENT}),
    statuses=frozenset({MemberStatus.ACTIVE}),
    employments=frozenset(EmploymentStatus),
    admission_years=frozenset({2024, 2026}),
)
READS: dict[str, Callable[[CoopStore, UUID], Awaitable[object]]] = {
    "accounts": lambda store, taro: store.accounts.by_id([taro]),
    "accounts of members": lambda store, _: store.accounts.of_members(MEMBERS),
    "auth code methods": lambda store, taro: store.auth_codes.methods([taro]),
    "alerts": lambda store, taro: store.preferences.alerts([taro]),
    "guardian sharing": lambda store, _: store.preferences.guardian_sharing(MEMBERS),
    "digital cards": lambda store, _: store.digital_cards.of_members(MEMBERS),
    "share payments": lambda store, _: store.share_payments.of_members(MEMBERS),
    "share refunds": lambda store, _: store.share_refunds.of_members(MEMBERS),
    "unsettled requests": lambda store, _: store.requests.unsettled(MEMBERS),
    "change requests": lambda store, _: store.requests.change_requests(
        [
            ChangeRequestsQuery(TARO, 1),
            ChangeRequestsQuery(TARO, 9, kinds=frozenset({ChangeRequestKind.CARD_REISSUE})),
            ChangeRequestsQuery(NOBODY, 9),
        ]
    ),
    "inquiries": lambda store, _: store.requests.inquiries([InquiriesQuery(TARO, 5)]),
    "own notices": lambda store, _: store.published_notices.of_members(MEMBERS),
    "notice reads": lambda store, taro: store.notice_reads.read_at([NoticeReadsQuery(taro, ("1", "2", "3"))]),
}


async def requested(store: CoopStore, kind: ChangeRequestKind, by: UUID) -> None:
    details: dict[str, str | int] = {"card_number": "2101000000000012", "points": 500}
    new = NewChangeRequest(kind, TARO, by, uuid4(), details, NOW, {"amount": 500})
    async with store.transaction() as within:
        await within.journal.add(new, b"print")


async def published(store: CoopStore, by: UUID, reach: NoticeReach) -> None:
    content = NoticeContent(
        title="お知らせ",
        body="本文",
        reach=reach,
        member_numbers=(TARO,) if reach is NoticeReach.MEMBERS else (),
        segment=SEGMENT if reach is NoticeReach.SEGMENT else None,
        by_mail=False,
    )
    async with store.transaction() as within:
        await within.published_notices.add(content, by, uuid4(), b"print", NOW)


@pytest.fixture
async def taro(hirosaki: CoopStore) -> UUID:
    """The account of a member of whom every table has a row."""
    account = (await account_of(hirosaki, TARO)).account_id
    await hirosaki.auth_codes.choose(account, AuthCodeMethod.TOTP, NOW, secret=b"sealed", step=1)
    await hirosaki.preferences.set_alerts(
        AlertPreferences(account, low_balance_below=1000, ready_to_collect=False)
    )
    await hirosaki.preferences.share_with_guardian(TARO, shared=False, now=NOW)
    await hirosaki.digital_cards.activate(TARO, NOW)
    await hirosaki.share_payments.add(SharePayment(TARO, NOW, account))
    await hirosaki.share_refunds.add(ShareRefund(TARO, NOW.date(), NOW, account))
    await requested(hirosaki, ChangeRequestKind.WEB_POINT_TRANSFER, account)
    await requested(hirosaki, ChangeRequestKind.CARD_REISSUE, account)
    await hirosaki.requests.add_inquiry(ReceivedInquiry(InquiryTopic.OTHER, "本文", NOW, account, TARO))
    for reach in NoticeReach:
        await published(hirosaki, account, reach)
    await hirosaki.notice_reads.mark(account, ["1", "3"], NOW)
    return account


@pytest.mark.parametrize("read", READS)
async def test_a_batch_read_says_the_same_in_a_transaction_and_outside(
    hirosaki: CoopStore, taro: UUID, read: str
) -> None:
    gathered = await READS[read](hirosaki, taro)
    async with hirosaki.transaction() as within:
        assert await READS[read](within, taro) == gathered
    assert gathered
