"""Slowloris: clients that send a request byte by byte, for as long as they are let."""

import asyncio

from tests.abuse.attacks import ONE, posted
from tests.abuse.wire import NOTHING, Reply, connected, reply_in

PACE_SECONDS = 1.0
"""Between two bytes."""
LET_FOR_AT_MOST = 60.0
"""Seconds; many times what anybody has set as a limit."""
_REQUEST = posted(ONE + b" " * 10_000)
_HEAD = _REQUEST.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"


async def trickled_head(port: int) -> Reply:
    """A head that does not end."""
    return await _trickled(port, b"", _HEAD[:-4] + b"\r\nx: " + b"y" * 10_000)


async def trickled_body(port: int) -> Reply:
    """A whole head, and a body that does not end."""
    return await _trickled(port, _HEAD, b" " * 10_000)


async def silent(port: int) -> Reply:
    """A connection on which nothing comes."""
    return await _trickled(port, b"", b"")


async def _trickled(port: int, at_once: bytes, by_and_by: bytes) -> Reply:
    async with asyncio.timeout(LET_FOR_AT_MOST), connected(port) as (reader, writer):
        sending = asyncio.create_task(_send(writer, at_once, by_and_by))
        try:
            received = await reader.read(-1)
        except ConnectionError:
            return NOTHING
        finally:
            sending.cancel()
        return reply_in(received)


async def _send(writer: asyncio.StreamWriter, at_once: bytes, by_and_by: bytes) -> None:
    writer.write(at_once)
    for byte in by_and_by:
        writer.write(bytes([byte]))
        await asyncio.sleep(PACE_SECONDS)
