"""`serve`: the application on uvicorn."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import ceil

import uvicorn
import uvloop
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.guarded_connection import GuardedConnection
from gateway.settings import Settings
from gateway.wiring import Connect, connect_systems

YOUNG_OBJECTS = 50_000
"""So many more are made than are freed before the collector looks for cycles among them."""


class AnnouncingServer(uvicorn.Server):
    """Says on which port, once it listens, and ends in peace when it is told to.

    First it only says that it is not ready (`app.state.draining`), and goes on serving for `drain_seconds`: so long
    a load balancer may need to send its requests elsewhere. Told a second time, it waits no longer.
    """

    def __init__(
        self, config: uvicorn.Config, app: Starlette, ready: Callable[[int], None], drain_seconds: float
    ) -> None:
        super().__init__(config)
        self._app = app
        self._ready = ready
        self._drain_seconds = drain_seconds

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then says so."""
        await super().startup(sockets)
        if self.started:
            self._ready(self.servers[0].sockets[0].getsockname()[1])

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Heeds SIGTERM and SIGINT; uvicorn itself would send them to the process once more when it is done."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._drain, number)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    def _drain(self, number: int) -> None:
        wait = 0.0 if self._app.state.draining else self._drain_seconds
        self._app.state.draining = True
        asyncio.get_running_loop().call_later(wait, self.handle_exit, number, None)


def spare_the_collector() -> None:
    """What the process holds from its start on is not looked at again, and young objects less often.

    The schema alone is a hundred thousand objects, and an answer makes thousands that are gone when it is sent
    (docs/decisions/compiled-operations.md has the figures).
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


def serve(settings: Settings, ready: Callable[[int], None], connect: Connect = connect_systems) -> None:
    """Serves until SIGTERM or SIGINT; `ready` is called with the port once it listens.

    Raises `CannotStart` before it listens when something it needs is not as it must be.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, ready, connect))


async def _serve(settings: Settings, ready: Callable[[int], None], connect: Connect) -> None:
    app = create_app(settings, connect=connect)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=GuardedConnection,
        limit_concurrency=settings.max_connections + 1,  # the first that is refused
        ws="none",
        lifespan="off",  # entered here, so that what is wrong is raised and not wrapped into uvicorn's lines
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=ceil(settings.deadline_seconds) + 1,
    )
    async with app.router.lifespan_context(app):
        spare_the_collector()
        await AnnouncingServer(config, app, ready, settings.drain_seconds).serve()
