"""Change requests and inquiries: walked newest first, many members in one statement."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from adapters.records import MemberNumber, Page
from gateway.store import CoopStore, Store
from gateway.store.records import (
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
from gateway.store.tables import change_requests, inquiries
from tests.running import NOW
from tests.store.accounts import HANAKO, NOBODY, TARO
from tests.store.hearing import HeardLines


def numbered(number: int) -> UUID:
    return UUID(int=number)


def request(number: int, member: MemberNumber, at: datetime) -> ChangeRequest:
    """A request whose kind goes by its number: every third one is a transfer of points."""
    transfers = number % 3 == 0
    return ChangeRequest(
        request_id=numbered(number),
        member_number=member,
        kind=ChangeRequestKind.WEB_POINT_TRANSFER if transfers else ChangeRequestKind.PROFILE_CHANGE,
        state=ChangeRequestState.REJECTED if transfers else ChangeRequestState.RECEIVED,
        requested_at=at,
        settled_at=NOW if transfers else None,
        reason="ポイントが不足しています。" if transfers else None,
        details={"points": 400, "available_from": "2026-11-24"} if transfers else {},
    )


def inquiry(number: int, member: MemberNumber | None, at: datetime) -> Inquiry:
    return Inquiry(
        inquiry_id=numbered(number),
        member_number=member,
        topic=InquiryTopic.MEMBER_NUMBER,
        state=InquiryState.ANSWERED,
        body="組合員番号がわかりません。",
        sent_at=at,
        answer="カードの表面をご覧ください。",
        answered_at=NOW,
    )


# Two of Taro's have the same time: their order is by id.
TAROS = [request(n, TARO, NOW - timedelta(hours=n // 2)) for n in range(1, 8)]
HANAKOS = [request(n, HANAKO, NOW - timedelta(hours=n)) for n in range(11, 13)]
NEWEST_FIRST = sorted(TAROS, key=lambda r: (r.requested_at, r.request_id), reverse=True)
INQUIRIES = [inquiry(21, TARO, NOW), inquiry(22, TARO, NOW), inquiry(23, HANAKO, NOW)]


@pytest.fixture
async def asked(store: Store, hirosaki: CoopStore) -> CoopStore:
    """Hirosaki's store with requests of two members; Hokkaido has one of the same number."""
    foreign = request(31, TARO, NOW + timedelta(days=1))
    async with store.engine.begin() as connection:
        for coop, record in [*(("hirosaki", r) for r in (*TAROS, *HANAKOS)), ("hokkaido", foreign)]:
            await connection.execute(change_requests.insert().values(coop=coop, **columns(record)))
        for sent in (*INQUIRIES, inquiry(24, None, NOW)):
            await connection.execute(inquiries.insert().values(coop="hirosaki", **columns(sent)))
    return hirosaki


def columns(record: ChangeRequest | Inquiry) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


def place(record: ChangeRequest) -> PlaceInTime:
    return PlaceInTime(record.requested_at, record.request_id)


async def walked(store: CoopStore, limit: int) -> Sequence[Page[ChangeRequest]]:
    pages: list[Page[ChangeRequest]] = []
    after: PlaceInTime | None = None
    while not pages or pages[-1].has_next:
        query = ChangeRequestsQuery(TARO, limit, after)
        pages.append((await store.requests.change_requests([query]))[query])
        after = place(pages[-1].items[-1])
    return pages


@pytest.mark.parametrize("limit", range(1, 9))
async def test_a_walk_meets_everything_once_newest_first_whatever_the_page(
    asked: CoopStore, limit: int
) -> None:
    pages = await walked(asked, limit)
    assert [record for page in pages for record in page.items] == NEWEST_FIRST
    assert {len(page.items) for page in pages[:-1]} <= {limit}


async def test_many_members_and_places_are_answered_together_each_with_its_own(asked: CoopStore) -> None:
    first = ChangeRequestsQuery(TARO, 2)
    onward = ChangeRequestsQuery(TARO, 3, place(NEWEST_FIRST[1]))
    hanakos = ChangeRequestsQuery(HANAKO, 2)
    nobodys = ChangeRequestsQuery(NOBODY, 2)
    assert await asked.requests.change_requests([nobodys, onward, hanakos, first]) == {
        nobodys: Page([], has_next=False),
        onward: Page(NEWEST_FIRST[2:5], has_next=True),
        hanakos: Page(HANAKOS, has_next=False),
        first: Page(NEWEST_FIRST[:2], has_next=True),
    }


