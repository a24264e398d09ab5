"""The implementations of `PointOfSale`, each connected to a running system."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters import pos_web
from adapters.ports import PointOfSale
from tests.adapters.policies import PATIENT
from tests.running import LegacySystem, LegacySystems

Connect = Callable[[LegacySystem], PointOfSale]


def over_the_web(system: LegacySystem) -> PointOfSale:
    """`pos_web`."""
    config = pos_web.PosWebConfig(url=system.url, terminal="KLAS-GW-01", key=system.key, policy=PATIENT)
    return pos_web.connect("hirosaki/pos", config)


@pytest.fixture(params=[over_the_web])
async def connect(request: pytest.FixtureRequest) -> Connect:
    """One implementation after the other."""
    chosen: Connect = request.param
    return chosen


@pytest.fixture
async def system(legacy_systems: LegacySystems) -> LegacySystem:
    """The POS of Hirosaki, which nobody has asked anything yet."""
    pos = legacy_systems.hirosaki.pos
    await pos.forget_calls()
    return pos


@pytest.fixture
async def pos(connect: Connect, system: LegacySystem) -> AsyncIterator[PointOfSale]:
    """The port, with a circuit and a memory of its own."""
    port = connect(system)
    yield port
    await port.close()
