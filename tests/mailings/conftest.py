"""Both co-ops, with nobody in their accounts yet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.coop_config.reading import load_coops
from gateway.wiring import ADAPTERS
from tests.mailings.office import Office, office_of
from tests.running import LegacySystems


@pytest.fixture
async def hirosaki(
    gateway_database: str, patient_coops_dir: Path, legacy_systems: LegacySystems
) -> AsyncIterator[Office]:
    """With Pico."""
    coop = load_coops(patient_coops_dir, ADAPTERS)["hirosaki"]
    async with office_of(coop, gateway_database) as office:
        yield office


@pytest.fixture
async def hokkaido(
    gateway_database: str, patient_coops_dir: Path, legacy_systems: LegacySystems
) -> AsyncIterator[Office]:
    """With statements."""
    coop = load_coops(patient_coops_dir, ADAPTERS)["hokkaido"]
    async with office_of(coop, gateway_database) as office:
        yield office
