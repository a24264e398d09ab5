"""The outbox: mail is queued with what causes it, and taken by one worker at a time."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from adapters.records import Mail
from gateway.store import CoopStore, Store
from gateway.store.outbox import CHANNEL
from gateway.store.records import (
    MailDispatch,
    MailDispatchesQuery,
    MailKind,
    MailState,
    PlaceInTime,
    QueuedMail,
)
from gateway.store.tables import outbox_mail
from gateway.store.wakeups import listen
from tests.running import NOW

SECOND = timedelta(seconds=1)
KIND = MailKind.REGISTRATION_COMPLETE
"""One without a secret."""


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
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
    assert await taken(hirosaki) == QueuedMail(mail, attempts=0)


async def test_a_mail_is_queued_only_if_its_cause_takes_effect(hirosaki: CoopStore) -> None:
    async def changes_their_mind() -> None:
        async with hirosaki.transaction() as within:
            await within.outbox.enqueue(mail_to(), NOW, KIND)
            raise KeyError

    with pytest.raises(KeyError):
        await changes_their_mind()
    assert await taken(hirosaki) is None


async def test_the_same_mail_id_is_queued_once_and_the_first_one_counts(
    store: Store, hirosaki: CoopStore
) -> None:
    first = mail_to("first@example.jp")
    await hirosaki.outbox.enqueue(first, NOW, KIND)
    await hirosaki.outbox.enqueue(mail_to("second@example.jp", first.mail_id), NOW, KIND)
    async with store.engine.connect() as connection:
        recipients = (await connection.scalars(sa.select(outbox_mail.c.recipient))).all()
    assert recipients == ["first@example.jp"]


async def test_a_mail_whose_time_has_not_come_stays(hirosaki: CoopStore) -> None:
    await hirosaki.outbox.enqueue(mail_to(), NOW + SECOND, KIND)
    assert await taken(hirosaki, NOW) is None
    assert await taken(hirosaki, NOW + SECOND) is not None


async def test_the_one_that_waits_longest_comes_first(hirosaki: CoopStore) -> None:
    later, sooner = mail_to(), mail_to()
    await hirosaki.outbox.enqueue(later, NOW, KIND)
    await hirosaki.outbox.enqueue(sooner, NOW - SECOND, KIND)
    first = await taken(hirosaki)
    assert first is not None
    assert first.mail == sooner


async def test_mail_of_another_co_op_is_not_ones_own(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
    assert await taken(hokkaido) is None
    await hokkaido.outbox.settle(mail.mail_id, MailState.SENT, NOW)
    await hokkaido.outbox.postpone(mail.mail_id, NOW + SECOND, "Unavailable")
    assert await taken(hirosaki) == QueuedMail(mail, attempts=0)


async def test_what_one_worker_has_in_hand_no_other_takes_or_waits_for(hirosaki: CoopStore) -> None:
    one, other = mail_to(), mail_to()
    await hirosaki.outbox.enqueue(one, NOW - SECOND, KIND)
    await hirosaki.outbox.enqueue(other, NOW, KIND)
    async with hirosaki.transaction() as first, hirosaki.transaction() as second:
        found = [await first.outbox.take(NOW), await second.outbox.take(NOW)]
        assert found == [QueuedMail(one, 0), QueuedMail(other, 0)]
        assert await taken(hirosaki) is None


async def test_a_settled_mail_is_never_taken_again(store: Store, hirosaki: CoopStore) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
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
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
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
        await within.outbox.enqueue(mail_to(), NOW, KIND)
        await hokkaido.outbox.enqueue(mail_to(), NOW, KIND)
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


async def text_of(store: Store, mail: Mail) -> tuple[str, str | None]:
    statement = sa.select(outbox_mail.c.text, outbox_mail.c.html).where(outbox_mail.c.mail_id == mail.mail_id)
    async with store.engine.connect() as connection:
        row = (await connection.execute(statement)).one()
    return row.text, row.html


@pytest.mark.parametrize("end", [MailState.SENT, MailState.UNDELIVERABLE, MailState.NEEDS_ATTENTION])
async def test_a_settled_mail_with_a_secret_is_blank_and_another_is_kept(
    store: Store, hirosaki: CoopStore, end: MailState
) -> None:
    secret, other = mail_to(), mail_to()
    await hirosaki.outbox.enqueue(secret, NOW, MailKind.REISSUED_PASSWORD)
    await hirosaki.outbox.enqueue(other, NOW, KIND)
    await hirosaki.outbox.postpone(secret.mail_id, NOW, "TimedOut")
    assert await text_of(store, secret) == (secret.text, secret.html)
    for mail in (secret, other):
        await hirosaki.outbox.settle(mail.mail_id, end, NOW)
    assert await text_of(store, secret) == ("", None)
    assert await text_of(store, other) == (other.text, other.html)


def test_every_kind_with_a_link_code_or_password_carries_a_secret() -> None:
    assert {kind.value for kind in MailKind if kind.carries_secret} == {
        "REGISTRATION_LINK",
        "EMAIL_CONFIRMATION",
        "REISSUED_PASSWORD",
        "PASSWORD_RESET_LINK",
        "AUTH_CODE",
    }


async def dispatch_of(coop: CoopStore, mail: Mail) -> MailDispatch:
    """What became of a mail."""
    page = await coop.outbox.dispatches(MailDispatchesQuery(limit=10))
    (found,) = (dispatch for dispatch in page.items if dispatch.mail_id == mail.mail_id)
    return found


async def test_dispatches_tell_what_became_of_mail_and_nothing_of_what_it_says(hirosaki: CoopStore) -> None:
    """A23."""
    mail = mail_to("hanako@example.jp")
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
    await hirosaki.outbox.postpone(mail.mail_id, NOW + SECOND, "TimedOut")
    waiting = await dispatch_of(hirosaki, mail)
    expected = MailDispatch(
        mail_id=mail.mail_id,
        kind=KIND,
        recipient="h***@example.jp",
        state=MailState.QUEUED,
        queued_at=NOW,
        settled_at=None,
        attempts=1,
        next_attempt_at=NOW + SECOND,
        reason="TimedOut",
        resendable=False,
    )
    assert waiting == expected
    await hirosaki.outbox.settle(mail.mail_id, MailState.UNDELIVERABLE, NOW + SECOND, "E51")
    assert await dispatch_of(hirosaki, mail) == replace(
        expected,
        state=MailState.UNDELIVERABLE,
        settled_at=NOW + SECOND,
        attempts=2,
        next_attempt_at=None,
        reason="E51",
        resendable=True,
    )


async def test_dispatches_are_paged_newest_first_and_by_state(
    hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    mails = [mail_to() for _ in range(5)]
    for mail in mails:
        await hirosaki.outbox.enqueue(mail, NOW, KIND)
    await hokkaido.outbox.enqueue(mail_to(), NOW, KIND)
    await hirosaki.outbox.settle(mails[0].mail_id, MailState.SENT, NOW)
    seen: list[UUID] = []
    query = MailDispatchesQuery(limit=2)
    while (page := await hirosaki.outbox.dispatches(query)).has_next:
        seen += [mail.mail_id for mail in page.items]
        query = query._replace(after=PlaceInTime(page.items[-1].queued_at, page.items[-1].mail_id))
    seen += [mail.mail_id for mail in page.items]
    assert seen == sorted((mail.mail_id for mail in mails), reverse=True)
    sent = await hirosaki.outbox.dispatches(MailDispatchesQuery(limit=9, state=MailState.SENT))
    assert [mail.mail_id for mail in sent.items] == [mails[0].mail_id]


async def test_a_settled_mail_is_sent_again_as_a_copy_and_one_with_a_secret_is_not(
    hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    """A23."""
    secret, other, new_id = mail_to(), mail_to(), uuid4()
    await hirosaki.outbox.enqueue(secret, NOW, MailKind.AUTH_CODE)
    await hirosaki.outbox.enqueue(other, NOW, KIND)
    assert await hirosaki.outbox.send_again(other.mail_id, uuid4(), NOW) is None
    for mail in (secret, other):
        await hirosaki.outbox.settle(mail.mail_id, MailState.SENT, NOW)
    assert await hirosaki.outbox.send_again(secret.mail_id, uuid4(), NOW) is None
    assert await hokkaido.outbox.send_again(other.mail_id, uuid4(), NOW) is None
    again = await hirosaki.outbox.send_again(other.mail_id, new_id, NOW + SECOND)
    assert again is not None
    assert (again.mail_id, again.state, again.queued_at) == (new_id, MailState.QUEUED, NOW + SECOND)
    assert await taken(hirosaki, NOW + SECOND) == QueuedMail(replace(other, mail_id=new_id), attempts=0)
    assert (await dispatch_of(hirosaki, other)).state is MailState.SENT


async def test_mail_of_an_older_process_has_no_kind_and_is_not_sent_again(
    store: Store, hirosaki: CoopStore
) -> None:
    mail = mail_to()
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
    async with store.engine.begin() as connection:
        await connection.execute(sa.update(outbox_mail).values(kind=None))
    await hirosaki.outbox.settle(mail.mail_id, MailState.SENT, NOW)
    found = await dispatch_of(hirosaki, mail)
    assert (found.kind, found.resendable) == (None, False)
    assert await hirosaki.outbox.send_again(mail.mail_id, uuid4(), NOW) is None
