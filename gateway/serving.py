"""`serve`: the application on uvicorn."""

import asyncio
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
import uvloop

from gateway.app import create_app
from gateway.settings import Settings


class AnnouncingServer(uvicorn.Server):
    """Says on which port, once it listens, and ends in peace when it is told to."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready = ready

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
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)


def serve(settings: Settings, ready: Callable[[int], None]) -> None:
    """Serves until SIGTERM or SIGINT; `ready` is called with the port once it listens.

    Raises `CannotStart` before it listens when something it needs is not as it must be.
    """
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, ready))


async def _serve(settings: Settings, ready: Callable[[int], None]) -> None:
    app = create_app(settings)
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws="none",
        lifespan="off",  # entered here, so that what is wrong is raised and not wrapped into uvicorn's lines
        log_config=None,
        access_log=False,
        server_header=False,
    )
    async with app.router.lifespan_context(app):
        await AnnouncingServer(config, ready).serve()
