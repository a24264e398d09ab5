"""HTTP as an attacker writes it: any bytes, at any pace."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

ANSWERED_WITHIN = 60.0
"""Seconds, on a machine that is busy; longer than anything may take that is not stuck."""


class Reply(NamedTuple):
    """What came back before the connection was closed. Status 0: nothing."""

    status: int
    headers: Mapping[str, str]
    body: bytes


NOTHING = Reply(0, {}, b"")


def request(method: str, target: str, body: bytes = b"", **headers: str) -> bytes:
    """A whole request that asks for the connection to be closed after it."""
    told = {
        "host": "gateway.test",
        "connection": "close",
        "content-length": str(len(body)),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"{method} {target} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + body


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A connection of one's own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def exchange(port: int, sent: bytes) -> Reply:
    """Sends all of it, as far as it is taken, and reads the answer to the end of the connection."""
    async with asyncio.timeout(ANSWERED_WITHIN), connected(port) as (reader, writer):
        sending = asyncio.create_task(_send(writer, sent))
        try:
            return reply_in(await _all_of(reader))
        finally:
            sending.cancel()


async def _send(writer: asyncio.StreamWriter, sent: bytes) -> None:
    try:
        writer.write(sent)
        await writer.drain()
    except ConnectionError:
        return  # it has heard enough


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    received = bytearray()
    try:
        while part := await reader.read(65_536):
            received += part
    except ConnectionError:
        pass  # closed before all was read that we have sent
    return bytes(received)


def reply_in(received: bytes) -> Reply:
    """The parts of an answer."""
    head, _, body = received.partition(b"\r\n\r\n")
    if not head:
        return NOTHING
    line, *fields = head.decode("latin-1").split("\r\n")
    headers = dict(field.lower().split(": ", 1) for field in fields)
    return Reply(int(line.split()[1]), headers, body)
