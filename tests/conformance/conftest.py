"""The gateway on a port of the loopback, as a program of another language meets it."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.applications import Starlette


@pytest.fixture
async def endpoint(gateway_app: Starlette) -> AsyncIterator[str]:
    """The URL of /graphql, in development mode: with introspection and GraphiQL."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(gateway_app, http="httptools", ws="none", lifespan="off", log_config=None)
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve([listening]))
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
        server.should_exit = True
        await serving
