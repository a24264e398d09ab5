"""申請 and お問い合わせ: what a member has set in motion, from the gateway's own store."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from gateway.store import Store, tables
from gateway.store.records import ChangeRequestKind, ChangeRequestState, InquiryState, InquiryTopic
from tests.api.asking import Api
from tests.api.walking import PAGE, cursor, refuses_wrong_pages, walked
from tests.running import NOW

TARO = "210100000001"

CHANGE_REQUESTS = f"""
query ($first: Int!, $after: String) {{ viewer {{ member {{
  changeRequests(first: $first, after: $after) {{
    edges {{ cursor node {{ id kind state requestedAt settledAt reason }} }} {PAGE}
  }}
}} }} }}
"""
TRANSFERS = f"""
query ($first: Int!, $after: String) {{ viewer {{ member {{ pico {{ webPoints {{
  requests(first: $first, after: $after) {{
    edges {{ cursor node {{ id kind state requestedAt settledAt reason }} }} {PAGE}
  }}
}} }} }} }} }}
"""
INQUIRIES = f"""
query ($first: Int!, $after: String) {{ viewer {{ member {{
  inquiries(first: $first, after: $after) {{
    edges {{ cursor node {{ id topic state body sentAt answer answeredAt }} }} {PAGE}
  }}
}} }} }}
"""
WALKS = {
    CHANGE_REQUESTS: "viewer.member.changeRequests",
    TRANSFERS: "viewer.member.pico.webPoints.requests",
    INQUIRIES: "viewer.member.inquiries",
}


def change_request(number: int, member: str = TARO) -> Mapping[str, Any]:
    """Two of them have each time; every third is a transfer of points that was refused."""
    transfers = number % 3 == 0
    return {
        "request_id": UUID(int=number),
        "coop": "hirosaki",
        "member_number": member,
        "kind": ChangeRequestKind.WEB_POINT_TRANSFER if transfers else ChangeRequestKind.PROFILE_CHANGE,
        "state": ChangeRequestState.REJECTED if transfers else ChangeRequestState.RECEIVED,
        "requested_at": NOW - timedelta(hours=number // 2),
        "settled_at": NOW if transfers else None,
        "reason": "ポイントが不足しています。" if transfers else None,
        "details": {},
    }


def inquiry(number: int, member: str = TARO) -> Mapping[str, Any]:
    """Two of them have each time; the even ones are answered."""
    answered = number % 2 == 0
    return {
        "inquiry_id": UUID(int=number),
        "coop": "hirosaki",
        "member_number": member,
        "topic": InquiryTopic.OTHER,
        "state": InquiryState.ANSWERED if answered else InquiryState.OPEN,
        "body": f"{number}件目の質問です。",
        "sent_at": NOW - timedelta(minutes=number // 2),
        "answer": "お答えします。" if answered else None,
        "answered_at": NOW if answered else None,
    }


@pytest.fixture
async def asked(store: Store) -> None:
    """Taro has asked for much, and somebody else for something."""
    async with store.engine.begin() as connection:
        requests = [*map(change_request, range(1, 25)), change_request(99, "210100000003")]
        inquiries = [*map(inquiry, range(1, 13)), inquiry(99, "210100000003")]
        await connection.execute(sa.insert(tables.change_requests), requests)
        await connection.execute(sa.insert(tables.inquiries), inquiries)


@pytest.mark.usefixtures("asked")
async def test_requests_are_shown_newest_first_with_what_became_of_them(taro: Api) -> None:
    """E20: Taro's only, in the order of time and then of their numbers."""
    nodes = await walked(taro, CHANGE_REQUESTS, WALKS[CHANGE_REQUESTS], 100)

    assert len(nodes) == 24
    shown = [{name: value for name, value in node.items() if name != "id"} for node in nodes[:2]]
    assert shown == [
        {
            "kind": "PROFILE_CHANGE",
            "state": "RECEIVED",
            "requestedAt": "2026-11-20T12:00:00+09:00",
            "settledAt": None,
            "reason": None,
        },
        {
            "kind": "WEB_POINT_TRANSFER",
            "state": "REJECTED",
            "requestedAt": "2026-11-20T11:00:00+09:00",
            "settledAt": "2026-11-20T12:00:00+09:00",
            "reason": "ポイントが不足しています。",
        },
    ]


@pytest.mark.usefixtures("asked")
async def test_transfers_of_web_points_stand_beside_the_points(taro: Api) -> None:
    """B6."""
    everything = await walked(taro, CHANGE_REQUESTS, WALKS[CHANGE_REQUESTS], 100)

    transfers = await walked(taro, TRANSFERS, WALKS[TRANSFERS], 100)

    assert len(transfers) == 8
    assert transfers == [node for node in everything if node["kind"] == "WEB_POINT_TRANSFER"]


@pytest.mark.usefixtures("asked")
async def test_inquiries_are_shown_with_their_answers(taro: Api) -> None:
    """D10, E8."""
    newest, *rest = await walked(taro, INQUIRIES, WALKS[INQUIRIES], 100)

    del newest["id"]
    assert newest == {
        "topic": "OTHER",
        "state": "OPEN",
        "body": "1件目の質問です。",
        "sentAt": "2026-11-20T12:00:00+09:00",
        "answer": None,
        "answeredAt": None,
    }
    assert len(rest) == 11


@pytest.mark.usefixtures("asked")
@pytest.mark.parametrize("query", WALKS, ids=WALKS.get)
async def test_a_walk_is_the_same_in_pages_of_any_size(taro: Api, query: str) -> None:
    """Those of one time stand on both sides of a page's end."""
    nodes = await walked(taro, query, WALKS[query], 100)

    assert len({node["id"] for node in nodes}) == len(nodes)
    for size in (1, 3, 12):
        assert await walked(taro, query, WALKS[query], size) == nodes


@pytest.mark.parametrize("query", WALKS, ids=WALKS.get)
async def test_wrong_cursors_and_page_sizes_are_bad_input(taro: Api, query: str) -> None:
    identity = "00000000-0000-0000-0000-000000000001"
    await refuses_wrong_pages(
        taro,
        query,
        cursor("2026-11-20T12:00:00+09:00", "1"),
        cursor("2026-11-20T12:00:00+09:00", 1),
        cursor("2026-11-20T12:00:00", identity),
        cursor("0001-01-01T00:00:00+23:59", identity),
    )


async def test_whoever_asked_for_nothing_has_an_empty_list(sapporo: Api) -> None:
    data = await sapporo.data(
        "{ viewer { member { changeRequests { edges { cursor } } inquiries { edges { cursor } } } } }"
    )

    assert data["viewer"]["member"] == {"changeRequests": {"edges": []}, "inquiries": {"edges": []}}
