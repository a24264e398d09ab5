"""So many connections of clients, and one more is told so and closed."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.responses import PlainTextResponse

from gateway.guarded_connection import GuardedConnection
from tests.bench.asgi import QuietServer
from tests.running.eventually import eventually

MOST = 2
REQUEST = b"GET / HTTP/1.1\r\nhost: gateway\r\n\r\n"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, QuietServer]]:
    """A server as the gateway has it, with room for few connections."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(
            PlainTextResponse("here"),
            http=GuardedConnection,
            limit_concurrency=MOST + 1,
            lifespan="off",
            log_config=None,
        )
        server = QuietServer(config)
        serving = asyncio.create_task(server.serve([listener]))
        yield listener.getsockname()[1], server
        server.should_exit = True
        await serving


async def answer_on(streams: Streams) -> bytes:
    """The head of the answer to a request."""
    reader, writer = streams
    writer.write(REQUEST)
    head = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(len(b"here"))
    return head


async def test_one_connection_too_many_is_told_so_and_costs_the_others_nothing() -> None:
    async with listening() as (port, server):
        kept = [await asyncio.open_connection("127.0.0.1", port) for _ in range(MOST)]
        for streams in kept:
            assert (await answer_on(streams)).startswith(b"HTTP/1.1 200 OK")
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        refused = await reader.read()
        writer.close()

        assert refused.startswith(b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\n")
        for streams in kept:
            assert (await answer_on(streams)).startswith(b"HTTP/1.1 200 OK")
        kept.pop()[1].close()

        async def has_noticed() -> bool:
            return len(server.server_state.connections) < MOST

        await eventually(has_noticed)
        kept.append(await asyncio.open_connection("127.0.0.1", port))
        assert (await answer_on(kept[-1])).startswith(b"HTTP/1.1 200 OK")
        for _, writer in kept:
            writer.close()
