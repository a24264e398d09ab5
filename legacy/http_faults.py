"""How a fault looks on an HTTP connection."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from legacy.faults import Fault

HTTP_FAULTS = frozenset({"latency", "error", "timeout", "garbled", "truncated"})
"""The faults `answered` plays; any other kind is left to the system itself."""

_UNREADABLE = bytes(range(0x80, 0x100)) * 4
_SPILT = "java.sql.SQLException: ORA-00600 at jp.klas.Main.java:211 jdbc:oracle:thin:klas/klas@10.0.0.5"
"""What such systems spill when they fail; it must never reach a client of the gateway."""


async def answered(
    request: web.Request, fault: Fault | None, answer: Callable[[], Awaitable[web.Response]]
) -> web.StreamResponse:
    """The answer to a request as this fault leaves it."""
    match fault.kind if fault else None:
        case "error":
            return web.Response(status=500, text=_SPILT)
        case "timeout":
            await asyncio.Event().wait()
        case "garbled":
            good = await answer()
            return web.Response(body=_UNREADABLE, headers={"Content-Type": good.headers["Content-Type"]})
        case "truncated":
            return await _broken_off(request, await answer())
        case "latency" if fault:
            await asyncio.sleep(fault.seconds)
    return await answer()


def hang_up(request: web.Request) -> web.Response:
    """Closes the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _broken_off(request: web.Request, good: web.Response) -> web.StreamResponse:
    body = good.body
    assert isinstance(body, bytes)  # noqa: S101 - simulated systems answer with bytes
    broken = web.StreamResponse(headers={"Content-Type": good.headers["Content-Type"]})
    broken.content_length = len(body)
    await broken.prepare(request)
    await broken.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.close()
    return broken
