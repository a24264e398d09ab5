"""What every notice board shows, and does in trouble."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest

from adapters.errors import AdapterError, Garbled, Incomplete, TimedOut, Unavailable
from adapters.ports import NoticeBoard
from adapters.records import MemberNumber, Notice, NoticeAudience, Snapshot
from tests.adapters.people import EVERYBODY, HANAKO, NOBODY, TARO, hirosaki
from tests.adapters.policies import patience_with
from tests.running import NOW, LegacySystem

FAULTS: dict[str, type[AdapterError]] = {
    "error": Unavailable,
    "closed": Unavailable,
    "garbled": Garbled,
    "truncated": Garbled,
    "timeout": TimedOut,
}

every_fault = pytest.mark.parametrize(("kind", "error"), FAULTS.items(), ids=list(FAULTS))


async def notices(board: NoticeBoard, number: MemberNumber) -> Sequence[Notice]:
    """What one member is told."""
    return (await board.notices([number])).of(number)


def told(feed: Sequence[Notice], audience: NoticeAudience) -> set[str]:
    """The notices of a feed for this audience."""
    return {notice.notice_id for notice in feed if notice.audience is audience}


async def test_a_feed_is_newest_first_and_plain_text(board: NoticeBoard) -> None:
    """X14."""
    feed = await notices(board, TARO)
    assert len(feed) > 50
    assert all(newer.published_at >= older.published_at for newer, older in pairwise(feed))
    assert len({notice.notice_id for notice in feed}) == len(feed)
    assert {notice.published_at.utcoffset() for notice in feed} == {timedelta(hours=9)}
    assert all(notice.published_at <= NOW and notice.title and notice.body for notice in feed)
    texts = [text for notice in feed for text in (notice.title, notice.body)]
    assert not any(re.search(r"&\w+;|<br", text) for text in texts)
    assert any("\n" in text for text in texts)


async def test_everybody_is_told_the_same_and_something_of_their_own(board: NoticeBoard) -> None:
    """D8, D9."""
    answers = await board.notices(EVERYBODY[:99])
    assert answers.failure is None
    feeds = [answers.of(number) for number in EVERYBODY[:99]]
    assert len({frozenset(told(feed, NoticeAudience.EVERYONE)) for feed in feeds}) == 1
    personal = [each for feed in feeds for each in told(feed, NoticeAudience.PERSONAL)]
    assert len(set(personal)) == len(personal) > 99
    assert await notices(board, TARO) == answers.of(TARO)


async def test_somebody_unknown_is_told_what_everyone_is(board: NoticeBoard) -> None:
    feed = await notices(board, NOBODY)
    assert told(feed, NoticeAudience.EVERYONE)
    assert not told(feed, NoticeAudience.PERSONAL)


async def test_asking_for_nobody_asks_nobody(board: NoticeBoard, system: LegacySystem) -> None:
    assert await board.notices([]) == {}
    assert sum((await system.calls()).values()) == 0


async def test_home_screens_of_many_people_at_once_are_one_call(
    board: NoticeBoard, system: LegacySystem
) -> None:
    async with asyncio.TaskGroup() as requests:
        for index in range(1, 33):
            requests.create_task(board.notices([hirosaki(index)]))
    assert sum((await system.calls()).values()) == 1


@every_fault
async def test_trouble_becomes_the_error_of_its_kind(
    board: NoticeBoard, system: LegacySystem, kind: str, error: type[AdapterError]
) -> None:
    async with system.fault(kind):
        with patience_with(kind), pytest.raises(error, match=r"^hirosaki/notices: "):
            await board.notices([TARO])


@every_fault
async def test_in_trouble_the_last_known_notices_are_served_and_say_so(
    board: NoticeBoard, system: LegacySystem, kind: str, error: type[AdapterError]
) -> None:
    known = await notices(board, TARO)
    async with system.fault(kind):
        with patience_with(kind):
            answers = await board.notices([TARO, HANAKO])
    assert answers == {TARO: Snapshot(known, last_known=True)}
    assert isinstance(answers.outcome(HANAKO), error)


async def test_a_list_that_was_cut_short_is_not_passed_off_as_whole(
    board: NoticeBoard, system: LegacySystem
) -> None:
    async with system.fault("partial"):
        with pytest.raises(Incomplete):
            await board.notices([TARO, HANAKO])


async def test_a_list_that_was_cut_short_is_served_from_what_was_known(
    board: NoticeBoard, system: LegacySystem
) -> None:
    whole = await board.notices([TARO, HANAKO])
    async with system.fault("partial"):
        cut = await board.notices([TARO, HANAKO])
    assert cut == {number: Snapshot(whole.of(number), last_known=True) for number in (TARO, HANAKO)}


async def test_a_ping_tells_whether_it_answers(board: NoticeBoard, system: LegacySystem) -> None:
    await board.ping()
    async with system.fault("closed"):
        with pytest.raises(Unavailable):
            await board.ping()
