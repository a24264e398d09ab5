"""`python -m tests.bench.servers NAME`: serves /graphql until SIGTERM."""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial

from gateway.commands.process import announce, settings_and_logs
from gateway.serving import serve, spare_the_collector
from gateway.wiring import connect_systems
from legacy.serving import run
from tests.bench.asgi import App, listening
from tests.bench.servers import (
    ariadne_server,
    bare,
    compiled_server,
    floor,
    graphql_core_server,
    strawberry_server,
)
from tests.bench.servers.in_memory import connect_in_memory
from tests.bench.servers.told import Told, told

SERVERS: Mapping[str, Callable[[Told], Awaitable[App]]] = {
    "bare": bare.app,
    "compiled": compiled_server.app,
    "strawberry": partial(strawberry_server.app, cached=False),
    "strawberry-cached": partial(strawberry_server.app, cached=True),
    "ariadne": ariadne_server.app,
    "graphql-core": graphql_core_server.app,
    "floor": floor.app,
}


def main() -> None:
    """The gateway as `python -m gateway serve` has it, with ports in memory where asked for; or another server."""
    name = sys.argv[1]
    if name == "gateway":
        connect = connect_in_memory if os.environ["BENCH_IN_MEMORY"] == "1" else connect_systems
        serve(settings_and_logs(), lambda port: announce({"port": port}), connect)
    else:
        run(_serving(name))


@asynccontextmanager
async def _serving(name: str) -> AsyncIterator[Mapping[str, object]]:
    app = await SERVERS[name](told())
    spare_the_collector()
    async with listening(app) as port:
        yield {"port": port}


if __name__ == "__main__":
    main()
