"""One gateway for all attacks."""

from collections.abc import AsyncIterator

import pytest

from tests.abuse.target import Target, attacked_gateway
from tests.running import LegacySystems, Postgres


@pytest.fixture(scope="package")
async def target(
    postgres: Postgres,
    seeded_template: str,
    legacy_systems: LegacySystems,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Target]:
    """It is never started anew: what one attack leaves behind, the next one meets."""
    directory = tmp_path_factory.mktemp("abuse")
    async with (
        postgres.database(seeded_template) as database,
        attacked_gateway(database, legacy_systems.environment, directory) as target,
    ):
        yield target
