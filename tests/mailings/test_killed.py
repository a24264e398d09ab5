"""A worker that is killed in the middle: nobody is skipped, nobody is mailed twice."""

import asyncio
from contextlib import suppress

import pytest

from adapters.records import Member, MemberNumber, MemberStatus
from gateway.mailings.rounds import BATCH
from gateway.store.records import MailKind, MailState
from tests.mailings.office import Office
from tests.running import LegacySystems
from tests.running.eventually import eventually

KIND = MailKind.LOW_BALANCE
MEMBERS = [f"2101{index:08d}" for index in range(20, 20 + BATCH + 20)]


@pytest.fixture
async def many(hirosaki: Office) -> Office:
    """More members than one batch, all of whom are to be mailed."""
    for number in MEMBERS:
        await hirosaki.wants(await hirosaki.account(number), below=10_000_000)
    return hirosaki


async def expected(office: Office) -> list[str]:
    """Who of them is to be mailed: nobody who has left (E22)."""
    members = await office.systems.registry.members([MemberNumber(number) for number in MEMBERS])
    return [number for number in MEMBERS if _is_here(members.of(MemberNumber(number)))]


def _is_here(member: Member | None) -> bool:
    return member is not None and member.status is not MemberStatus.WITHDRAWN


async def killed_after(office: Office, turns: int) -> None:
    """A worker that is killed after so many turns of the event loop."""
    working = asyncio.create_task(office.do_what_is_due())
    for _ in range(turns):
        await asyncio.sleep(0)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


async def mailed(office: Office) -> list[str]:
    """Whom all the mails went to, which leave as they are queued."""
    while await office.store.outbox.due_to_many(office.watch.now) >= BATCH:
        queued = await office.store.outbox.take(office.watch.now)
        assert queued is not None
        await office.store.outbox.settle(queued.mail.mail_id, MailState.SENT, office.watch.now)
    return await office.recipients(KIND)


async def test_killed_at_any_moment_everybody_is_mailed_once_in_the_end(many: Office) -> None:
    for turns in (10, 100, 300, 1_000, 3_000, 10_000, 30_000, 30, 3_000, 900):
        await killed_after(many, turns)
        assert len(set(await many.recipients(KIND))) == len(await many.recipients(KIND))
    for _ in range(2):
        await many.do_what_is_due()
        await mailed(many)
    await many.do_what_is_due()
    assert await mailed(many) == await expected(many)


async def test_killed_while_the_pos_is_asked_nothing_is_noted(
    many: Office, legacy_systems: LegacySystems
) -> None:
    """The mails, who got them and the place in the walk are one transaction."""
    pos = legacy_systems.hirosaki.pos
    await pos.forget_calls()

    async def asked() -> bool:
        return "ZANDAKA" in await pos.calls()

    async with pos.fault("timeout", only=["ZANDAKA"]):
        working = asyncio.create_task(many.do_what_is_due())
        await eventually(asked)
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working
    assert await many.recipients(KIND) == []
    assert (await many.due_at(KIND)) == many.watch.now

    async with many.restarted() as next_worker:
        await next_worker.do_what_is_due()
        assert await mailed(next_worker) == await expected(next_worker)


async def test_two_workers_at_once_mail_everybody_once(many: Office) -> None:
    for _ in range(2):
        await asyncio.gather(*(many.do_what_is_due() for _ in range(3)))
        await mailed(many)
    await many.do_what_is_due()
    assert await mailed(many) == await expected(many)
