"""What the faults are measured against: the endpoint, and what it says while everything is well."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import coops_that_ask_anew
from tests.conftest import COOPS_DIR
from tests.faults.gateways import running_gateway
from tests.faults.screens import SCREENS
from tests.running import LegacySystems, Postgres


@pytest.fixture(scope="session")
def asking_coops_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's co-op files, but that every screen asks for everything: a fault shows at once."""
    return coops_that_ask_anew(COOPS_DIR, tmp_path_factory.mktemp("asking"))


@pytest.fixture
async def api(
    seeded_database: str, legacy_systems: LegacySystems, asking_coops_dir: Path
) -> AsyncIterator[Api]:
    """A gateway of the test's own."""
    async with running_gateway(seeded_database, coops_dir=asking_coops_dir) as api:
        yield api


@pytest.fixture(scope="session")
async def healthy(
    postgres: Postgres, seeded_template: str, legacy_systems: LegacySystems, asking_coops_dir: Path
) -> Mapping[str, Any]:
    """The data of every screen while nothing is wrong, from a gateway of its own: no other one learns it.

    The POS begins anew first: tests here restart it, and then it has forgotten what others had ordered.
    """
    async with legacy_systems.hirosaki.pos.stopped():
        pass
    async with (
        postgres.database(seeded_template) as url,
        running_gateway(url, coops_dir=asking_coops_dir) as api,
    ):
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
