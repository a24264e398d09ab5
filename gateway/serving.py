"""`serve`: the application on uvicorn."""

import socket
from collections.abc import Callable

import uvicorn

from gateway.app import create_app
from gateway.settings import Settings

DID_NOT_START = 3
"""Exit code when the port is taken, or something the application needs is not as it must be."""


class AnnouncingServer(uvicorn.Server):
    """Says on which port, once it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[int], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts, then says so."""
        await super().startup(sockets)
        if self.started:
            self._ready(self.servers[0].sockets[0].getsockname()[1])


def serve(settings: Settings, ready: Callable[[int], None]) -> int:
    """Serves until SIGTERM or SIGINT; `ready` is called with the port once it listens."""
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        loop="uvloop",
        http="httptools",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
    )
    server = AnnouncingServer(config, ready)
    server.run()
    return 0 if server.started else DID_NOT_START
