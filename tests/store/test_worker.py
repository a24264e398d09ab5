"""The worker: at once when something is announced, cleanly ended, and never twice."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from gateway.accounts.vault import Vault
from gateway.coop_config.reading import load_coops
from gateway.demo.processes import Child, Children
from gateway.demo.program import python_program
from gateway.store import CoopStore, Store
from gateway.store.records import (
    AccountKind,
    MailState,
    NewAccount,
    NewRecoveryRequest,
    Origin,
    PendingRegistration,
    RecoveryKind,
    Registration,
    SessionLimits,
    TermsAcceptance,
)
from gateway.store.tables import accounts, outbox_mail, sessions
from gateway.wiring import ADAPTERS
from gateway.worker import MAIL_LOOKED_FOR_EVERY, RECOVERY_LOOKED_FOR_EVERY, Duty, Worker
from tests.running import NOW, fixed_clock
from tests.running.eventually import eventually
from tests.store.accounts import HANAKO, TARO, account_of
from tests.store.mailers import RememberingMailer
from tests.store.test_outbox import KIND, mail_to
from tests.store.worker_program import COOPS_DIR, SIGNING_KEY

SOON = 8
"""Seconds: time enough for a busy machine, and less than the worker looks for mail by itself."""
NEVER = timedelta(hours=1)
COOPS = load_coops(COOPS_DIR, ADAPTERS)


async def states(store: Store) -> list[MailState]:
    async with store.engine.connect() as connection:
        return list(await connection.scalars(sa.select(outbox_mail.c.state)))


async def all_sent(store: Store) -> bool:
    return set(await states(store)) == {MailState.SENT}


@asynccontextmanager
async def working(store: Store, mailers: Mapping[str, RememberingMailer]) -> AsyncIterator[asyncio.Event]:
    """A worker in this process, until the event is set or the block left."""
    stop = asyncio.Event()
    run = asyncio.create_task(Worker(store, mailers, {}, COOPS, Vault(SIGNING_KEY), fixed_clock).run(stop))
    try:
        yield stop
    finally:
        stop.set()
        await run


async def test_a_mail_is_delivered_as_soon_as_it_is_queued(store: Store, hirosaki: CoopStore) -> None:
    """A23."""
    assert timedelta(seconds=SOON) < MAIL_LOOKED_FOR_EVERY
    mailer = RememberingMailer()
    async with working(store, {"hirosaki": mailer}):
        for _ in range(3):
            await hirosaki.outbox.enqueue(mail_to(), NOW, KIND)
            await eventually(lambda: all_sent(store), SOON)
    assert len(mailer.asked) == 3


async def test_a_mailer_that_hangs_holds_up_no_other_co_op(
    store: Store, hirosaki: CoopStore, hokkaido: CoopStore
) -> None:
    hanging, well = RememberingMailer(), RememberingMailer()
    hanging.may_answer.clear()
    for _ in range(5):
        await hirosaki.outbox.enqueue(mail_to(), NOW, KIND)
    async with working(store, {"hirosaki": hanging, "hokkaido": well}):
        await hanging.was_asked.wait()
        await hokkaido.outbox.enqueue(mail_to(), NOW, KIND)
        await asyncio.wait_for(well.was_asked.wait(), SOON)
        hanging.may_answer.set()
        await eventually(lambda: all_sent(store), SOON)


async def test_told_to_stop_it_ends_the_mail_under_way_and_begins_no_other(
    store: Store, hirosaki: CoopStore
) -> None:
    mailer = RememberingMailer()
    mailer.may_answer.clear()
    for _ in range(5):
        await hirosaki.outbox.enqueue(mail_to(), NOW, KIND)
    async with working(store, {"hirosaki": mailer}) as stop:
        await mailer.was_asked.wait()
        stop.set()
        mailer.may_answer.set()
    assert 1 <= len(mailer.asked) <= 2
    assert (await states(store)).count(MailState.SENT) == len(mailer.asked)


async def test_it_removes_expired_sessions(store: Store, hirosaki: CoopStore) -> None:
    account = await account_of(hirosaki, TARO)
    limits = SessionLimits(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
    for number, started in enumerate((NOW - timedelta(hours=1), NOW)):
        token_hash = bytes([number])
        await hirosaki.sessions.start(
            token_hash, account.account_id, limits, started, origin=Origin(), device_label=None
        )

    async def one_is_left() -> bool:
        async with store.engine.connect() as connection:
            return list(await connection.scalars(sa.select(sessions.c.token_hash))) == [b"\x01"]

    async with working(store, {}):
        await eventually(one_is_left, SOON)


async def test_it_removes_registrations_that_nobody_confirmed(store: Store, hirosaki: CoopStore) -> None:
    """A21."""
    chosen = Registration("taro", "a hash", "taro@example.jp", TermsAcceptance("2020-03", NOW))
    for number, kept_until in ((TARO, NOW), (HANAKO, NOW + timedelta(seconds=1))):
        await hirosaki.lifecycle.pend(PendingRegistration(number, AccountKind.MEMBER, chosen, kept_until))

    async def one_is_left() -> bool:
        async with store.engine.connect() as connection:
            return list(await connection.scalars(sa.select(accounts.c.member_number))) == [HANAKO]

    async with working(store, {}):
        await eventually(one_is_left, SOON)


async def test_a_forgotten_id_is_mailed_as_soon_as_it_is_asked_for(store: Store, hirosaki: CoopStore) -> None:
    """A23, A28."""
    assert timedelta(seconds=SOON) < RECOVERY_LOOKED_FOR_EVERY
    new = NewAccount(
        AccountKind.MEMBER, "taro", NOW, "taro@example.jp", email_verified=True, member_number=TARO
    )
    await hirosaki.accounts.add(new, "not a hash")
    asked = NewRecoveryRequest(RecoveryKind.LOGIN_ID, TARO, "taro@example.jp", Origin(), NOW)
    mailer = RememberingMailer()
    async with working(store, {"hirosaki": mailer}):
        await hirosaki.recovery_requests.add(asked)
        await asyncio.wait_for(mailer.was_asked.wait(), SOON)
        await eventually(lambda: all_sent(store), SOON)
    assert [mail.recipient for mail in mailer.sent.values()] == ["taro@example.jp"]


async def test_a_duty_that_fails_is_done_again_when_woken() -> None:
    outcomes: asyncio.Queue[int] = asyncio.Queue()

    async def step() -> bool:
        outcomes.put_nowait(outcomes.qsize())
        raise ConnectionError

    duty, stop = Duty("failing", NEVER, step), asyncio.Event()
    attending = asyncio.create_task(duty.attend(stop))
    await outcomes.get()
    duty.wake()
    await outcomes.get()
    stop.set()
    duty.wake()
    await attending


async def test_a_duty_that_is_woken_while_at_work_looks_once_more() -> None:
    begun, may_end = asyncio.Semaphore(0), asyncio.Semaphore(0)

    async def step() -> bool:
        begun.release()
        await may_end.acquire()
        return False

    duty, stop = Duty("slow", NEVER, step), asyncio.Event()
    attending = asyncio.create_task(duty.attend(stop))
    await begun.acquire()
    duty.wake()
    may_end.release()
    await asyncio.wait_for(begun.acquire(), SOON)
    stop.set()
    duty.wake()
    may_end.release()
    await attending


@pytest.fixture
async def children(logs: Path) -> AsyncIterator[Children]:
    async with Children(logs) as children:
        yield children


def lines_of(file: Path) -> list[str]:
    return file.read_text().split() if file.exists() else []


async def started(children: Children, name: str, url: str, file: Path, *options: str) -> Child:
    program = python_program(name, "tests.store.worker_program", url, str(file), *options)
    return await children.start(program)


async def test_two_worker_processes_never_send_one_mail_twice_and_end_cleanly_on_sigterm(
    store: Store, hirosaki: CoopStore, gateway_database: str, children: Children, tmp_path: Path
) -> None:
    mails = [mail_to() for _ in range(30)]
    workers = [
        await started(children, f"worker-{n}", gateway_database, tmp_path / f"sent-{n}") for n in (1, 2)
    ]
    for mail in mails:
        await hirosaki.outbox.enqueue(mail, NOW, KIND)
    await eventually(lambda: all_sent(store), SOON)
    for worker in workers:
        await children.stop(worker)
        assert worker.ended.result() == 0
    sent = [line for n in (1, 2) for line in lines_of(tmp_path / f"sent-{n}")]
    assert sorted(sent) == sorted(str(mail.mail_id) for mail in mails)


async def test_a_worker_killed_between_sending_and_committing_doubles_no_mail(
    store: Store, hirosaki: CoopStore, gateway_database: str, children: Children, tmp_path: Path
) -> None:
    mail, file = mail_to(), tmp_path / "sent"
    dying = await started(children, "worker-dying", gateway_database, file, "--dies-after-sending")
    await hirosaki.outbox.enqueue(mail, NOW, KIND)
    await asyncio.wait_for(asyncio.shield(dying.ended), SOON)
    assert file.read_text() == str(mail.mail_id)
    assert await states(store) == [MailState.QUEUED]

    await started(children, "worker-next", gateway_database, file)
    await eventually(lambda: all_sent(store), SOON)
    assert file.read_text() == str(mail.mail_id)
