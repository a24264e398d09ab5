"""A stage of the test's own."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters import pos_web
from adapters.ports import PointOfSale
from gateway.coop import Coop
from gateway.instructions.carrying_out import CarryingOut
from gateway.retries import Retries
from gateway.store import Store
from tests.adapters.policies import PATIENT
from tests.instructions.stage import Stage, Watch
from tests.running import LegacySystem
from tests.running.own_pos import OwnPos

RETRIES = Retries(first=timedelta(seconds=10), longest=timedelta(seconds=60), limit=4)


@pytest.fixture
async def system(own_pos: OwnPos) -> LegacySystem:
    """The POS, which nobody has asked anything yet."""
    await own_pos.system.forget_calls()
    return own_pos.system


@pytest.fixture
async def pos(system: LegacySystem) -> AsyncIterator[PointOfSale]:
    """The port to it."""
    policy = replace(PATIENT, breaker_failures=100)
    config = pos_web.PosWebConfig(url=system.url, terminal="KLAS-GW-01", key=system.key, policy=policy)
    port = pos_web.connect("hirosaki/pos", config)
    yield port
    await port.close()


@pytest.fixture
def stage(
    store: Store, own_pos: OwnPos, system: LegacySystem, pos: PointOfSale, coops: Mapping[str, Coop]
) -> Stage:
    """The co-op of Hirosaki."""
    coop, watch, part = coops["hirosaki"], Watch(), store.of("hirosaki")
    worker = CarryingOut(coop, part, pos, watch, RETRIES)
    return Stage(coop, part, system, pos, watch, worker, own_pos.take)
