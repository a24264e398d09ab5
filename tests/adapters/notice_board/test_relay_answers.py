"""Answers of the notice and mail system written by hand, flaw by flaw."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from uuid import UUID

import orjson
import pytest
from aiohttp import web

from adapters.errors import Garbled, Incomplete, Unavailable
from adapters.japan_time import JAPAN
from adapters.mail_relay import MailRelayConfig, connect
from adapters.mail_relay.reading import plain
from adapters.mail_relay.relay import MailRelay
from adapters.records import Mail, Notice, NoticeAudience
from tests.adapters.answering import answering
from tests.adapters.people import HANAKO, NOBODY, TARO
from tests.adapters.policies import PATIENT

MAIL = Mail(
    UUID("12345678-1234-5678-1234-567812345678"),
    "mypage@klas.seikyou.jp",
    "taro@example.jp",
    "件名\n二行目",
    "本文",
)


def notice(number: int, date: str = "2026/11/20 09:30") -> dict[str, object]:
    """A NOTICE."""
    return {"id": number, "title": "A&amp;B", "body": "一行目<br>二行目", "date": date}


@asynccontextmanager
async def relay_saying(
    answer: object, asked: Callable[[web.Request, bytes], None] | None = None
) -> AsyncIterator[MailRelay]:
    """A relay that answers this whatever it is asked."""

    async def reply(request: web.Request) -> web.Response:
        body = await request.read()
        if asked is not None:
            asked(request, body)
        return web.Response(body=answer if isinstance(answer, bytes) else orjson.dumps(answer))

    async with answering(reply) as url:
        relay = connect("hirosaki/notices", MailRelayConfig(url=url, key="himitsu", policy=PATIENT))
        yield relay
        await relay.close()


async def test_a_question_names_its_members_and_carries_the_key() -> None:
    questions: list[tuple[str, str, object]] = []

    def asked(request: web.Request, body: bytes) -> None:
        questions.append((request.path, request.headers["X-Api-Key"], orjson.loads(body)))

    async with relay_saying({"status": "OK", "missing": [TARO, HANAKO], "everyone": []}, asked) as relay:
        await relay.notices([TARO, HANAKO])
    assert questions == [("/api/notices", "himitsu", {"everyone": True, "members": [TARO, HANAKO]})]


async def test_a_notice_becomes_plain_text_with_a_time_in_japan() -> None:
    async with relay_saying({"status": "OK", "everyone": [notice(7)], "missing": [TARO]}) as relay:
        answers = await relay.notices([TARO])
    published_at = datetime(2026, 11, 20, 9, 30, tzinfo=JAPAN)
    assert answers.of(TARO) == (Notice("7", NoticeAudience.EVERYONE, "A&B", "一行目\n二行目", published_at),)


async def test_a_member_is_told_from_one_left_out_and_from_one_cut_short() -> None:
    members = [
        {"no": TARO, "count": 2, "notices": [notice(1)]},
        {"no": HANAKO, "count": 1, "notices": [notice(2)]},
    ]
    answer = {"status": "OK", "everyone": [], "members": members, "missing": [NOBODY]}
    async with relay_saying(answer) as relay:
        answers = await relay.notices([TARO, HANAKO, NOBODY])
    assert isinstance(answers.outcome(TARO), Incomplete)
    assert [each.notice_id for each in answers.of(HANAKO)] == ["2"]
    assert answers.of(NOBODY) == ()


@pytest.mark.parametrize("bad", [{"id": 1}, "notice", notice(1, date="2026-11-20"), notice(1, date="")])
async def test_a_notice_that_cannot_be_read_costs_its_member_and_no_other(bad: object) -> None:
    members = [
        {"no": TARO, "count": 1, "notices": [bad]},
        {"no": HANAKO, "count": 1, "notices": [notice(2)]},
    ]
    async with relay_saying({"status": "OK", "everyone": [], "members": members}) as relay:
        answers = await relay.notices([TARO, HANAKO])
    assert set(answers) == {HANAKO}


@pytest.mark.parametrize(
    "everyone", [{"everyone": [notice(1)], "everyone_count": 2}, {"everyone": [{"id": 1}]}, {}]
)
async def test_without_all_notices_to_everyone_no_feed_is_whole(everyone: dict[str, object]) -> None:
    async with relay_saying({"status": "OK", "missing": [TARO], **everyone}) as relay:
        with pytest.raises(Incomplete):
            await relay.notices([TARO])


@pytest.mark.parametrize(
    ("code", "message"),
    [("E01", "refused the key"), ("E10", "E10 text"), ("E90", "E90 text"), ("E91", "E91 text")],
)
async def test_a_no_is_unavailable(code: str, message: str) -> None:
    async with relay_saying({"status": "NG", "code": code, "message": "text"}) as relay:
        with pytest.raises(Unavailable, match=message):
            await relay.notices([TARO])
        with pytest.raises(Unavailable, match=message):
            await relay.send(MAIL)


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b'{"status": "OK"', b'{"state": "OK"}', b"\xff\xfe"])
async def test_what_is_no_answer_is_garbled_and_not_quoted(raw: bytes) -> None:
    async with relay_saying(raw) as relay:
        with pytest.raises(Garbled) as garbled:
            await relay.notices([TARO])
    assert "html" not in str(garbled.value)


async def test_the_answer_for_another_mail_is_garbled() -> None:
    async with relay_saying({"status": "OK", "id": "5f0c", "state": "QUEUED"}) as relay:
        with pytest.raises(Garbled, match="another mail"):
            await relay.send(MAIL)


@pytest.mark.parametrize(
    ("escaped", "shown"),
    [
        ("a&lt;br&gt;b<br>c<BR />d", "a<br>b\nc\nd"),
        ("&yen;1,000 &amp;amp;", "¥1,000 &amp;"),
        ("　ﾐｰﾙｶｰﾄﾞ\ue000　", "ミールカード〓"),
        ("<br>本文<br><br>", "本文"),
    ],
)
def test_html_escapes_are_undone_exactly_once(escaped: str, shown: str) -> None:
    assert plain(escaped) == shown
