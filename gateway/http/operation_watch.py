"""Ends an operation that is not done by its deadline, or that nobody waits for any more."""

import asyncio
from types import TracebackType

import structlog
from starlette.types import Receive

from adapters.upstream import remaining
from gateway.errors import ServiceUnavailable

log = structlog.get_logger("gateway.requests")

PATIENCE_SECONDS = 0.1
"""So long nobody looks whether the client is still there: most operations are done by then."""
GRACE_SECONDS = 1.0
"""What runs into the deadline has so long to say so, which costs its own fields only, before the whole is ended.

The gateway's own database has it, too: what was seen until the deadline is still written down.
"""


class TooSlow(ServiceUnavailable):
    """The request was not done by its deadline, mostly because the gateway's own database is stuck."""


class ClientLeft(Exception):
    """The client has closed the connection."""


class Watch:
    """Cancels what runs within `with watch:` and raises `TooSlow` or `ClientLeft` in its stead."""

    def __init__(self, receive: Receive, *, grace: float, heeds_client: bool) -> None:
        """It ends `grace` seconds after the deadline in force.

        `heeds_client`: whether it is of no use any more once the client has left.
        """
        self._receive = receive
        self._grace = grace
        self._heeds_client = heeds_client
        self._cause: Exception | None = None
        self._watching: asyncio.Task[None] | None = None

    def __enter__(self) -> None:
        """Begins to watch the current task."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - ASGI applications run in tasks
        self._task = task
        left = remaining()
        assert left is not None  # noqa: S101 - whoever takes a request in sets its deadline
        seconds = max(0.0, left + self._grace)
        patience = min(PATIENCE_SECONDS, seconds)
        self._timer = asyncio.get_running_loop().call_later(patience, self._look, seconds - patience)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends watching."""
        self._timer.cancel()
        if self._watching is not None:
            self._watching.cancel()
        if self._cause is not None and self._task.uncancel() == 0 and kind is asyncio.CancelledError:
            raise self._cause from None

    def _look(self, seconds: float) -> None:
        self._watching = asyncio.create_task(self._watch(seconds))

    async def _watch(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._left()
            self._cause = ClientLeft()
        except TimeoutError:
            log.error("request_given_up")
            self._cause = TooSlow()
        self._task.cancel()

    async def _left(self) -> None:
        if not self._heeds_client:
            await asyncio.Event().wait()
        while (await self._receive())["type"] != "http.disconnect":
            pass
