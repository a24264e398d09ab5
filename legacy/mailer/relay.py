"""Mail on its way: taken in once by id, handed to the SMTP server in the background."""

import asyncio
import re
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from enum import Enum
from logging import getLogger

import aiosmtplib
from cachetools import LRUCache

from legacy.clock import Clock

_LOG = getLogger(__name__)
_REMEMBERED = 100_000
_AT_ONCE = 4
_WAITS = (0.2, 1.0, 5.0)
"""Seconds before a server that does not take a mail is asked again."""
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_DELIVERABLE = re.compile(rf"{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class MailState(Enum):
    """What has become of a mail."""

    QUEUED = "QUEUED"
    SENT = "SENT"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed to."""

    host: str
    port: int


def is_deliverable(address: str) -> bool:
    """False for old mobile addresses such as `taro..y@docomo.example`, which no server takes."""
    return _DELIVERABLE.fullmatch(address) is not None


class Relay:
    """Sends each mail once. Which ones it knows it remembers as long as it runs."""

    def __init__(self, server: SmtpServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock
        self._states: LRUCache[str, MailState] = LRUCache(_REMEMBERED)
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    def state(self, mail_id: str) -> MailState | None:
        """None for a mail never seen."""
        return self._states.get(mail_id)

    def take(self, mail_id: str, message: EmailMessage) -> None:
        """Queues a mail, unless its id is known."""
        if mail_id in self._states:
            return
        self._states[mail_id] = MailState.QUEUED
        message["Date"] = format_datetime(self._clock())
        message["Message-ID"] = f"<{mail_id}@mailer.invalid>"
        delivery = asyncio.create_task(self._deliver(mail_id, message))
        self._under_way.add(delivery)
        delivery.add_done_callback(self._under_way.discard)

    async def aclose(self) -> None:
        """Gives up what is still queued."""
        for delivery in self._under_way:
            delivery.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _deliver(self, mail_id: str, message: EmailMessage) -> None:
        async with self._at_once:
            self._states[mail_id] = await self._hand_over(mail_id, message)

    async def _hand_over(self, mail_id: str, message: EmailMessage) -> MailState:
        for wait in (*_WAITS, None):
            try:
                await aiosmtplib.send(
                    message, hostname=self._server.host, port=self._server.port, start_tls=False
                )
            except aiosmtplib.SMTPResponseException as refusal:
                _LOG.warning("%s was refused: %s %s", mail_id, refusal.code, refusal.message)
                return MailState.FAILED
            except (aiosmtplib.SMTPException, OSError) as error:
                _LOG.warning("%s could not be handed over: %s", mail_id, error)
                if wait is not None:
                    await asyncio.sleep(wait)
            else:
                return MailState.SENT
        return MailState.FAILED
