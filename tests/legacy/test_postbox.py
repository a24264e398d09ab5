"""The postbox: keeps the mail it receives, and shows it."""

from collections.abc import AsyncIterator
from email.message import EmailMessage

import aiosmtplib
import httpx
import pytest

from tests.legacy.programs import running

SENDER = "弘前大学生協 <mypage@klas.example>"


class Postbox:
    """A running postbox."""

    def __init__(self, http: httpx.AsyncClient, smtp_port: int) -> None:
        self.http = http
        self.smtp_port = smtp_port

    async def receive(self, message: EmailMessage) -> None:
        await aiosmtplib.send(message, hostname="127.0.0.1", port=self.smtp_port, start_tls=False)


@pytest.fixture(scope="module")
async def program() -> AsyncIterator[Postbox]:
    async with running("legacy.postbox") as announced:
        url = f"http://127.0.0.1:{announced['port']}"
        async with httpx.AsyncClient(base_url=url, trust_env=False) as http:
            yield Postbox(http, announced["smtp_port"])


@pytest.fixture
async def postbox(program: Postbox) -> Postbox:
    """An empty one."""
    await program.http.delete("/messages")
    return program


def message(subject: str, text: str, html: str | None = None) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = SENDER, "taro@example.jp, hanako@example.jp", subject
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


async def test_a_message_is_shown_decoded(postbox: Postbox) -> None:
    await postbox.receive(
        message("①髙﨑様 仮登録のお知らせ", "本文です。\n二行目。\n", "<p>本文です。</p>\n")
    )
    (shown,) = (await postbox.http.get("/messages")).json()
    shown.pop("id")
    assert shown == {
        "received_at": "2026-11-20T12:00:00+09:00",
        "from": SENDER,
        "to": ["taro@example.jp", "hanako@example.jp"],
        "subject": "①髙﨑様 仮登録のお知らせ",
        "text": "本文です。\n二行目。\n",
        "html": "<p>本文です。</p>\n",
    }


async def test_messages_come_oldest_first_and_without_html_where_there_is_none(postbox: Postbox) -> None:
    for subject in ("一", "二", "三"):
        await postbox.receive(message(subject, "x"))
    shown = (await postbox.http.get("/messages")).json()
    assert [each["subject"] for each in shown] == ["一", "二", "三"]
    assert [each["html"] for each in shown] == [None, None, None]


async def test_the_page_shows_the_newest_first_and_no_markup_of_a_message(postbox: Postbox) -> None:
    await postbox.receive(message("古い", "x"))
    await postbox.receive(message("新しい<script>", "<b>本文</b>"))
    answer = await postbox.http.get("/")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Postbox (2)" in answer.text
    assert answer.text.index("新しい") < answer.text.index("古い")
    assert "&lt;b&gt;本文&lt;/b&gt;" in answer.text
    assert "<script>" not in answer.text


async def test_an_empty_postbox_says_so(postbox: Postbox) -> None:
    assert "Nothing yet." in (await postbox.http.get("/")).text
    assert (await postbox.http.get("/messages")).json() == []


async def test_deleting_empties_it(postbox: Postbox) -> None:
    await postbox.receive(message("一", "x"))
    assert (await postbox.http.delete("/messages")).status_code == 204
    assert (await postbox.http.get("/messages")).json() == []
