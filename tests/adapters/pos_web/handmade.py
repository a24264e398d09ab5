"""Answers of a POS written by hand, byte by byte, and a server that gives them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web

from adapters.pos_web import PosWebConfig, connect
from adapters.pos_web.point_of_sale import PosWeb
from adapters.records import MemberNumber
from adapters.upstream import Policy
from tests.adapters.answering import answering

TARO = MemberNumber("210100000001")
HANAKO = MemberNumber("210100000002")
KENICHI = MemberNumber("210100000003")

POLICY = Policy(
    timeout_seconds=5,
    max_connections=2,
    max_concurrent_calls=4,
    max_waiting=8,
    batch_limit=100,
    retries=0,
    breaker_failures=100,
    breaker_seconds=1,
    snapshot_entries=0,
)

DONE = b"<KEKKA>0000</KEKKA><MSG>\x90\xb3\x8f\xed\x8fI\x97\xb9</MSG><EIGYOBI>20261119</EIGYOBI>"


def detail(number: str, content: bytes, result: bytes = b"0000") -> bytes:
    """A MEISAI."""
    return b"<MEISAI><NO>%b</NO><KEKKA>%b</KEKKA>%b</MEISAI>" % (number.encode(), result, content)


def balance(number: str, yen: bytes) -> bytes:
    """A MEISAI of ZANDAKA."""
    return detail(number, b"<PZAN>%b</PZAN><POINT>000000120</POINT><WPOINT>000000640</WPOINT>" % yen)


def answer(request_id: bytes, *details: bytes, head: bytes = DONE) -> bytes:
    """A whole answer."""
    return (
        b'<?xml version="1.0" encoding="Shift_JIS"?>\n'
        b"<DENBUN><HEAD><SHORI>X</SHORI><YOKYU_ID>%b</YOKYU_ID>%b</HEAD><BODY>%b</BODY></DENBUN>"
    ) % (request_id, head, b"".join(details))


@dataclass
class Handmade:
    """A POS that gives one answer, and what it was asked."""

    pos: PosWeb
    requests: list[web.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def answering_pos(
    *details: bytes, head: bytes = DONE, request_id: bytes | None = None
) -> AsyncIterator[Handmade]:
    """A POS whose every answer holds these MEISAI, under the id it was asked with or another."""
    asked: list[web.Request] = []
    bodies: list[bytes] = []

    async def reply(request: web.Request) -> web.Response:
        body = await request.read()
        asked.append(request)
        bodies.append(body)
        found = re.search(rb"<YOKYU_ID>(.*?)</YOKYU_ID>", body)
        assert found is not None
        return web.Response(body=answer(request_id or found[1], *details, head=head))

    async with answering(reply) as url:
        pos = connect(
            "hirosaki/pos", PosWebConfig(url=url, terminal="KLAS-GW-01", key="himitsu", policy=POLICY)
        )
        yield Handmade(pos, asked, bodies)
        await pos.close()
