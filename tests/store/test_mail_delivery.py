"""Delivering the outbox of one co-op."""

import asyncio
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from adapters.errors import Closed, Garbled, TimedOut, Unavailable
from adapters.records import Mail, MailOutcome
from gateway.mail_delivery import MailDelivery
from gateway.retries import Retries
from gateway.store import CoopStore, Store
from gateway.store.records import MailState
from gateway.store.tables import outbox_mail
from tests.running import NOW
from tests.store.mailers import RememberingMailer
from tests.store.test_outbox import KIND, mail_to

MAILER = "hirosaki/mailer"
RETRIES = Retries(first=timedelta(seconds=10), longest=timedelta(seconds=60), limit=4)


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def mailer() -> RememberingMailer:
    return RememberingMailer()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def delivery(hirosaki: CoopStore, mailer: RememberingMailer, watch: Watch) -> MailDelivery:
    return MailDelivery(hirosaki, mailer, watch, RETRIES)


async def queued(store: CoopStore) -> Mail:
    mail = mail_to()
    await store.outbox.enqueue(mail, NOW, KIND)
    return mail


async def only_row(store: Store) -> sa.Row[tuple[object, ...]]:
    async with store.engine.connect() as connection:
        return (await connection.execute(sa.select(outbox_mail))).one()


async def test_a_mail_is_handed_over_as_written_and_is_then_sent(
    store: Store, hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer
) -> None:
    mail = await queued(hirosaki)
    assert await delivery.deliver_next()
    assert mailer.sent == {mail.mail_id: mail}
    row = await only_row(store)
    assert (row.state, row.attempts, row.settled_at, row.reason) == (MailState.SENT, 1, NOW, None)
    assert not await delivery.deliver_next()


async def test_nothing_to_deliver_asks_nobody(delivery: MailDelivery, mailer: RememberingMailer) -> None:
    assert not await delivery.deliver_next()
    assert mailer.asked == []


async def test_an_address_that_can_never_be_reached_is_not_tried_again(
    store: Store, hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer, watch: Watch
) -> None:
    await queued(hirosaki)
    mailer.refusals.append(MailOutcome.UNDELIVERABLE)
    assert await delivery.deliver_next()
    row = await only_row(store)
    assert (row.state, row.reason) == (MailState.UNDELIVERABLE, "宛先のアドレスを確認できません")
    watch.now += timedelta(days=1)
    assert not await delivery.deliver_next()


@pytest.mark.parametrize(
    "error",
    [
        Unavailable(MAILER, "no connection"),
        Closed(MAILER, "maintenance"),
        TimedOut(MAILER, "5 s"),
        Garbled(MAILER, "not JSON"),
        RuntimeError("a mistake of ours"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_a_failure_is_tried_again_later_and_says_no_more_than_its_kind(
    store: Store,
    hirosaki: CoopStore,
    delivery: MailDelivery,
    mailer: RememberingMailer,
    watch: Watch,
    error: Exception,
) -> None:
    mail = await queued(hirosaki)
    mailer.refusals.append(error)
    assert await delivery.deliver_next()
    row = await only_row(store)
    assert (row.state, row.attempts, row.reason) == (MailState.QUEUED, 1, type(error).__name__)
    assert NOW + timedelta(seconds=5) <= row.next_attempt_at <= NOW + timedelta(seconds=10)
    assert not await delivery.deliver_next()

    watch.now += timedelta(seconds=10)
    assert await delivery.deliver_next()
    assert mailer.sent == {mail.mail_id: mail}


async def test_after_the_limit_somebody_must_look(
    store: Store, hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer, watch: Watch
) -> None:
    await queued(hirosaki)
    mailer.refusals.extend([Unavailable(MAILER, "no connection")] * RETRIES.limit)
    for attempt in range(1, RETRIES.limit + 1):
        assert (await only_row(store)).state is MailState.QUEUED
        assert await delivery.deliver_next()
        assert (await only_row(store)).attempts == attempt
        watch.now += RETRIES.longest
    row = await only_row(store)
    assert (row.state, row.reason) == (MailState.NEEDS_ATTENTION, "Unavailable")
    assert not await delivery.deliver_next()
    assert mailer.sent == {}


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (4, 60), (5, 60), (10_000, 60)])
def test_the_delay_doubles_up_to_the_longest_and_varies_by_half(attempts: int, seconds: int) -> None:
    delays = [RETRIES.delay(attempts).total_seconds() for _ in range(200)]
    assert seconds / 2 <= min(delays) < seconds * 0.6
    assert seconds * 0.9 < max(delays) <= seconds


async def test_a_failing_mail_does_not_hold_up_the_next_one(
    hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer
) -> None:
    await queued(hirosaki)
    await queued(hirosaki)
    mailer.refusals.append(TimedOut(MAILER, "5 s"))
    assert [await delivery.deliver_next() for _ in range(3)] == [True, True, False]
    assert len(mailer.sent) == 1


async def test_many_workers_at_once_send_every_mail_once(
    hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer
) -> None:
    mails = [await queued(hirosaki) for _ in range(40)]

    async def drain() -> None:
        while await delivery.deliver_next():
            pass

    await asyncio.gather(*(drain() for _ in range(5)))
    assert sorted(mailer.asked) == sorted(mail.mail_id for mail in mails)


async def test_while_one_worker_is_sending_another_finds_nothing_to_do(
    hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer
) -> None:
    await queued(hirosaki)
    mailer.may_answer.clear()
    sending = asyncio.create_task(delivery.deliver_next())
    await mailer.was_asked.wait()
    assert not await delivery.deliver_next()
    mailer.may_answer.set()
    assert await sending
    assert len(mailer.asked) == 1


async def test_a_worker_that_is_cut_off_while_sending_leaves_the_mail_to_the_next_under_the_same_id(
    store: Store, hirosaki: CoopStore, delivery: MailDelivery, mailer: RememberingMailer
) -> None:
    mail = await queued(hirosaki)
    mailer.may_answer.clear()
    sending = asyncio.create_task(delivery.deliver_next())
    await mailer.was_asked.wait()
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert (await only_row(store)).attempts == 0
    mailer.may_answer.set()
    assert await delivery.deliver_next()
    assert mailer.asked == [mail.mail_id, mail.mail_id]
