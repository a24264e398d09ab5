"""The implementations of `NoticeBoard`, each connected to a running system."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters import mail_relay
from adapters.ports import NoticeBoard
from tests.adapters.policies import PATIENT
from tests.running import LegacySystem, LegacySystems

Connect = Callable[[LegacySystem], NoticeBoard]


def by_relay(system: LegacySystem) -> NoticeBoard:
    """`mail_relay`."""
    config = mail_relay.MailRelayConfig(url=system.url, key=system.key, policy=PATIENT)
    return mail_relay.connect("hirosaki/notices", config)


@pytest.fixture
async def system(legacy_systems: LegacySystems) -> LegacySystem:
    """The notice system of Hirosaki, which nobody has asked anything yet."""
    mailer = legacy_systems.hirosaki.mailer
    await mailer.forget_calls()
    return mailer


@pytest.fixture(params=[by_relay])
async def board(request: pytest.FixtureRequest, system: LegacySystem) -> AsyncIterator[NoticeBoard]:
    """One implementation after the other, with a circuit and a memory of its own."""
    connect: Connect = request.param
    port = connect(system)
    yield port
    await port.close()
