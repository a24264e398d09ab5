"""How a simulated system runs: it listens, says READY on one line, and ends cleanly when told to."""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import uvloop
from aiohttp import web

LOOPBACK = "127.0.0.1"
_PATIENCE = 0.2
"""Seconds that requests in flight get to end on shutdown; one that plays `timeout` never would."""


@asynccontextmanager
async def listening(app: web.Application, port: int) -> AsyncIterator[int]:
    """Serves an app on a loopback port (0 picks a free one) and yields the port."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, port)
        await site.start()
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


def run(program: AbstractAsyncContextManager[Mapping[str, object]]) -> None:
    """Enters the program, announces what it yields as `READY {json}`, and leaves it on SIGTERM or SIGINT."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    uvloop.run(_run(program))


async def _run(program: AbstractAsyncContextManager[Mapping[str, object]]) -> None:
    told_to_end = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told_to_end.set)
    async with program as announced:
        sys.stdout.write(f"READY {json.dumps(announced)}\n")
        sys.stdout.flush()
        await told_to_end.wait()
