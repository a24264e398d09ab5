"""After an instruction no process serves the figures of before, whichever process has carried it out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
import sqlalchemy as sa

from adapters.errors import AdapterError
from adapters.ports import PointOfSale
from adapters.records import MemberNumber
from adapters.upstream import fresh_answers_will_do
from gateway.demo.systems import environment
from gateway.forgetting import forgetting_changed_members
from gateway.store import Store
from gateway.wiring import connect_systems
from tests.adapters.people import HANAKO
from tests.instructions.stage import Stage
from tests.running.eventually import eventually

NOWHERE = {
    "registry": "postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
    "notices": "http://127.0.0.1:1",
    "mailer": "http://127.0.0.1:1",
}


@asynccontextmanager
async def process(stage: Stage, url: str) -> AsyncIterator[PointOfSale]:
    """What a gateway process has of its own: its connections, its memory of the POS, its ear. Gives its POS."""
    coop, store = stage.coop, Store.open(url)
    systems = connect_systems(coop, environment(coop, {**NOWHERE, "pos": stage.system.url}))
    assert systems.pos is not None
    try:
        async with forgetting_changed_members(store, {coop.code: systems}):
            await eventually(lambda: _somebody_listens(store))
            yield systems.pos
    finally:
        await systems.close()
        await store.close()


async def _somebody_listens(store: Store) -> bool:
    return bool(await _listeners(store))


async def _listeners(store: Store) -> list[int]:
    """Those that have been told that they listen."""
    listening = sa.text(
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND query LIKE 'LISTEN%' AND state = 'idle'"
    )
    async with store.engine.connect() as connection:
        return list(await connection.scalars(listening))


async def is_known(pos: PointOfSale, number: MemberNumber) -> bool:
    """Whether it is served though the POS does not answer."""
    try:
        return number in await pos.balances([number])
    except AdapterError:
        return False


async def test_every_process_forgets_a_member_whose_instruction_was_settled_and_nobody_else(
    stage: Stage, gateway_database: str
) -> None:
    number = stage.somebody()
    async with process(stage, gateway_database) as one, process(stage, gateway_database) as other:
        for pos in (one, other):
            await pos.balances([number, HANAKO])
        await stage.transfer(await stage.account(number), number, 200)
        await stage.work()

        async def both_have_forgotten() -> bool:
            return not (await is_known(one, number) or await is_known(other, number))

        async with stage.system.fault("error"):
            await eventually(both_have_forgotten)
            assert await is_known(one, HANAKO)
            assert await is_known(other, HANAKO)


async def is_asked_for(stage: Stage, pos: PointOfSale, number: MemberNumber) -> bool:
    """Whether a look at somebody's lifetime totals reaches the POS, though they were looked at before."""
    await stage.system.forget_calls()
    with fresh_answers_will_do():
        await pos.lifetimes([number])
    return await stage.system.calls() == {"RUIKEI": 1}


async def test_what_is_fresh_is_forgotten_by_every_process_as_well(
    stage: Stage, gateway_database: str
) -> None:
    number = stage.somebody()
    async with process(stage, gateway_database) as one, process(stage, gateway_database) as other:
        for pos in (one, other):
            assert await is_asked_for(stage, pos, number)
            assert await is_asked_for(stage, pos, HANAKO)
            assert not await is_asked_for(stage, pos, number)
        await stage.transfer(await stage.account(number), number, 200)
        await stage.work()
        for pos in (one, other):
            await eventually(partial(is_asked_for, stage, pos, number))
            assert not await is_asked_for(stage, pos, HANAKO)


async def test_a_change_that_is_rolled_back_is_heard_by_nobody(stage: Stage, gateway_database: str) -> None:
    number, changed = stage.somebody(), stage.somebody()
    async with process(stage, gateway_database) as pos:
        await pos.balances([number, changed])

        async def fail() -> None:
            async with stage.store.transaction() as within:
                await within.member_changes.announce(number)
                raise RuntimeError("it was not settled after all")

        with pytest.raises(RuntimeError):
            await fail()
        await stage.store.member_changes.announce(changed)

        async def the_other_is_forgotten() -> bool:
            return not await is_known(pos, changed)

        async with stage.system.fault("error"):
            await eventually(the_other_is_forgotten)
            assert await is_known(pos, number)


async def test_who_could_not_listen_for_a_while_forgets_everything(
    stage: Stage, store: Store, gateway_database: str
) -> None:
    """What was announced meanwhile is lost: nothing that was known before may count."""
    number = stage.somebody()
    async with process(stage, gateway_database) as pos:
        await pos.balances([number])
        async with store.engine.connect() as connection:
            for pid in await _listeners(store):
                await connection.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

        async def forgotten() -> bool:
            return not await is_known(pos, number)

        async with stage.system.fault("error"):
            await eventually(forgotten)
        assert await _somebody_listens(store)


async def test_another_co_ops_member_with_the_same_number_is_not_forgotten(
    stage: Stage, store: Store, gateway_database: str
) -> None:
    number, changed = stage.somebody(), stage.somebody()
    async with process(stage, gateway_database) as pos:
        await pos.balances([number, changed])
        await store.of("hokkaido").member_changes.announce(number)
        await stage.store.member_changes.announce(changed)

        async def the_other_is_forgotten() -> bool:
            return not await is_known(pos, changed)

        async with stage.system.fault("error"):
            await eventually(the_other_is_forgotten)
            assert await is_known(pos, number)
