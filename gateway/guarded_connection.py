"""A client's connection, on which a request must arrive within bounds: uvicorn itself waits for ever, and reads on."""

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from gateway.errors import Overloaded

REQUEST_SECONDS = 10.0
"""In which a request must have arrived, head and body, from its first byte; and the first byte of a new connection."""
MAX_HEAD_BYTES = 65_536
"""Of a request's line and headers, beside what comes with their first read of the socket: that is bounded anyway."""

_NO_ROOM = b"503 Service Unavailable\r\nretry-after: %d" % Overloaded.retry_after
_TOO_SLOW = b"408 Request Timeout"
_TOO_LARGE = b"431 Request Header Fields Too Large"


class GuardedConnection(HttpToolsProtocol):
    """Closes itself when a request trickles in, or begins with a head that does not end."""

    _waiting: asyncio.TimerHandle | None = None
    _expects_more = True
    _in_head = False
    _head_bytes = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Waits for a first request, and not for long; beyond uvicorn's `limit_concurrency` for none at all."""
        super().connection_made(transport)
        if self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency:
            self.connections.discard(self)  # uvicorn would refuse requests of others while it counts this one
            self._refuse(_NO_ROOM)
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._wait_no_more()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Reads on; a head that is too large by now is read no further. Most requests are whole after one read."""
        goes_on = self._in_head
        super().data_received(data)
        if self._expects_more:
            self._wait()
        if goes_on and self._in_head:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(_TOO_LARGE)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._head_bytes = True, 0
        self._wait_no_more()
        self._expects_more = True

    def on_headers_complete(self) -> None:
        """Its head has arrived."""
        self._in_head = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """All of it has arrived."""
        super().on_message_complete()
        self._wait_no_more()
        self._expects_more = False

    def _wait(self) -> None:
        """For the rest, but not for ever."""
        if self._waiting is None:
            self._waiting = self.loop.call_later(REQUEST_SECONDS, self._give_up)

    def _wait_no_more(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        if self._in_head or self.scope is None:
            self._refuse(_TOO_SLOW)
        else:
            self.transport.close()

    def _refuse(self, status: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(b"HTTP/1.1 %b\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" % status)
            self.transport.close()
