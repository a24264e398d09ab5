"""The port `Mailer` over plain SMTP; the one place where aiosmtplib's errors become ours."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

import aiosmtplib
from cachetools import LRUCache

from adapters.errors import Unavailable
from adapters.japan_time import Clock
from adapters.mail_smtp.config import MailSmtpConfig, Security
from adapters.mail_smtp.message import written
from adapters.records import Mail, MailOutcome, MailReceipt, SystemStatus
from adapters.upstream import Upstream

ADDRESS = re.compile(r"[\x21-\x7e]+@[\x21-\x7e]+")
REMEMBERED_MAILS = 10_000
"""Mails whose repetition this process recognises. SMTP itself does not know what it has been given before."""

OUR_FAULT = re.compile(r"5\.7\.")
"""The enhanced status codes (RFC 3463) that speak of permission, such as relaying denied, and not of the address."""


class MailSmtp:
    """An SMTP server that takes mail for the world."""

    def __init__(self, system: str, config: MailSmtpConfig, clock: Clock) -> None:
        self._system = system
        self._config = config
        self._clock = clock
        self._upstream = Upstream(system, config.policy)
        self._receipts: LRUCache[UUID, MailReceipt] = LRUCache(REMEMBERED_MAILS)

    async def send(self, mail: Mail) -> MailReceipt:
        """Hand a mail on. The same `mail_id` again gives the same receipt, as far as this process remembers."""
        receipt = self._receipts.get(mail.mail_id)
        if receipt is None:
            receipt = await self._upstream.write(partial(self._send, mail))
            self._receipts[mail.mail_id] = receipt
        return receipt

    async def ping(self) -> None:
        """Ask whether it answers, and lets us in."""
        await self._upstream.read(self._ping)

    def status(self) -> SystemStatus:
        """How it is doing."""
        return self._upstream.status()

    async def close(self) -> None:
        """Nothing is kept open."""

    async def _send(self, mail: Mail) -> MailReceipt:
        if not ADDRESS.fullmatch(mail.recipient):
            return MailReceipt(mail.mail_id, MailOutcome.UNDELIVERABLE, "not an address SMTP can carry")
        message = written(mail, self._clock())
        async with self._connection() as server:
            try:
                await server.sendmail(mail.sender, mail.recipient, message)
            except aiosmtplib.SMTPRecipientsRefused as refused:
                return self._refusal(mail, refused.recipients[0])
        return MailReceipt(mail.mail_id, MailOutcome.ACCEPTED)

    def _refusal(self, mail: Mail, refused: aiosmtplib.SMTPRecipientRefused) -> MailReceipt:
        reason = f"{refused.code} {refused.message}"
        if refused.code < 500 or OUR_FAULT.match(refused.message):
            raise Unavailable(self._system, f"RCPT: {reason}")
        return MailReceipt(mail.mail_id, MailOutcome.UNDELIVERABLE, reason)

    async def _ping(self) -> None:
        async with self._connection() as server:
            await server.noop()

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """A connection, signed in. Whatever fails is `Unavailable`; a refused message is for an operator to see to."""
        config = self._config
        server = aiosmtplib.SMTP(
            hostname=config.host,
            port=config.port,
            username=config.username,
            password=config.password,
            use_tls=config.security is Security.TLS,
            start_tls=config.security is Security.STARTTLS,
            timeout=None,
        )
        try:
            async with server:
                yield server
        except aiosmtplib.SMTPResponseException as error:
            raise Unavailable(
                self._system, f"{type(error).__name__}: {error.code} {error.message}"
            ) from error
        except (aiosmtplib.SMTPException, OSError) as error:
            raise Unavailable(self._system, f"{type(error).__name__}: {error}") from error
