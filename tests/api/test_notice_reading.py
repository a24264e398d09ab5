"""お知らせを読んだことの記録: by whom, of which, and since when."""

from typing import Any

import pytest

from tests.api.asking import Api
from tests.api.doing import done, input_error, refusal, tried
from tests.api.test_nodes import an_id
from tests.running import LegacySystems

FEED = """
query ($unreadOnly: Boolean! = false) { viewer { member {
  notices(first: 100, unreadOnly: $unreadOnly) { edges { node { id readAt } } }
} } }
"""
READ = "notices { id readAt }"
NOW = "2026-11-20T12:00:00+09:00"
MALFORMED = input_error("BAD_INPUT", "IDの形式が正しくありません。", "ids")


async def feed(api: Api, **chosen: Any) -> list[dict[str, Any]]:
    """The viewer's notices."""
    data = await api.data(FEED, **chosen)
    return [edge["node"] for edge in data["viewer"]["member"]["notices"]["edges"]]


async def unread(api: Api) -> list[str]:
    """The ids of what the viewer has not read."""
    return [notice["id"] for notice in await feed(api, unreadOnly=True)]


async def test_what_was_read_is_read_from_then_on(taro: Api) -> None:
    """D8, D9: to everyone and to oneself; in the order of the feed."""
    first, second, third, *rest = await unread(taro)

    payload = await done(taro, "markNoticesRead", READ, ids=[third, first])

    assert payload["notices"] == [{"id": first, "readAt": NOW}, {"id": third, "readAt": NOW}]
    assert await unread(taro) == [second, *rest]


async def test_a_guardians_reading_is_not_the_students(taro: Api, ichiro: Api) -> None:
    """X13."""
    before = await unread(taro)

    await done(ichiro, "markNoticesRead", ids=before[:1])

    assert await unread(taro) == before
    assert await unread(ichiro) == before[1:]


async def test_nothing_is_nothing(taro: Api) -> None:
    assert await done(taro, "markNoticesRead", READ, ids=[]) == {"notices": []}


async def test_what_is_not_in_ones_feed_is_passed_over(taro: Api, api: Api) -> None:
    """Gone, or another member's: the answer is the same."""
    takasaki = await api.signed_in("hirosaki", "takasaki")
    (strangers, *_), (own, *_) = await unread(takasaki), await unread(taro)
    gone = an_id("Notice", "hirosaki", "210100000001", "no such notice")

    payload = await done(taro, "markNoticesRead", READ, ids=[strangers, gone, own])

    assert payload["notices"] == [{"id": own, "readAt": NOW}]
    assert strangers in await unread(takasaki)


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        "x",
        an_id("Member", "hirosaki", "210100000001"),
        an_id("Notice", "hokkaido", "10000001", "1"),
        an_id("Notice", "hirosaki", "210100000001"),
    ],
)
async def test_an_id_of_anything_else_marks_nothing(taro: Api, made_up: str) -> None:
    before = await unread(taro)

    assert await refusal(taro, "markNoticesRead", ids=[before[0], made_up]) == MALFORMED
    assert await unread(taro) == before


async def test_a_hundred_at_once_and_no_more(taro: Api) -> None:
    ids = [an_id("Notice", "hirosaki", "210100000001", str(turn)) for turn in range(101)]

    assert await done(taro, "markNoticesRead", READ, ids=ids[:100]) == {"notices": []}
    message = "一度に指定できる件数は100までです。"
    assert await refusal(taro, "markNoticesRead", ids=ids) == input_error("BAD_INPUT", message, "ids")


async def test_nothing_is_marked_while_the_notices_cannot_be_read(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    gone = an_id("Notice", "hirosaki", "210100000001", "1")

    async with legacy_systems.hirosaki.mailer.fault("error"):
        answer = await tried(taro, "markNoticesRead", ids=[gone])

    assert answer.codes() == {"markNoticesRead": "SYSTEM_UNAVAILABLE"}


async def test_staff_have_no_feed(hirosaki_staff: Api) -> None:
    answer = await tried(hirosaki_staff, "markNoticesRead", ids=[])

    assert (answer.data, answer.codes()) == (None, {"markNoticesRead": "FORBIDDEN"})
