"""The worker: does what is due, as soon as it is announced and every so often in any case.

Any number of workers may share the database; what one of them has in hand, no other one takes.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta

import structlog

from adapters.ports import Mailer, MemberRegistry, PointOfSale
from gateway.accounts.recovery_answers import RecoveryAnswers
from gateway.accounts.vault import Vault
from gateway.clock import Clock
from gateway.coop import Coop
from gateway.instructions.carrying_out import CarryingOut
from gateway.mail_delivery import MailDelivery
from gateway.mailings import MailingRounds, mailings_of
from gateway.store import Store
from gateway.store.outbox import CHANNEL
from gateway.store.wakeups import listen

log = structlog.get_logger()

MAILS_AT_ONCE = 2
"""Per co-op: a slow mail holds up no other, and a slow mailer no other co-op."""

INSTRUCTIONS_AT_ONCE = 4
"""Per co-op, each of another member: one that waits for an answer holds up nobody else's."""

MAIL_LOOKED_FOR_EVERY = timedelta(seconds=10)
INSTRUCTIONS_LOOKED_FOR_EVERY = timedelta(seconds=10)
RECOVERY_LOOKED_FOR_EVERY = timedelta(seconds=10)
MAILINGS_GO_ON_EVERY = timedelta(seconds=5)
EXPIRED_REMOVED_EVERY = timedelta(minutes=10)
LISTENS_AGAIN_AFTER = timedelta(seconds=5)

ENDS_WITHIN = timedelta(seconds=10)
"""What is under way at the signal to end may take so long; then it is cut off, for another worker to do."""

NO_REGISTRIES: Mapping[str, MemberRegistry] = {}


class Duty:
    """Something the worker does step by step: while there is more, when woken, and every so often."""

    def __init__(self, name: str, every: timedelta, step: Callable[[], Awaitable[bool]]) -> None:
        self.name = name
        self._every = every.total_seconds()
        self._step = step
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Has it done now, or once more when it is being done."""
        self._woken.set()

    async def attend(self, stop: asyncio.Event) -> None:
        """Does it until told to stop, and then ends after the step under way."""
        while not stop.is_set():
            self._woken.clear()
            if not await self._done_more():
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._woken.wait(), self._every)

    async def _done_more(self) -> bool:
        try:
            return await self._step()
        except Exception:  # the database may be away for a while: the worker stays and tries again
            log.exception("duty_failed", duty=self.name)
            return False


class Worker:
    """All duties of one process."""

    def __init__(
        self,
        store: Store,
        mailers: Mapping[str, Mailer],
        points_of_sale: Mapping[str, PointOfSale],
        coops: Mapping[str, Coop],
        vault: Vault,
        clock: Clock,
        registries: Mapping[str, MemberRegistry] = NO_REGISTRIES,
    ) -> None:
        self._store = store
        self._clock = clock
        self._of_coops = {
            code: [*self._mail_duties(code, mailer), self._recovery_duty(coops[code], vault)]
            for code, mailer in mailers.items()
        }
        for code, pos in points_of_sale.items():
            self._of_coops.setdefault(code, []).extend(self._instruction_duties(coops[code], pos))
        for code, registry in registries.items():
            rounds = self._mailing_duty(coops[code], registry, points_of_sale.get(code))
            self._of_coops.setdefault(code, []).append(rounds)
        self._expired = Duty("expired", EXPIRED_REMOVED_EVERY, self._remove_expired)
        self._listening = Duty("listening", LISTENS_AGAIN_AFTER, self._listen)

    async def run(self, stop: asyncio.Event) -> None:
        """Works until told to stop, and then ends what is under way."""
        listening = asyncio.create_task(self._listening.attend(stop))
        working = [asyncio.create_task(duty.attend(stop)) for duty in self._duties()]
        try:
            await stop.wait()
        finally:
            self._wake(self._duties())
            await asyncio.wait(working, timeout=ENDS_WITHIN.total_seconds())
            for task in (listening, *working):
                task.cancel()
            await asyncio.gather(listening, *working, return_exceptions=True)

    def _duties(self) -> Iterable[Duty]:
        return (self._expired, *(duty for duties in self._of_coops.values() for duty in duties))

    def _mail_duties(self, coop: str, mailer: Mailer) -> Iterable[Duty]:
        delivery = MailDelivery(self._store.of(coop), mailer, self._clock)
        for _ in range(MAILS_AT_ONCE):
            yield Duty(f"mail/{coop}", MAIL_LOOKED_FOR_EVERY, delivery.deliver_next)

    def _instruction_duties(self, coop: Coop, pos: PointOfSale) -> Iterable[Duty]:
        carrying_out = CarryingOut(coop, self._store.of(coop.code), pos, self._clock)
        for _ in range(INSTRUCTIONS_AT_ONCE):
            yield Duty(
                f"instructions/{coop.code}", INSTRUCTIONS_LOOKED_FOR_EVERY, carrying_out.carry_out_next
            )

    def _mailing_duty(self, coop: Coop, registry: MemberRegistry, pos: PointOfSale | None) -> Duty:
        mailings = mailings_of(coop, registry, pos, self._clock)
        rounds = MailingRounds(coop, self._store.of(coop.code), mailings, self._clock)
        return Duty(f"mailings/{coop.code}", MAILINGS_GO_ON_EVERY, rounds.go_on)

    def _recovery_duty(self, coop: Coop, vault: Vault) -> Duty:
        answers = RecoveryAnswers(coop, self._store.of(coop.code), vault, self._clock)
        return Duty(f"recovery/{coop.code}", RECOVERY_LOOKED_FOR_EVERY, answers.answer_next)

    async def _remove_expired(self) -> bool:
        removed = await self._store.remove_expired(self._clock())
        log.info("expired_removed", removed=removed)
        return False

    async def _listen(self) -> bool:
        await listen(self._store.engine, CHANNEL, self._hear)
        return False

    def _hear(self, coop: str) -> None:
        self._wake(self._of_coops.get(coop, ()) if coop else self._duties())

    def _wake(self, duties: Iterable[Duty]) -> None:
        for duty in duties:
            duty.wake()


async def run_worker(
    store: Store,
    mailers: Mapping[str, Mailer],
    points_of_sale: Mapping[str, PointOfSale],
    coops: Mapping[str, Coop],
    vault: Vault,
    clock: Clock,
    ready: Callable[[], None],
    registries: Mapping[str, MemberRegistry] = NO_REGISTRIES,
) -> None:
    """Works until SIGTERM or SIGINT, for every co-op with a mailer, a POS or a registry; all mappings are by its code.

    `ready` is called when it heeds the signals.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        ready()
        await Worker(store, mailers, points_of_sale, coops, vault, clock, registries).run(stop)
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
