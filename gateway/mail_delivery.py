"""Delivering one co-op's outbox: each mail once, as soon as its mailer takes it."""

from dataclasses import dataclass, field

import structlog

from adapters.errors import AdapterError
from adapters.ports import Mailer
from adapters.records import MailOutcome, MailReceipt
from gateway.clock import Clock
from gateway.retries import Retries
from gateway.store import CoopStore
from gateway.store.records import MailState, QueuedMail

log = structlog.get_logger()

_STATE_AFTER = {
    MailOutcome.ACCEPTED: MailState.SENT,
    MailOutcome.UNDELIVERABLE: MailState.UNDELIVERABLE,
}


@dataclass(frozen=True, slots=True)
class MailDelivery:
    """One co-op's mail and the system that sends it."""

    store: CoopStore
    mailer: Mailer
    clock: Clock
    retries: Retries = field(default_factory=Retries)

    async def deliver_next(self) -> bool:
        """Delivers one mail whose time has come; False when there is none that is not being delivered already."""
        # The row stays locked while the mail is sent: no other worker takes it, and the lock dies with
        # the process. Killed between sending and committing, the mail comes again and the mailer knows its id.
        async with self.store.transaction() as within:
            queued = await within.outbox.take(self.clock())
            if queued is None:
                return False
            await self._deliver(within, queued)
            return True

    async def _deliver(self, store: CoopStore, queued: QueuedMail) -> None:
        try:
            receipt = await self.mailer.send(queued.mail)
        except AdapterError as error:
            log.warning("mail_not_sent", mail_id=str(queued.mail.mail_id), error=str(error))
            await self._failed(store, queued, error)
        except Exception as error:
            log.exception("mail_not_sent", mail_id=str(queued.mail.mail_id))
            await self._failed(store, queued, error)
        else:
            await self._answered(store, receipt)

    async def _answered(self, store: CoopStore, receipt: MailReceipt) -> None:
        state = _STATE_AFTER[receipt.outcome]
        await store.outbox.settle(receipt.mail_id, state, self.clock(), receipt.reason)
        log.info("mail_settled", mail_id=str(receipt.mail_id), state=state.value)

    async def _failed(self, store: CoopStore, queued: QueuedMail, error: Exception) -> None:
        attempts, now, reason = queued.attempts + 1, self.clock(), type(error).__name__
        if attempts >= self.retries.limit:
            await store.outbox.settle(queued.mail.mail_id, MailState.NEEDS_ATTENTION, now, reason)
            log.error("mail_needs_attention", mail_id=str(queued.mail.mail_id), attempts=attempts)
        else:
            again_at = now + self.retries.delay(attempts)
            await store.outbox.postpone(queued.mail.mail_id, again_at, reason)
