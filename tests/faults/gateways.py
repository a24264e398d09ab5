"""Gateways in this process, each with circuits and memories of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
from pydantic import SecretStr

from gateway.app import create_app
from gateway.clock import Clock
from gateway.settings import Settings
from tests.api.asking import Api
from tests.conftest import COOPS_DIR
from tests.running import fixed_clock


@asynccontextmanager
async def running_gateway(
    url: str, *, coops_dir: Path = COOPS_DIR, clock: Clock = fixed_clock
) -> AsyncIterator[Api]:
    """A gateway that has not asked any legacy system yet, for nobody in particular.

    `url` is its database. The environment points it at the legacy systems.
    """
    app = create_app(Settings(database_url=SecretStr(url), coops_dir=coops_dir), clock=clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://gateway.test") as client:
            yield Api(client)
