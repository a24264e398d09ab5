"""What the faults are measured against: the endpoint, and what it says while everything is well."""

from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import coops_that_ask_anew
from tests.conftest import COOPS_DIR
from tests.faults.gateways import PATIENT_DEADLINE, patient_but_for, running_gateway
from tests.faults.screens import MAILER, NOTICES, POS, REGISTRY, SCREENS
from tests.running import LegacySystems, Postgres

IN_THE_FILES = {REGISTRY: "registry", POS: "pos", NOTICES: "notices", MAILER: "notices"}
"""What the co-ops' files call it. The mailer is one program with the notice system here."""


@pytest.fixture(scope="session")
def asking_coops_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's co-op files, but that every screen asks for everything: a fault shows at once."""
    return coops_that_ask_anew(COOPS_DIR, tmp_path_factory.mktemp("asking"))


@pytest.fixture
def hanging(request: pytest.FixtureRequest) -> Sequence[str]:
    """What hangs in the test, by its parameters `fault` and `system`: the limits of these systems are its subject."""
    given = request.node.callspec.params if hasattr(request.node, "callspec") else {}
    if given.get("fault") != "timeout":
        return []
    system = given.get("system")
    return [IN_THE_FILES[system]] if system else list(IN_THE_FILES.values())


@pytest.fixture
async def api(
    seeded_database: str,
    legacy_systems: LegacySystems,
    asking_coops_dir: Path,
    tmp_path: Path,
    hanging: Sequence[str],
    deadline_seconds: float,
) -> AsyncIterator[Api]:
    """A gateway of the test's own, with the limits that are shipped for what hangs in the test."""
    deadline = deadline_seconds if hanging else PATIENT_DEADLINE
    coops_dir = patient_but_for(hanging, deadline, asking_coops_dir, tmp_path)
    async with running_gateway(seeded_database, coops_dir=coops_dir, deadline_seconds=deadline) as api:
        yield api


@pytest.fixture(scope="session")
async def healthy(
    postgres: Postgres, seeded_template: str, legacy_systems: LegacySystems, patient_coops_dir: Path
) -> Mapping[str, Any]:
    """The data of every screen while nothing is wrong, from a gateway of its own: no other one learns it."""
    async with (
        postgres.database(seeded_template) as url,
        running_gateway(url, coops_dir=patient_coops_dir) as api,
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
