"""お知らせ: one feed for what everybody and what one member is told."""

from typing import Any

import pytest

from tests.api.asking import Api
from tests.api.doing import done
from tests.api.walking import PAGE, cursor, refuses_wrong_pages, same_in_pages_of, walked

NOTICES = f"""
query ($audience: NoticeAudience, $unreadOnly: Boolean! = false, $first: Int!, $after: String) {{
  viewer {{ member {{
    notices(audience: $audience, unreadOnly: $unreadOnly, first: $first, after: $after) {{
      edges {{ cursor node {{ id audience title body publishedAt readAt }} }}
      {PAGE}
    }}
  }} }}
}}
"""
PATH = "viewer.member.notices"

Node = dict[str, Any]


async def feed(api: Api, **chosen: Any) -> list[Node]:
    """All of it."""
    return await walked(api, NOTICES, PATH, 100, **chosen)


async def test_the_feed_tells_the_co_ops_notices_and_ones_own(taro: Api) -> None:
    """D8, D9, X14: newest first, in plain text and Japan time."""
    nodes = await feed(taro)

    told = [{name: node[name] for name in ("audience", "title", "body", "publishedAt")} for node in nodes[:2]]
    assert told == [
        {
            "audience": "PERSONAL",
            "title": "未受取プリペイド残高について",
            "body": "弘前 太郎 様\nお受け取りに期限はありません。\nレジでお声がけください。",
            "publishedAt": "2026-11-09T14:31:00+09:00",
        },
        {
            "audience": "EVERYONE",
            "title": "「ひとことカード」への回答(11月)",
            "body": "Q. <大盛>の値段は?\nA. ライス(大) ¥140です。",
            "publishedAt": "2026-11-09T13:28:00+09:00",
        },
    ]
    times = [node["publishedAt"] for node in nodes]
    assert times == sorted(times, reverse=True)


async def test_each_audience_can_be_read_by_itself(taro: Api) -> None:
    """D8, D9."""
    nodes = await feed(taro)

    for audience in ("EVERYONE", "PERSONAL"):
        part = [node for node in nodes if node["audience"] == audience]
        assert part
        assert await feed(taro, audience=audience) == part


async def test_everybody_is_told_the_same_and_nobody_what_is_anothers(taro: Api, api: Api) -> None:
    """D8, D9."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    def texts(nodes: list[Node]) -> list[tuple[str, str]]:
        return [(node["title"], node["publishedAt"]) for node in nodes]

    to_all = await feed(taro, audience="EVERYONE")
    assert texts(await feed(takasaki, audience="EVERYONE")) == texts(to_all)
    for own in await feed(takasaki, audience="PERSONAL"):
        assert own["body"].startswith("髙﨑 健一 様\n")


async def test_the_feed_is_the_same_in_pages_of_any_size(taro: Api) -> None:
    assert await same_in_pages_of([1, 9, 42], taro, NOTICES, PATH) == 84


async def test_what_was_read_is_marked_and_can_be_left_out(taro: Api) -> None:
    """X14: reading is the account's own affair, and each co-op numbers its notices anew."""
    newest, *rest = await feed(taro)
    assert newest["readAt"] is None
    await done(taro, "markNoticesRead", ids=[newest["id"]])

    assert await feed(taro) == [{**newest, "readAt": "2026-11-20T12:00:00+09:00"}, *rest]
    assert await feed(taro, unreadOnly=True) == rest


async def test_what_a_member_read_their_guardian_has_not(taro: Api, ichiro: Api) -> None:
    """X13, X14."""
    newest, *_ = await feed(taro)
    await done(taro, "markNoticesRead", ids=[newest["id"]])

    assert (await feed(taro))[0]["readAt"] is not None
    assert (await feed(ichiro))[0]["readAt"] is None


@pytest.mark.parametrize("place", [("2026-11-20T12:00:00", "9"), ("2026-11-20T12:00:00+09:00", 9), ("9",)])
async def test_wrong_cursors_and_page_sizes_are_bad_input(taro: Api, place: tuple[object, ...]) -> None:
    await refuses_wrong_pages(taro, NOTICES, cursor(*place), cursor("9999-12-31T23:59:59-23:59", "9"))
