"""The worker attends to instructions: as soon as they are written down, and until it is told to end."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

from gateway.accounts import Vault
from gateway.store import Store
from gateway.store.records import ChangeRequestKind, ChangeRequestState
from gateway.worker import INSTRUCTIONS_LOOKED_FOR_EVERY, Worker
from tests.instructions.stage import Stage
from tests.running import SIGNING_KEY, fixed_clock
from tests.running.eventually import eventually

SOON = 8.0
"""Seconds: time enough for a busy machine, and less than the worker looks for instructions by itself."""
SUSPENSION = ChangeRequestKind.PICO_SUSPENSION


@asynccontextmanager
async def working(store: Store, stage: Stage) -> AsyncIterator[asyncio.Event]:
    """A worker in this process, until the event is set or the block left."""
    stop, coop = asyncio.Event(), stage.coop
    worker = Worker(store, {}, {coop.code: stage.pos}, {coop.code: coop}, Vault(SIGNING_KEY), fixed_clock)
    running = asyncio.create_task(worker.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        await running


async def is_done(stage: Stage, request_id: UUID) -> bool:
    return (await stage.request(request_id)).state is ChangeRequestState.DONE


async def test_an_instruction_is_carried_out_as_soon_as_it_is_written_down(
    stage: Stage, store: Store
) -> None:
    assert INSTRUCTIONS_LOOKED_FOR_EVERY.total_seconds() > SOON
    number = stage.somebody()
    account = await stage.account(number)
    async with working(store, stage):
        for kind in (SUSPENSION, ChangeRequestKind.PICO_RESUMPTION):
            request_id = await stage.ask(account, number, kind, store_code="101")
            await eventually(partial(is_done, stage, request_id), SOON)


async def test_one_that_takes_its_time_holds_up_no_other_members(stage: Stage, store: Store) -> None:
    slow, other = stage.somebody(), stage.somebody()
    async with stage.system.fault("latency", seconds=3, only=["WPTUKE"]), working(store, stage):
        waiting = await stage.transfer(await stage.account(slow), slow, 200)
        request_id = await stage.ask(await stage.account(other), other, SUSPENSION)
        await eventually(partial(is_done, stage, request_id), SOON)
        assert (await stage.request(waiting)).state is ChangeRequestState.IN_PROGRESS
    assert await is_done(stage, waiting)


async def test_told_to_stop_it_ends_the_instruction_under_way_and_begins_no_other(
    stage: Stage, store: Store
) -> None:
    number = stage.somebody()
    account = await stage.account(number)

    async def was_asked() -> bool:
        return "TEITOU" in await stage.system.calls()

    async with stage.system.fault("latency", seconds=1, only=["TEITOU"]), working(store, stage) as stop:
        first = await stage.ask(account, number, SUSPENSION)
        second = await stage.transfer(account, number, 200)
        await eventually(was_asked)
        stop.set()
    assert await is_done(stage, first)
    assert (await stage.request(second)).state is ChangeRequestState.RECEIVED
