"""The load generator measures what it says it does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from math import isinf

import pytest

from tests.bench.load import BadAnswer, Sample, closed_loop, each_once, open_loop

GOOD = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n" + b'{"data":{}}'
WRONG = b"HTTP/1.1 200 OK\r\ncontent-length: 29\r\n\r\n" + b'{"errors":[{"message":"no"}]}'
ASK = b"GET / HTTP/1.1\r\nhost: bench\r\n\r\n"
SLOW = 0.05
"""Seconds for one answer of a server that gives one after another."""


@asynccontextmanager
async def server(answer: bytes, seconds: float = 0.0) -> AsyncIterator[int]:
    """A server that answers one request at a time, whatever connections there are."""
    turn = asyncio.Lock()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(len(ASK)):
            async with turn:
                await asyncio.sleep(seconds)
                writer.write(answer)
        writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with listening:
        yield listening.sockets[0].getsockname()[1]


async def test_an_answer_is_waited_for_from_the_moment_its_request_was_meant_to_leave() -> None:
    """No coordinated omission: a server that is four times too slow keeps later requests waiting longer and longer."""
    async with server(GOOD, SLOW) as port:
        sample = await open_loop(port, [ASK], rate=4 / SLOW, seconds=0.5)
    assert len(sample.latencies) == 40
    assert max(sample.latencies) > 20 * SLOW
    assert sample.rate < 1.5 / SLOW


async def test_connections_that_never_rest_get_as_many_answers_as_there_are() -> None:
    async with server(GOOD, SLOW) as port:
        sample = await closed_loop(port, [ASK], connections=4, seconds=0.5)
    assert 2 <= len(sample.latencies) <= 10
    assert min(sample.latencies[4:]) > SLOW


async def test_every_request_is_asked_once() -> None:
    async with server(GOOD) as port:
        await each_once(port, [ASK] * 10)


async def test_an_answer_with_errors_ends_the_measurement() -> None:
    async with server(WRONG) as port:
        with pytest.raises(BadAnswer, match="message"):
            await closed_loop(port, [ASK], connections=1, seconds=0.2)


def test_a_percentile_among_requests_that_were_never_answered_is_infinite() -> None:
    sample = Sample(latencies=[0.1, 0.2, 0.3], seconds=1, unanswered=1)
    assert sample.percentile(50) == 0.3
    assert isinf(sample.percentile(99))