async def test_a_hundred_members_cost_one_statement(asked: CoopStore, lines: HeardLines) -> None:
    queries = [ChangeRequestsQuery(MemberNumber(f"2101000000{n:02}"), 20) for n in range(100)]
    assert len(await asked.requests.change_requests(queries)) == 100
    assert len(lines.heard) == 1


async def test_kinds_can_be_chosen(asked: CoopStore) -> None:
    """B5: the requests beside the Web points are transfers of points only."""
    transfers = ChangeRequestsQuery(TARO, 10, kinds=frozenset({ChangeRequestKind.WEB_POINT_TRANSFER}))
    none = ChangeRequestsQuery(TARO, 10, kinds=frozenset())
    every = ChangeRequestsQuery(TARO, 10, kinds=frozenset(ChangeRequestKind))
    found = await asked.requests.change_requests([transfers, none, every])
    assert [record.request_id for record in found[transfers].items] == [numbered(3), numbered(6)]
    assert found[none].items == []
    assert found[every].items == NEWEST_FIRST


async def test_requests_are_found_by_id_within_the_co_op(asked: CoopStore, hokkaido: CoopStore) -> None:
    ids = [numbered(31), numbered(3)]
    assert await asked.requests.change_requests_by_id(ids) == {numbered(31): None, numbered(3): TAROS[2]}
    assert (await hokkaido.requests.change_requests_by_id(ids))[numbered(3)] is None


async def test_inquiries_are_walked_alike_and_those_of_nobody_belong_to_no_member(asked: CoopStore) -> None:
    """A7, D10."""
    first = InquiriesQuery(TARO, 1)
    second = InquiriesQuery(TARO, 1, PlaceInTime(NOW, numbered(22)))
    hanakos = InquiriesQuery(HANAKO, 5)
    assert await asked.requests.inquiries([first, second, hanakos]) == {
        first: Page([INQUIRIES[1]], has_next=True),
        second: Page([INQUIRIES[0]], has_next=False),
        hanakos: Page([INQUIRIES[2]], has_next=False),
    }


async def test_staff_walk_all_inquiries_newest_first(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    """A7, D10."""
    new = ReceivedInquiry(InquiryTopic.OTHER, "質問", NOW, reply_to="me@example.jp", claimed_number=TARO)
    of_nobody = await hirosaki.requests.add_inquiry(new)
    later = replace(new, sent_at=NOW + timedelta(seconds=1), member_number=TARO, claimed_number=None)
    of_taro = await hirosaki.requests.add_inquiry(later)
    await hokkaido.requests.add_inquiry(new)
    assert (of_nobody.member_number, of_nobody.claimed_number, of_nobody.reply_to) == (
        None,
        TARO,
        "me@example.jp",
    )
    page = await hirosaki.requests.inquiries_of_all(InquiryState.OPEN, 1, None)
    assert (list(page.items), page.has_next) == ([of_taro], True)
    after = PlaceInTime(of_taro.sent_at, of_taro.inquiry_id)
    page = await hirosaki.requests.inquiries_of_all(None, 1, after)
    assert (list(page.items), page.has_next) == ([of_nobody], False)
    assert not (await hirosaki.requests.inquiries_of_all(InquiryState.ANSWERED, 9, None)).items


async def test_inquiries_are_found_by_id_within_the_co_op(asked: CoopStore, hokkaido: CoopStore) -> None:
    ids = [numbered(21), numbered(99)]
    assert await asked.requests.inquiries_by_id(ids) == {numbered(21): INQUIRIES[0], numbered(99): None}
    assert await hokkaido.requests.inquiries_by_id(ids) == {numbered(21): None, numbered(99): None}


async def test_asking_for_nothing_gives_nothing(hirosaki: CoopStore) -> None:
    assert await hirosaki.requests.change_requests([]) == {}
    assert await hirosaki.requests.inquiries([]) == {}


async def test_what_is_under_way_comes_in_the_order_of_asking(asked: CoopStore) -> None:
    """E20: whatever time it bears; what is settled is not among it, nor what another co-op's member asked for."""
    assert await asked.requests.unsettled([NOBODY, HANAKO, TARO]) == {
        NOBODY: [],
        HANAKO: [each for each in HANAKOS if each.settled_at is None],
        TARO: [each for each in TAROS if each.settled_at is None],
    }
