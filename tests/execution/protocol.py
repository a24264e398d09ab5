"""uvicorn's HTTP protocol without a socket: what it takes to read a request and write a response."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from tests.bench.asgi import Receive, Scope, Send, body_of, respond

HEADERS = (
    b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n"
    b"user-agent: bench\r\ncontent-length: %d\r\n\r\n"
)


class HttpConnection:
    """One connection to an ASGI application that answers bytes with bytes."""

    def __init__(self, answer: Callable[[bytes], Awaitable[bytes]]) -> None:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await respond(send, 200, b"application/json", await answer(await body_of(receive)))
            self._answered.set()

        config = Config(app, lifespan="off", log_config=None, access_log=False, ws="none")
        config.load()
        self._protocol = HttpToolsProtocol(config, ServerState(), {}, asyncio.get_running_loop())
        self._transport = _Collecting()
        self._protocol.connection_made(self._transport)
        self._answered = asyncio.Event()

    async def ask(self, body: bytes) -> bytes:
        """Sends a request and gives the whole response."""
        self._transport.written.clear()
        self._answered.clear()
        self._protocol.data_received(HEADERS % len(body) + body)
        await self._answered.wait()
        return b"".join(self._transport.written)


class _Collecting(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []

    def write(self, data: Any) -> None:
        self.written.append(data)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 1) if name in {"peername", "sockname"} else default

    def is_closing(self) -> bool:
        return False

    def pause_reading(self) -> None:
        """Nothing more comes."""

    def resume_reading(self) -> None:
        """Nothing more comes."""
