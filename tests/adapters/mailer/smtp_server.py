"""A real SMTP server in this process that keeps what it takes and refuses what a test tells it to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session

OLD_MOBILE_ADDRESSES = ("..", ".@")


@dataclass(frozen=True)
class Taken:
    """A message, byte by byte, and whom it is for."""

    raw: bytes
    recipients: list[str]

    @property
    def message(self) -> EmailMessage:
        """The message, read."""
        return message_from_bytes(self.raw, EmailMessage, policy=policy.default)

    def content(self, subtype: str) -> str | None:
        """Its text of a kind (`plain`, `html`), where it has one."""
        part = self.message.get_body((subtype,))
        return None if part is None else str(part.get_content()).replace("\r\n", "\n")


@dataclass
class SmtpServer:
    """What it was given, and what it says to recipients and messages; 250 unless a test tells it otherwise."""

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    to_recipients: dict[str, str] = field(default_factory=dict)
    to_messages: str = "250 OK"

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Refuses what no server takes, and whom it was told to."""
        if any(mark in address for mark in OLD_MOBILE_ADDRESSES):
            return "553 5.1.3 bad destination mailbox address syntax"
        reply = self.to_recipients.get(address, "250 OK")
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keeps a message."""
        assert isinstance(envelope.content, bytes)
        if self.to_messages.startswith("250"):
            self.taken.append(Taken(envelope.content, [str(each) for each in envelope.rcpt_tos]))
        return self.to_messages


@asynccontextmanager
async def smtp_server() -> AsyncIterator[SmtpServer]:
    """A server on a port of its own."""
    server = SmtpServer()
    listening = await asyncio.get_running_loop().create_server(
        lambda: SMTP(server, hostname="test.invalid"), "127.0.0.1", 0
    )
    async with listening:
        server.port = listening.sockets[0].getsockname()[1]
        yield server
