"""Mail that was queued while the mailer was down arrives when it is back, once."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa

from adapters.records import Mail
from gateway.coop import Coop
from gateway.mail_delivery import MailDelivery
from gateway.retries import Retries
from gateway.store import Store
from gateway.store.records import MailKind, MailState
from gateway.store.tables import outbox_mail
from gateway.wiring import connect_systems
from tests.faults.trouble import trouble
from tests.running import NOW, LegacySystems


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


class Outbox:
    """Hirosaki's outbox, and the real adapter to its mailer."""

    def __init__(self, store: Store, delivery: MailDelivery, watch: Watch) -> None:
        self._store = store
        self._delivery = delivery
        self._watch = watch

    async def queue(self, mail: Mail) -> None:
        await self._store.of("hirosaki").outbox.enqueue(mail, self._watch.now, MailKind.TEST)

    async def deliver_what_is_due(self) -> None:
        while await self._delivery.deliver_next():
            pass

    async def later(self) -> None:
        """Time passes until whatever failed is tried again."""
        self._watch.now += self._delivery.retries.longest

    async def only_state(self) -> tuple[MailState, int]:
        async with self._store.engine.connect() as connection:
            row = (await connection.execute(sa.select(outbox_mail.c.state, outbox_mail.c.attempts))).one()
            return row.state, row.attempts


@pytest.fixture
async def outbox(
    gateway_database: str, coops: Mapping[str, Coop], legacy_systems: LegacySystems
) -> AsyncIterator[Outbox]:
    systems = connect_systems(coops["hirosaki"], os.environ)
    store, watch = Store.open(gateway_database), Watch()
    retries = replace(Retries(), longest=timedelta(minutes=1))
    yield Outbox(store, MailDelivery(store.of("hirosaki"), systems.mailer, watch, retries), watch)
    await systems.close()
    await store.close()


@pytest.fixture
def mail() -> Mail:
    return Mail(
        mail_id=uuid4(),
        sender="mypage@klas.seikyou.jp",
        recipient=f"{uuid4()}@example.jp",
        subject="【弘大生協】ご登録のご案内",
        text="ご登録ありがとうございます。",
    )


async def arrivals(systems: LegacySystems, mail: Mail) -> int:
    """How often the mail stands in the postbox, once it does."""
    async with asyncio.timeout(10):
        while True:
            times = sum(mail.recipient in each["to"] for each in await systems.postbox.mails())
            if times:
                return times


@pytest.mark.parametrize("fault", ["stopped", "error", "garbled"])
async def test_mail_queued_while_the_mailer_is_down_is_delivered_when_it_is_back(
    fault: str, outbox: Outbox, mail: Mail, legacy_systems: LegacySystems
) -> None:
    async with trouble(legacy_systems.hirosaki.mailer, fault):
        await outbox.queue(mail)
        await outbox.deliver_what_is_due()
        assert await outbox.only_state() == (MailState.QUEUED, 1)

    await outbox.later()
    await outbox.deliver_what_is_due()
    assert (await outbox.only_state())[0] is MailState.SENT
    assert await arrivals(legacy_systems, mail) == 1


async def test_a_mail_whose_answer_was_lost_is_handed_over_again_and_arrives_once(
    outbox: Outbox, mail: Mail, legacy_systems: LegacySystems
) -> None:
    """A write is never repeated at once: the worker does so later, under the same id."""
    mailer = legacy_systems.hirosaki.mailer
    await mailer.forget_calls()
    async with mailer.fault("lost"):
        await outbox.queue(mail)
        await outbox.deliver_what_is_due()
        assert await mailer.calls() == {"/api/mail": 1}
    await outbox.later()
    await outbox.deliver_what_is_due()

    assert await mailer.calls() == {"/api/mail": 2}
    assert (await outbox.only_state())[0] is MailState.SENT
    assert await arrivals(legacy_systems, mail) == 1
