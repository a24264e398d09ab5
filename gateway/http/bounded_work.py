"""As much work at once as this process can do in time: what is beyond that is refused before it has cost anything.

A request takes its place once it has arrived whole, so that nobody holds one by trickling in a body. It is refused as
soon as there is none: then its body is not even waited for.
"""

import asyncio
from collections.abc import Mapping, Sequence, Set
from http import HTTPStatus
from typing import Any

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from adapters.upstream import deadline, remaining
from gateway.errors import Overloaded
from gateway.http.answers import failed, refused
from gateway.http.media_types import JSON, accepted_media_type
from gateway.http.operation_response import OperationResponse, raw
from gateway.http.places import Places
from gateway.http.request_head import RequestHead
from gateway.http.status_codes import StatusProfile

log = structlog.get_logger("gateway.requests")

SAYS_SO_EVERY = 10.0
"""Seconds."""
RETRY_AFTER = {"Retry-After": str(Overloaded.retry_after)}
CLOSING = {"Connection": "close"}


class BoundedWork:
    """Lets in what there is a place for, and refuses the rest with 503. The deadline begins here."""

    def __init__(
        self,
        app: ASGIApp,
        places: Places,
        statuses: StatusProfile,
        max_body_bytes: int,
        deadline_seconds: float,
        free: Set[str],
    ) -> None:
        """`free` are paths that need no place."""
        self._app = app
        self._places = places
        self._statuses = statuses
        self._max_body_bytes = max_body_bytes
        self._deadline_seconds = deadline_seconds
        self._free = free
        self._refused = 0
        self._says_so_at = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers the request, or refuses it."""
        if scope["type"] != "http" or scope["path"] in self._free:
            await self._app(scope, receive, send)
            return
        try:
            self._places.check()
            with deadline(self._deadline_seconds):
                arrived = await self._arrived(receive)
                async with self._places:
                    await self._app(scope, _replaying(arrived, receive), send)
        except Overloaded as error:
            self._count_refusal()
            await self._refuse(scope, send, HTTPStatus.SERVICE_UNAVAILABLE, failed(error), RETRY_AFTER)
        except _NotArrived:
            reason = f"The request did not arrive within {self._deadline_seconds:g} seconds."
            await self._refuse(scope, send, HTTPStatus.REQUEST_TIMEOUT, refused(reason), CLOSING)

    async def _arrived(self, receive: Receive) -> Sequence[Message]:
        """All parts of the request's body, or as many as are too long: whoever reads them refuses it.

        Mostly all of it is here at once. How long to wait for the first is for the connection (`GuardedConnection`).
        """
        first = await receive()
        if not first.get("more_body"):
            return [first]
        try:
            async with asyncio.timeout(remaining()):
                return await self._all_parts(first, receive)
        except TimeoutError:
            raise _NotArrived from None

    async def _all_parts(self, first: Message, receive: Receive) -> Sequence[Message]:
        parts = [first]
        length = len(first.get("body", b""))
        while parts[-1].get("more_body") and length <= self._max_body_bytes:
            parts.append(await receive())
            length += len(parts[-1].get("body", b""))
        return parts

    def _count_refusal(self) -> None:
        """Says now and then how many were refused: a line for each would be work, too."""
        self._refused += 1
        now = asyncio.get_running_loop().time()
        if now >= self._says_so_at:
            log.warning("overloaded", refused=self._refused)
            self._refused, self._says_so_at = 0, now + SAYS_SO_EVERY

    async def _refuse(
        self, scope: Scope, send: Send, status: int, answer: Mapping[str, Any], headers: Mapping[str, str]
    ) -> None:
        accepted = accepted_media_type(RequestHead(scope)) or JSON
        media_type = self._statuses.media_type(status, accepted)
        await OperationResponse(status, media_type, answer, raw(headers)).send(send)


class _NotArrived(Exception):
    """The body did not arrive in time."""


def _replaying(arrived: Sequence[Message], receive: Receive) -> Receive:
    """Gives what has arrived already, then what arrives."""
    rest = iter(arrived)

    async def receive_again() -> Message:
        return next(rest, None) or await receive()

    return receive_again
