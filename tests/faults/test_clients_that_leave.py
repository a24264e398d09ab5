"""A client that hangs up: its query is given up, and what it instructed is not cut off in the middle."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Message

from tests.api.asking import Api
from tests.faults.screens import EXAMPLES
from tests.faults.test_bulkheads import until_asked
from tests.running import LegacySystems

HOME = (EXAMPLES / "1-hirosaki-home.graphql").read_text(encoding="utf-8")
TRANSFER = """
mutation Do($input: RequestWebPointTransferInput!) {
  requestWebPointTransfer(input: $input) { errors { code } changeRequest { id } }
}
"""
REQUESTS = "{ viewer { member { changeRequests { edges { node { id } } } } } }"


@pytest.fixture
async def taro(gateway_client: httpx.AsyncClient) -> Api:
    """弘前 太郎."""
    return await Api(gateway_client).signed_in("hirosaki", "hirosaki-taro")


class Visit:
    """One request on a connection that its client may close."""

    def __init__(self, app: Starlette, person: Api, query: str, **variables: Any) -> None:
        self.sent: list[Message] = []
        self._left = asyncio.Event()
        self._body: bytes | None = json.dumps({"query": query, "variables": variables}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"authorization", f"Bearer {person.token}".encode()),
        ]
        scope = {
            "type": "http",
            "method": "POST",
            "path": "/graphql",
            "query_string": b"",
            "headers": headers,
            "client": ("192.0.2.1", 40_000),
        }
        self.answering = asyncio.create_task(app(scope, self._receive, self._send))

    def leave(self) -> None:
        """The client closes the connection."""
        self._left.set()

    async def _receive(self) -> Message:
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        self.sent.append(message)


async def test_the_query_of_a_client_that_left_asks_no_system_any_more(
    gateway_app: Starlette, taro: Api, legacy_systems: LegacySystems
) -> None:
    pos = legacy_systems.hirosaki.pos
    await pos.forget_calls()
    async with pos.fault("latency", seconds=5, only=["ZANDAKA"]):
        visit = Visit(gateway_app, taro, HOME)
        await until_asked(pos, "ZANDAKA")
        visit.leave()
        await asyncio.wait_for(visit.answering, 4)

        assert visit.sent == []
        assert "RIREKI" not in await pos.calls()  # Pico's details, which follow the balance
    assert (await taro.ask(HOME)).errors == []


async def test_what_a_client_that_left_has_instructed_is_written_down_all_the_same(
    gateway_app: Starlette, taro: Api, legacy_systems: LegacySystems
) -> None:
    pos = legacy_systems.hirosaki.pos
    wish = {"points": 400, "idempotencyKey": str(uuid4())}
    await pos.forget_calls()
    async with pos.fault("latency", seconds=1, only=["ZANDAKA"]):
        visit = Visit(gateway_app, taro, TRANSFER, input=wish)
        await until_asked(pos, "ZANDAKA")
        visit.leave()
        await visit.answering
    again = (await taro.data(TRANSFER, input=wish))["requestWebPointTransfer"]

    (request,) = (await taro.data(REQUESTS))["viewer"]["member"]["changeRequests"]["edges"]
    assert again == {"errors": [], "changeRequest": request["node"]}
    assert visit.sent[0]["status"] == 200
