"""The co-op's notice and mail system over the wire (docs/wire/mailer.md)."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.legacy.programs import running

EVERYBODY = [f"2101{index:08d}" for index in range(1, 101)]
WITHIN = 10.0
"""Seconds in which mail arrives on any machine (A23 asks for a minute)."""


@dataclass(frozen=True, slots=True)
class Mailer:
    """A running mailer, and the postbox its mail ends in."""

    http: httpx.AsyncClient
    postbox: httpx.AsyncClient

    async def notices(self, **wanted: object) -> dict[str, Any]:
        return await self.post("/api/notices", wanted)

    async def send(self, **changed: object) -> dict[str, Any]:
        return await self.post("/api/mail", mail(**changed))

    async def post(self, path: str, body: object) -> dict[str, Any]:
        answer = await self.http.post(path, json=body)
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    async def play(self, fault: str, **options: object) -> None:
        (await self.http.put("/_faults", json={"fault": fault, **options})).raise_for_status()

    async def becomes(self, mail_id: str, state: str) -> None:
        """Waits until a mail has come to this state."""
        async with asyncio.timeout(WITHIN):
            while (await self.http.get(f"/api/mail/{mail_id}")).json().get("state") != state:
                pass

    async def delivered(self) -> list[dict[str, Any]]:
        kept: list[dict[str, Any]] = (await self.postbox.get("/messages")).json()
        return kept


@pytest.fixture(scope="module")
async def programs() -> AsyncIterator[Mailer]:
    async with (
        running("legacy.postbox") as box,
        running(
            "legacy.mailer", "--coop", "hirosaki", "--smtp", f"127.0.0.1:{box['smtp_port']}"
        ) as announced,
        client(announced["port"]) as http,
        client(box["port"]) as postbox,
    ):
        yield Mailer(http, postbox)


@pytest.fixture
async def mailer(programs: Mailer) -> AsyncIterator[Mailer]:
    """With no fault, count or mail left over from another test."""
    await programs.http.delete("/_calls")
    await programs.postbox.delete("/messages")
    yield programs
    await programs.http.delete("/_faults")


def client(port: int) -> httpx.AsyncClient:
    headers = {"X-Api-Key": "key"}
    return httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, trust_env=False)


def mail(**changed: object) -> dict[str, object]:
    whole: dict[str, object] = {
        "id": str(uuid4()),
        "from": "弘前大学生協 <mypage@klas.example>",
        "to": "taro@example.jp",
        "subject": "①仮登録",
        "text": "髙﨑様\nありがとうございます。\n",
        "html": None,
    }
    return whole | changed


async def test_there_are_some_six_notices_to_everyone_a_month(mailer: Mailer) -> None:
    """D8: twelve months of them, the present one not yet over."""
    told = await mailer.notices(everyone=True)
    assert told.keys() == {"status", "everyone_count", "everyone"}
    assert told["everyone_count"] == len(told["everyone"])
    assert 66 <= len(told["everyone"]) <= 72
    assert len({each["id"] for each in told["everyone"]}) == len(told["everyone"])


async def test_there_are_some_one_and_a_half_personal_notices_a_month(mailer: Mailer) -> None:
    """D9."""
    told = await mailer.notices(members=EVERYBODY)
    counts = [each["count"] for each in told["members"]]
    assert [len(each["notices"]) for each in told["members"]] == counts
    assert 14 <= sum(counts) / len(counts) <= 22
    ids = [notice["id"] for each in told["members"] for notice in each["notices"]]
    assert len({*ids}) == len(ids)
    assert {*(each["no"] for each in told["members"]), *told["missing"]} == {*EVERYBODY}


async def test_notices_are_escaped_and_break_lines_with_br(mailer: Mailer) -> None:
    notices = (await mailer.notices(everyone=True))["everyone"]
    texts = [each[part] for each in notices for part in ("title", "body")]
    assert any("&amp;" in each for each in texts)
    assert any("&yen;" in each for each in texts)
    assert any("&lt;" in each for each in texts)
    assert any("<br>" in each for each in texts)
    assert not any(re.search("[<>\n¥]", each.replace("<br>", "")) for each in texts)
    assert any("¥440" in html.unescape(each) for each in texts)


async def test_dates_are_of_the_past_without_an_offset_and_in_no_order(mailer: Mailer) -> None:
    dates = [each["date"] for each in (await mailer.notices(everyone=True))["everyone"]]
    assert all(re.fullmatch(r"\d{4}/\d\d/\d\d \d\d:\d\d", each) for each in dates)
    assert max(dates) <= "2026/11/20 12:00"
    assert dates not in (sorted(dates), sorted(dates, reverse=True))


async def test_a_personal_notice_names_the_member_private_use_characters_and_all(mailer: Mailer) -> None:
    """D9: number 11 has U+E000 in the name."""
    told = await mailer.notices(members=[EVERYBODY[10]])
    assert all("藤\ue000 凛 様" in each["body"] for each in told["members"][0]["notices"])


async def test_who_is_no_member_is_named_as_missing(mailer: Mailer) -> None:
    told = await mailer.notices(members=["210100000001", "210199999999"])
    assert ([each["no"] for each in told["members"]], told["missing"]) == (["210100000001"], ["210199999999"])


async def test_the_same_notices_are_told_again(mailer: Mailer) -> None:
    wanted = {"everyone": True, "members": EVERYBODY[:3]}
    assert await mailer.notices(**wanted) == await mailer.notices(**wanted)


async def test_hokkaidos_members_have_notices_of_their_own() -> None:
    command = ("legacy.mailer", "--coop", "hokkaido", "--smtp", "127.0.0.1:9")
    async with running(*command) as announced, client(announced["port"]) as http:
        told = (await http.post("/api/notices", json={"everyone": True, "members": ["10000001"]})).json()
    assert [each["no"] for each in told["members"]] == ["10000001"]
    assert any("20日締め" in each["title"] for each in told["everyone"])


async def test_more_than_a_hundred_members_are_refused(mailer: Mailer) -> None:
    assert (await mailer.notices(members=[*EVERYBODY, "210100000101"]))["code"] == "E11"


@pytest.mark.parametrize(
    "body", [[], {"members": "210100000001"}, {"members": [1]}, {"everyone": "yes"}, {"everybody": True}]
)
async def test_a_request_for_notices_that_cannot_be_understood_is_e10(mailer: Mailer, body: object) -> None:
    assert (await mailer.post("/api/notices", body))["code"] == "E10"


async def test_a_mail_arrives_with_every_character(mailer: Mailer) -> None:
    """A23."""
    sent = mail(html="<p>髙﨑様</p>")
    told = await mailer.post("/api/mail", sent)
    assert told == {"status": "OK", "id": sent["id"], "state": "QUEUED"}
    await mailer.becomes(str(sent["id"]), "SENT")
    (received,) = await mailer.delivered()
    assert received["from"] == sent["from"]
    assert received["to"] == ["taro@example.jp"]
    assert (received["subject"], received["text"]) == ("①仮登録", "髙﨑様\nありがとうございます。\n")
    assert received["html"].strip() == "<p>髙﨑様</p>"


async def test_the_same_id_again_gets_the_same_answer_and_no_second_mail(mailer: Mailer) -> None:
    mail_id = str(uuid4())
    answers = await asyncio.gather(*(mailer.send(id=mail_id) for _ in range(20)))
    await mailer.becomes(mail_id, "SENT")
    again = await mailer.send(id=mail_id)
    last = await mailer.send()
    await mailer.becomes(last["id"], "SENT")
    assert [*answers, again] == [again] * 21
    assert len(await mailer.delivered()) == 2


@pytest.mark.parametrize(
    "address", ["taro..y@docomo.example", "hanako.@ezweb.example", ".taro@docomo.example", "taro", "", "a@b"]
)
async def test_an_address_no_server_takes_is_e51_and_nothing_is_sent(mailer: Mailer, address: str) -> None:
    sent = mail(to=address)
    assert (await mailer.post("/api/mail", sent))["code"] == "E51"
    assert (await mailer.http.get(f"/api/mail/{sent['id']}")).json()["code"] == "E12"


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "1"},
        {"subject": "a\nBcc: x@example.jp"},
        {"text": None},
        {"html": 1},
        {"from": ["a@example.jp"]},
    ],
)
async def test_a_mail_that_cannot_be_understood_is_e10(mailer: Mailer, changed: dict[str, object]) -> None:
    assert (await mailer.send(**changed))["code"] == "E10"


async def test_a_mail_its_smtp_server_refuses_has_failed(mailer: Mailer) -> None:
    refusing = await asyncio.start_server(_refuse, "127.0.0.1", 0)
    port = refusing.sockets[0].getsockname()[1]
    command = ("legacy.mailer", "--coop", "hirosaki", "--smtp", f"127.0.0.1:{port}")
    async with refusing, running(*command) as announced, client(announced["port"]) as http:
        relaying = Mailer(http, mailer.postbox)
        told = await relaying.send()
        await relaying.becomes(told["id"], "FAILED")


async def test_a_key_is_needed(mailer: Mailer) -> None:
    answer = await mailer.http.get("/api/ping", headers={"X-Api-Key": ""})
    assert (answer.status_code, answer.json()["code"]) == (200, "E01")
    assert (await mailer.http.get("/api/ping")).json() == {"status": "OK"}


async def test_only_the_given_key_is_accepted_when_one_is_given() -> None:
    command = ("legacy.mailer", "--coop", "hirosaki", "--smtp", "127.0.0.1:9", "--key", "right")
    async with running(*command) as announced, client(announced["port"]) as http:
        wrong = (await http.get("/api/ping")).json()
        right = (await http.get("/api/ping", headers={"X-Api-Key": "right"})).json()
    assert (wrong["code"], right["status"]) == ("E01", "OK")


async def test_partial_tells_fewer_notices_than_it_meant_to(mailer: Mailer) -> None:
    wanted = {"everyone": True, "members": EVERYBODY[:4]}
    whole = await mailer.notices(**wanted)
    await mailer.play("partial")
    part = await mailer.notices(**wanted)
    assert part["everyone_count"] == whole["everyone_count"] > len(part["everyone"])
    assert len(part["members"]) == 2
    assert part["missing"] == whole["missing"]
    assert all(len(each["notices"]) < each["count"] for each in part["members"])


async def test_lost_sends_the_mail_and_loses_the_answer(mailer: Mailer) -> None:
    sent = mail()
    await mailer.play("lost", times=1)
    with pytest.raises(httpx.TransportError):
        await mailer.http.post("/api/mail", json=sent)
    await mailer.becomes(str(sent["id"]), "SENT")
    assert (await mailer.post("/api/mail", sent))["state"] == "QUEUED"
    assert len(await mailer.delivered()) == 1


async def test_closed_is_maintenance(mailer: Mailer) -> None:
    await mailer.play("closed", only=["/api/notices"])
    assert (await mailer.notices(everyone=True))["code"] == "E91"
    assert (await mailer.http.get("/api/ping")).json() == {"status": "OK"}


async def test_http_faults_are_played(mailer: Mailer) -> None:
    await mailer.play("error", times=1)
    assert (await mailer.http.get("/api/ping")).status_code == 500
    await mailer.play("garbled", times=1)
    with pytest.raises(ValueError, match="decode"):
        (await mailer.http.get("/api/ping")).json()
    await mailer.play("truncated", times=1)
    with pytest.raises(httpx.RemoteProtocolError):
        await mailer.http.get("/api/ping")
    await mailer.play("timeout", times=1)
    with pytest.raises(httpx.ReadTimeout):
        await mailer.http.get("/api/ping", timeout=0.3)


async def test_requests_are_counted_by_route(mailer: Mailer) -> None:
    await mailer.notices(everyone=True)
    await mailer.http.get(f"/api/mail/{uuid4()}")
    await mailer.http.get(f"/api/mail/{uuid4()}")
    assert (await mailer.http.get("/_calls")).json() == {"/api/notices": 1, "/api/mail/{id}": 2}


async def _refuse(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"554 no mail today\r\n")
    await writer.drain()
    writer.close()
