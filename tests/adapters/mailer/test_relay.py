"""The mail relay in trouble: a mail is sent at most once whatever is lost on the way."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from adapters.errors import AdapterError, Garbled, TimedOut, Unavailable
from adapters.mail_relay import MailRelayConfig, connect
from adapters.ports import Mailer
from adapters.records import Mail, MailOutcome
from tests.adapters.policies import PATIENT, patience_with
from tests.running import LegacySystem, LegacySystems


def mail() -> Mail:
    """A mail under an id of its own."""
    return Mail(uuid4(), "mypage@klas.seikyou.jp", "hirosaki@example.jp", "ご案内", "本文\n")


@pytest.fixture
async def system(legacy_systems: LegacySystems) -> LegacySystem:
    """The mailer of Hirosaki, which nobody has asked anything yet."""
    await legacy_systems.hirosaki.mailer.forget_calls()
    return legacy_systems.hirosaki.mailer


@pytest.fixture
async def mailer(system: LegacySystem) -> AsyncIterator[Mailer]:
    """The port."""
    port = connect("hirosaki/mailer", MailRelayConfig(url=system.url, key=system.key, policy=PATIENT))
    yield port
    await port.close()


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("error", Unavailable),
        ("closed", Unavailable),
        ("garbled", Garbled),
        ("truncated", Garbled),
        ("timeout", TimedOut),
        ("lost", Unavailable),
    ],
)
async def test_in_trouble_a_mail_is_tried_once_and_can_be_sent_again(
    mailer: Mailer, system: LegacySystem, kind: str, error: type[AdapterError]
) -> None:
    sent = mail()
    async with system.fault(kind):
        with patience_with(kind), pytest.raises(error):
            await mailer.send(sent)
    assert await system.calls() == {"/api/mail": 1}
    assert (await mailer.send(sent)).outcome is MailOutcome.ACCEPTED
