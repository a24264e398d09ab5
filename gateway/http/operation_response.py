"""The bytes of an answer on their way out."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import orjson
from starlette.types import Message, Send

from gateway.http.media_types import GRAPHQL_RESPONSE, JSON

RawHeaders = Sequence[tuple[bytes, bytes]]


def raw(headers: Mapping[str, str]) -> RawHeaders:
    """Headers as ASGI has them."""
    return [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def adding(headers: RawHeaders, send: Send) -> Send:
    """Sends answers with these headers, too."""

    async def send_with_them(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *headers]
        await send(message)

    return send_with_them


ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of every answer: it may be personal, and a browser is to take it for nothing but JSON."""
HEADERS_OF: Mapping[str, RawHeaders] = {
    media_type: raw({"Content-Type": f"{media_type}; charset=utf-8", **ALWAYS})
    for media_type in (JSON, GRAPHQL_RESPONSE)
}


class OperationResponse(NamedTuple):
    """An answer and how it is sent; `headers` are those that not every answer has."""

    status: int
    media_type: str
    answer: Mapping[str, Any]
    headers: RawHeaders = ()

    async def send(self, send: Send) -> None:
        """Writes the answer as JSON in UTF-8 and sends all of it."""
        body = orjson.dumps(self.answer)
        length = (b"content-length", b"%d" % len(body))
        headers = [*HEADERS_OF[self.media_type], length, *self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
