"""What the faults are measured against: the endpoint, and what it says while everything is well."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from gateway.app import create_app
from gateway.clock import Clock
from gateway.settings import Settings
from tests.api.asking import Api
from tests.conftest import COOPS_DIR
from tests.faults.screens import SCREENS
from tests.running import LegacySystems, Postgres, fixed_clock


@asynccontextmanager
async def running_gateway(
    url: str, *, coops_dir: Path = COOPS_DIR, clock: Clock = fixed_clock
) -> AsyncIterator[Api]:
    """A gateway that has not asked any legacy system yet, for nobody in particular."""
    app = create_app(Settings(database_url=SecretStr(url), coops_dir=coops_dir), clock=clock)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="https://gateway.test") as client:
            yield Api(client)


@pytest.fixture
async def api(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    """A gateway of the test's own."""
    async with running_gateway(seeded_database) as api:
        yield api


@pytest.fixture(scope="session")
async def healthy(
    postgres: Postgres, seeded_template: str, legacy_systems: LegacySystems
) -> Mapping[str, Any]:
    """The data of every screen while nothing is wrong, from a gateway of its own: no other one learns it."""
    async with postgres.database(seeded_template) as url, running_gateway(url) as api:
        return {name: await _data(api, name) for name in SCREENS}


async def _data(api: Api, name: str) -> Any:
    screen = SCREENS[name]
    answer = await screen.seen_by(await screen.for_whom_it_is(api))
    assert answer.errors == []
    return answer.data


@pytest.fixture(scope="session")
def deadline_seconds() -> float:
    """The longest a request may take, as the settings have it."""
    seconds = Settings.model_fields["deadline_seconds"].default
    assert isinstance(seconds, float)
    return seconds
