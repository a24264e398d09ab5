"""Gateways in this process, each with circuits and memories of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from gateway.clock import Clock
from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway as running_app
from tests.running import SIGNING_KEY, fixed_clock


@asynccontextmanager
async def running_gateway(url: str, *, coops_dir: Path, clock: Clock = fixed_clock) -> AsyncIterator[Api]:
    """A gateway that has not asked any legacy system yet, for nobody in particular.

    `url` is its database, `coops_dir` has its co-ops' files. The environment points it at the legacy systems.
    """
    settings = Settings(database_url=SecretStr(url), signing_key=SecretStr(SIGNING_KEY), coops_dir=coops_dir)
    async with running_app(settings, clock) as api:
        yield api
