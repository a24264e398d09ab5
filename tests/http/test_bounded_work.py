"""As many requests as there are places, some in line, and nobody more; a request that trickles in holds no place."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.http.bounded_work import BoundedWork
from gateway.http.places import Places
from gateway.http.status_codes import ESTABLISHED, NEWEST_DRAFT, StatusProfile
from tests.running.eventually import eventually

AN_HOUR = 3600.0
BUSY = "ただいまアクセスが大変混み合っています。しばらくしてから、もう一度お試しください。"
SCOPE: Scope = {"type": "http", "method": "POST", "path": "/graphql", "headers": [], "query_string": b""}


class Work:
    """An application whose answers wait until they are let go."""

    def __init__(self) -> None:
        self.begun = 0
        self.let_go = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with what was sent."""
        self.begun += 1
        message = await receive()
        await self.let_go.wait()
        await PlainTextResponse(message.get("body", b""))(scope, receive, send)


def bounded(
    app: ASGIApp,
    *,
    at_once: int = 1,
    in_line: int = 0,
    patience: float = AN_HOUR,
    seconds: float = AN_HOUR,
    statuses: StatusProfile = ESTABLISHED,
) -> BoundedWork:
    return BoundedWork(app, Places(at_once, in_line, patience), statuses, 1000, seconds, {"/livez"})


@asynccontextmanager
async def client_of(app: ASGIApp) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://gateway.test"
    ) as client:
        yield client


async def until_begun(work: Work, times: int) -> None:
    async def has_begun() -> bool:
        return work.begun >= times

    await eventually(has_begun)


async def test_who_finds_neither_a_place_nor_a_place_in_line_is_refused_at_once() -> None:
    work = Work()
    async with client_of(bounded(work, at_once=2, in_line=1)) as client:
        asked = [asyncio.create_task(client.post("/graphql", content=str(place))) for place in range(3)]
        await until_begun(work, 2)
        refused = await client.post("/graphql", content="one too many")

        assert not any(task.done() for task in asked)
        assert refused.status_code == 503
        assert refused.headers["retry-after"] == "2"
        assert refused.headers["content-type"] == "application/json; charset=utf-8"
        assert refused.json() == {
            "errors": [{"message": BUSY, "extensions": {"code": "OVERLOADED", "retryAfter": 2}}]
        }
        work.let_go.set()
        assert [answer.text for answer in await asyncio.gather(*asked)] == ["0", "1", "2"]
        assert (await client.post("/graphql", content="again")).text == "again"
    assert work.begun == 4


async def test_who_has_waited_in_line_for_long_enough_is_refused_after_all() -> None:
    work = Work()
    async with client_of(bounded(work, in_line=1, patience=0.01)) as client:
        first = asyncio.create_task(client.post("/graphql", content="first"))
        await until_begun(work, 1)
        second = await client.post("/graphql", content="second")
        work.let_go.set()

        assert (second.status_code, (await first).text) == (503, "first")
    assert work.begun == 1


async def test_a_client_that_left_the_line_holds_no_place_in_it() -> None:
    work = Work()
    async with client_of(bounded(work, in_line=1)) as client:
        first = asyncio.create_task(client.post("/graphql", content="first"))
        await until_begun(work, 1)
        for _ in range(3):
            gone = asyncio.create_task(client.post("/graphql", content="gone"))
            await asyncio.sleep(0)
            gone.cancel()
            await asyncio.wait({gone})
        last = asyncio.create_task(client.post("/graphql", content="last"))
        work.let_go.set()

        assert ((await first).text, (await last).text) == ("first", "last")


async def test_health_is_told_however_much_there_is_to_do() -> None:
    work = Work()
    async with client_of(bounded(work)) as client:
        first = asyncio.create_task(client.post("/graphql", content="first"))
        health = asyncio.create_task(client.get("/livez"))
        await until_begun(work, 2)
        work.let_go.set()

        assert ((await first).status_code, (await health).status_code) == (200, 200)


@pytest.mark.parametrize(
    ("accept", "statuses", "told"),
    [
        ("application/graphql-response+json", ESTABLISHED, "application/graphql-response+json"),
        ("application/json", ESTABLISHED, "application/json"),
        ("application/json", NEWEST_DRAFT, "application/graphql-response+json"),
        ("text/html", ESTABLISHED, "application/json"),
    ],
)
async def test_a_refusal_has_the_media_type_that_the_client_reads(
    accept: str, statuses: StatusProfile, told: str
) -> None:
    work = Work()
    async with client_of(bounded(work, statuses=statuses)) as client:
        first = asyncio.create_task(client.post("/graphql"))
        await until_begun(work, 1)
        refused = await client.post("/graphql", headers={"Accept": accept})
        work.let_go.set()
        await first

    assert refused.status_code == 503
    assert refused.headers["content-type"] == f"{told}; charset=utf-8"


async def test_a_body_that_trickles_in_holds_no_place_and_is_not_waited_for_too_long() -> None:
    work = Work()
    work.let_go.set()
    app = bounded(work, seconds=0.2)
    sent: list[Message] = []
    trickling = asyncio.create_task(app(SCOPE, half_a_body(), collecting(sent)))
    await asyncio.sleep(0)
    async with client_of(app) as client:
        assert (await client.post("/graphql", content="whole")).text == "whole"
    await trickling

    assert (sent[0]["status"], work.begun) == (408, 1)
    assert (b"connection", b"close") in sent[0]["headers"]


async def test_who_is_refused_has_not_even_been_asked_for_a_body() -> None:
    work = Work()
    app = bounded(work)
    sent: list[Message] = []
    async with client_of(app) as client:
        first = asyncio.create_task(client.post("/graphql", content="first"))
        await until_begun(work, 1)
        await app(SCOPE, never, collecting(sent))
        work.let_go.set()
        await first

    assert sent[0]["status"] == 503


def half_a_body() -> Receive:
    parts = iter([{"type": "http.request", "body": b"half", "more_body": True}])

    async def receive() -> Message:
        return next(parts, None) or await never()

    return receive


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError("nothing more comes")


def collecting(sent: list[Message]) -> Send:
    async def send(message: Message) -> None:
        sent.append(message)

    return send
