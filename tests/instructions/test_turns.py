"""Who does what when: each member's requests in their order, workers side by side, and workers that are gone."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from adapters.records import SuspendPico
from gateway.instructions.carrying_out import CLAIMED_FOR
from gateway.store.records import ChangeRequestKind, ChangeRequestState
from tests.instructions.conftest import RETRIES
from tests.instructions.stage import Stage
from tests.running import NOW
from tests.running.eventually import eventually

SUSPENSION = ChangeRequestKind.PICO_SUSPENSION
RESUMPTION = ChangeRequestKind.PICO_RESUMPTION


async def states(stage: Stage, *ids: UUID) -> list[str]:
    return [(await stage.request(each)).state.value for each in ids]


async def working(stage: Stage, workers: int) -> None:
    """So many workers at once, until there is nothing due."""
    await asyncio.gather(*(stage.work() for _ in range(workers)))


async def test_a_members_requests_are_carried_out_in_the_order_they_were_made(stage: Stage) -> None:
    number = stage.somebody()
    account = await stage.account(number)
    asked = []
    for _ in range(4):
        asked.append(await stage.ask(account, number, SUSPENSION))
        asked.append(await stage.ask(account, number, RESUMPTION, store_code="101"))
    await working(stage, 4)
    while await stage.work():
        pass
    assert await states(stage, *asked) == ["DONE"] * 8, "in any other order one of them is rejected"


async def test_a_later_request_waits_while_an_earlier_one_of_the_same_member_is_not_settled(
    stage: Stage,
) -> None:
    number, other = stage.somebody(), stage.somebody()
    account = await stage.account(number)
    first = await stage.transfer(account, number, 200)
    second = await stage.ask(account, number, SUSPENSION)
    others = await stage.ask(await stage.account(other), other, SUSPENSION)
    async with stage.system.fault("garbled", only=["WPTUKE"]):
        await stage.work()
    assert await states(stage, first, second, others) == ["IN_PROGRESS", "RECEIVED", "DONE"]
    stage.watch.now += RETRIES.first
    assert await stage.work() == 2
    assert await states(stage, first, second) == ["DONE", "DONE"]


async def test_what_waits_for_staff_holds_up_nothing(stage: Stage) -> None:
    """D1: a lost card cannot wait for somebody to look at a transfer."""
    number = stage.somebody()
    account = await stage.account(number)
    stuck = await stage.transfer(account, number, 200)
    await stage.pos.instruct(stuck, SuspendPico(stage.somebody(), None))
    later = await stage.ask(account, number, SUSPENSION)
    assert await stage.work() == 2
    assert await states(stage, stuck, later) == ["NEEDS_ATTENTION", "DONE"]


async def test_workers_side_by_side_do_each_request_once(stage: Stage) -> None:
    numbers = [stage.somebody() for _ in range(10)]
    before = [await stage.web_points(number) for number in numbers]
    for number in numbers:
        account = await stage.account(number)
        for _ in range(2):
            await stage.transfer(account, number, 200)
    await working(stage, 6)
    while await stage.work():
        pass
    after = [await stage.web_points(number) for number in numbers]
    assert [had - has for had, has in zip(before, after, strict=True)] == [400] * 10
    calls = await stage.system.calls()
    assert calls["WPTUKE"] == 20
    assert "SHOKAI" not in calls


async def cut_off(stage: Stage) -> None:
    """A worker is gone in the middle: the POS has the instruction, and its answer reaches nobody."""

    async def was_asked() -> bool:
        return "WPTUKE" in await stage.system.calls()

    async with stage.system.fault("timeout", only=["WPTUKE"]):
        worker = asyncio.create_task(stage.worker.carry_out_next())
        await eventually(was_asked)
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


async def test_what_a_worker_had_in_hand_when_it_was_cut_off_another_one_takes_over(stage: Stage) -> None:
    number = stage.somebody()
    before = await stage.web_points(number)
    request_id = await stage.transfer(await stage.account(number), number, 200)
    await cut_off(stage)
    assert (await stage.request(request_id)).state is ChangeRequestState.IN_PROGRESS
    stage.watch.now += CLAIMED_FOR - timedelta(seconds=1)
    assert await stage.work() == 0, "the other one may be alive"
    stage.watch.now += timedelta(seconds=1)
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    assert (await stage.system.calls())["SHOKAI"] == 1, "it may have arrived"
    assert await stage.web_points(number) == before - 200


async def test_a_worker_that_took_too_long_settles_nothing_that_another_has_taken_over(stage: Stage) -> None:
    number = stage.somebody()
    request_id = await stage.ask(await stage.account(number, email="a@example.jp"), number, SUSPENSION)
    journal = stage.store.journal
    slow = await journal.claim(NOW, NOW + CLAIMED_FOR)
    assert slow is not None
    stage.watch.now += CLAIMED_FOR
    fast = await journal.claim(stage.watch.now, stage.watch.now + CLAIMED_FOR)
    assert fast == replace(slow, attempts=2)
    assert await journal.settle(slow, ChangeRequestState.REJECTED, NOW, "おそい") is None
    assert await journal.give_up(slow) is None
    await journal.postpone(slow, NOW)
    assert await journal.settle(fast, ChangeRequestState.DONE, NOW, None) is not None
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE


async def test_a_request_whose_attempts_all_end_nowhere_is_left_to_staff(stage: Stage) -> None:
    """Such as one that kills every worker: it must not come back for ever."""
    number = stage.somebody()
    request_id = await stage.ask(await stage.account(number), number, SUSPENSION)
    for _ in range(RETRIES.limit):
        assert await stage.store.journal.claim(stage.watch.now, stage.watch.now + CLAIMED_FOR)
        stage.watch.now += CLAIMED_FOR
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.NEEDS_ATTENTION
