"""A mailer for tests of who uses one: keeps what it sent, by id, and fails as it is told."""

import asyncio
from collections import deque
from uuid import UUID

from adapters.records import Circuit, Mail, MailOutcome, MailReceipt, SystemStatus


class RememberingMailer:
    """A `Mailer` that sends nothing. As the port demands, the same `mail_id` again has no further effect."""

    def __init__(self) -> None:
        self.sent: dict[UUID, Mail] = {}
        self.asked: list[UUID] = []
        self.refusals: deque[Exception | MailOutcome] = deque()
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.was_asked = asyncio.Event()

    async def send(self, mail: Mail) -> MailReceipt:
        """Plays the next refusal, if any; otherwise takes the mail."""
        self.asked.append(mail.mail_id)
        self.was_asked.set()
        await self.may_answer.wait()
        refusal = self.refusals.popleft() if self.refusals else None
        if isinstance(refusal, Exception):
            raise refusal
        if refusal is not None:
            return MailReceipt(mail.mail_id, refusal, "宛先のアドレスを確認できません")
        self.sent.setdefault(mail.mail_id, mail)
        return MailReceipt(mail.mail_id, MailOutcome.ACCEPTED)

    async def ping(self) -> None:
        """It is here."""

    def status(self) -> SystemStatus:
        """It is well."""
        return SystemStatus("hirosaki/mailer", Circuit.CLOSED, 0, 0)

    async def close(self) -> None:
        """There is nothing to let go of."""
