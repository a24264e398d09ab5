"""The implementations of `Mailer`, each with the place where its mail arrives."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import pytest

from adapters import mail_relay, mail_smtp
from adapters.ports import Mailer
from tests.adapters.answering import port_of_nobody
from tests.adapters.mailer.smtp_server import SmtpServer, Taken, smtp_server
from tests.adapters.policies import PATIENT
from tests.running import LegacySystems, fixed_clock


@dataclass(frozen=True)
class Arrived:
    """A mail where it arrived."""

    sender: str
    recipients: Sequence[str]
    subject: str
    text: str
    html: str | None


@dataclass(frozen=True)
class MailSystem:
    """A mailer, the same with nobody listening, and what has arrived so far."""

    mailer: Mailer
    unreachable: Mailer
    arrived: Callable[[], Awaitable[list[Arrived]]]


@asynccontextmanager
async def by_relay(systems: LegacySystems) -> AsyncIterator[MailSystem]:
    """`mail_relay`, whose mail ends in the postbox."""
    relay = systems.hirosaki.mailer

    async def arrived() -> list[Arrived]:
        return [
            Arrived(mail["from"], mail["to"], mail["subject"], mail["text"], mail["html"])
            for mail in await systems.postbox.mails()
        ]

    def mailer(url: str) -> Mailer:
        config = mail_relay.MailRelayConfig(url=url, key=relay.key, policy=PATIENT)
        return mail_relay.connect("hirosaki/mailer", config)

    await systems.postbox.empty()
    yield MailSystem(mailer(relay.url), mailer(f"http://127.0.0.1:{port_of_nobody()}"), arrived)


@asynccontextmanager
async def by_smtp(_: LegacySystems) -> AsyncIterator[MailSystem]:
    """`mail_smtp`, whose mail ends in a server of the test's own."""
    async with smtp_server() as server:

        async def arrived() -> list[Arrived]:
            return [read(taken) for taken in server.taken]

        yield MailSystem(over_smtp(server.url), over_smtp(f"smtp://127.0.0.1:{port_of_nobody()}"), arrived)


def over_smtp(url: str) -> Mailer:
    """`mail_smtp`, connected to this server."""
    return mail_smtp.connect("hirosaki/mailer", mail_smtp.MailSmtpConfig(url, PATIENT), fixed_clock)


def read(taken: Taken) -> Arrived:
    """What the server was given, as its reader sees it."""
    message = taken.message
    text = taken.content("plain")
    assert text is not None
    return Arrived(message["From"], taken.recipients, message["Subject"], text, taken.content("html"))


Implementation = Callable[[LegacySystems], AbstractAsyncContextManager[MailSystem]]


@pytest.fixture(params=[by_relay, by_smtp])
async def mail_system(
    request: pytest.FixtureRequest, legacy_systems: LegacySystems
) -> AsyncIterator[MailSystem]:
    """One implementation after the other."""
    implementation: Implementation = request.param
    async with implementation(legacy_systems) as system:
        yield system
        await system.mailer.close()
        await system.unreachable.close()


@pytest.fixture
async def server() -> AsyncIterator[SmtpServer]:
    """An SMTP server of the test's own."""
    async with smtp_server() as running:
        yield running
