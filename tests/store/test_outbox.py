"""The outbox: mail is queued with what causes it, and taken by one worker at a time."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from adapters.records import Mail
from gateway.store import CoopStore, Store
from gateway.store.outbox import CHANNEL
from gateway.store.records import MailState, QueuedMail
from gateway.store.tables import outbox_mail
from gateway.store.wakeups import listen
from tests.running import NOW

SECOND = timedelta(seconds=1)


def mail_to(recipient: str = "taro@example.jp", mail_id: UUID | None = None) -> Mail:
    return Mail(
        mail_id=mail_id or uuid4(),
        sender="noreply@klas.seikyou.jp",
        recipient=recipient,
        subject="【弘大生協】ご登録のご案内",
        text="本登録用のURLをお知らせいたします。",
        html="<p>本登録用のURL</p>",
    )


async def taken(store: CoopStore, now: datetime = NOW) -> QueuedMail | None:
    async with store.transaction() as within:
        return await within.outbox.take(now)


async def test_a_queued_mail_comes_out_as_it_went_in(hirosaki: CoopStore) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW)
    assert await taken(hirosaki) == QueuedMail(mail, attempts=0)


async def test_a_mail_is_queued_only_if_its_cause_takes_effect(hirosaki: CoopStore) -> None:
    async def changes_their_mind() -> None:
        async with hirosaki.transaction() as within:
            await within.outbox.enqueue(mail_to(), NOW)
            raise KeyError

    with pytest.raises(KeyError):
        await changes_their_mind()
    assert await taken(hirosaki) is None


async def test_the_same_mail_id_is_queued_once_and_the_first_one_counts(
    store: Store, hirosaki: CoopStore
) -> None:
    first = mail_to("first@example.jp")
    await hirosaki.outbox.enqueue(first, NOW)
    await hirosaki.outbox.enqueue(mail_to("second@example.jp", first.mail_id), NOW)
    async with store.engine.connect() as connection:
        recipients = (await connection.scalars(sa.select(outbox_mail.c.recipient))).all()
    assert recipients == ["first@example.jp"]


async def test_a_mail_whose_time_has_not_come_stays(hirosaki: CoopStore) -> None:
    await hirosaki.outbox.enqueue(mail_to(), NOW + SECOND)
    assert await taken(hirosaki, NOW) is None
    assert await taken(hirosaki, NOW + SECOND) is not None


async def test_the_one_that_waits_longest_comes_first(hirosaki: CoopStore) -> None:
    later, sooner = mail_to(), mail_to()
    await hirosaki.outbox.enqueue(later, NOW)
    await hirosaki.outbox.enqueue(sooner, NOW - SECOND)
    first = await taken(hirosaki)
    assert first is not None
    assert first.mail == sooner


async def test_mail_of_another_co_op_is_not_ones_own(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW)
    assert await taken(hokkaido) is None
    await hokkaido.outbox.settle(mail.mail_id, MailState.SENT, NOW)
    await hokkaido.outbox.postpone(mail.mail_id, NOW + SECOND, "Unavailable")
    assert await taken(hirosaki) == QueuedMail(mail, attempts=0)


async def test_what_one_worker_has_in_hand_no_other_takes_or_waits_for(hirosaki: CoopStore) -> None:
    one, other = mail_to(), mail_to()
    await hirosaki.outbox.enqueue(one, NOW - SECOND)
    await hirosaki.outbox.enqueue(other, NOW)
    async with hirosaki.transaction() as first, hirosaki.transaction() as second:
        found = [await first.outbox.take(NOW), await second.outbox.take(NOW)]
        assert found == [QueuedMail(one, 0), QueuedMail(other, 0)]
        assert await taken(hirosaki) is None


async def test_a_settled_mail_is_never_taken_again(store: Store, hirosaki: CoopStore) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW)
    await hirosaki.outbox.settle(mail.mail_id, MailState.UNDELIVERABLE, NOW, "宛先不明")
    assert await taken(hirosaki, NOW + timedelta(days=1)) is None
    async with store.engine.connect() as connection:
        row = (await connection.execute(sa.select(outbox_mail))).one()
    assert (row.state, row.attempts, row.settled_at, row.reason) == (
        MailState.UNDELIVERABLE,
        1,
        NOW,
        "宛先不明",
    )


async def test_a_postponed_mail_comes_back_at_its_time_with_its_attempts(hirosaki: CoopStore) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW)
    await hirosaki.outbox.postpone(mail.mail_id, NOW + SECOND, "TimedOut")
    assert await taken(hirosaki, NOW) is None
    assert await taken(hirosaki, NOW + SECOND) == QueuedMail(mail, attempts=1)


async def test_queueing_announces_the_co_op_at_commit_and_not_before(
    store: Store, hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(listen(store.engine, CHANNEL, heard.put_nowait))
    assert await heard.get() == ""
    async with hirosaki.transaction() as within:
        await within.outbox.enqueue(mail_to(), NOW)
        await hokkaido.outbox.enqueue(mail_to(), NOW)
        assert await heard.get() == "hokkaido"
    assert await heard.get() == "hirosaki"
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)


async def test_listening_ends_when_the_connection_is_lost(store: Store) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    listening = asyncio.create_task(listen(store.engine, CHANNEL, heard.put_nowait))
    await heard.get()
    cut = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
    async with store.engine.connect() as connection:
        assert (await connection.scalars(cut)).all() == [True]
    await asyncio.wait_for(listening, timeout=10)
