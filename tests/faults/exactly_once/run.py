"""One run: people ask, chaos reigns, peace comes, and the books are compared."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
import sqlalchemy as sa

from gateway.store import Store
from gateway.store.member_changes import MEMBERS
from gateway.store.outbox import CHANNEL
from gateway.store.records import ChangeRequestState
from gateway.store.tables import change_requests
from gateway.store.wakeups import listen
from tests.faults.exactly_once.chaos import Chaos
from tests.faults.exactly_once.figures import Figures, Plan, Times
from tests.faults.exactly_once.intentions import Intentions, intentions_of
from tests.faults.exactly_once.ledger import read_ledger
from tests.faults.exactly_once.people import COOP, money_of, people_at, point_of_sale, signed_in
from tests.faults.exactly_once.progress import Progress
from tests.faults.exactly_once.reckoning import Records, discrepancies, read_journal
from tests.faults.exactly_once.senders import Senders
from tests.faults.exactly_once.world import Ground, World, running_world
from tests.running.eventually import eventually

SETTLED_IN_CHAOS = 0.8
"""The part of the accepted requests that is settled while things go wrong."""
SETTLED_WITHIN = 300.0
"""Seconds after peace: retries come at most 5 minutes apart, and a killed worker's claim lasts 20 seconds."""


async def run(plan: Plan, ground: Ground, directory: Path) -> Figures:
    """Everything, from the start of the processes to their end."""
    async with running_world(ground, directory) as world, aiohttp.ClientSession() as http:
        return await _run(plan, ground, world, http)


async def _run(plan: Plan, ground: Ground, world: World, http: aiohttp.ClientSession) -> Figures:
    pos, rng = point_of_sale(world.pos.url), Random(plan.seed)  # noqa: S311 - dice that can be thrown again
    people = await people_at(pos, ground.members, plan.people)
    senders = Senders(world.gateways, await signed_in(world.store, people), Progress(), http, rng)
    chaos = Chaos(world.gateways, world.workers, world.pos, senders.progress, http, rng, plan.every)
    before = await money_of(pos, [person.number for person in people])
    times = await _play(world, senders, chaos, intentions_of(people, plan.instructions, rng))
    after = await money_of(pos, list(before))
    await pos.close()
    journal = await read_journal(world.store)
    records = Records(senders.sent, journal, read_ledger(world.ledger), before, after)
    states = Counter(each.state for each in journal)
    return Figures(
        plan=plan,
        accepted=senders.accepted(),
        refused=len(senders.sent) - senders.accepted(),
        done=states[ChangeRequestState.DONE],
        rejected=states[ChangeRequestState.REJECTED],
        resends=senders.resends,
        hung_up=senders.hung_up,
        kills=world.kills(),
        faults=chaos.faults,
        times=times,
        discrepancies=[*senders.contradictions, *discrepancies(records)],
    )


async def _play(world: World, senders: Senders, chaos: Chaos, intentions: Intentions) -> Times:
    """People ask while chaos reigns, until most of it is settled; then there is peace, and the rest is settled."""
    started = time.monotonic()
    async with _meanwhile(_note_settlements(world.store, senders.progress), chaos.reign()):
        await senders.send_all(intentions)
        await senders.progress.reached(len(senders.sent) + int(senders.accepted() * SETTLED_IN_CHAOS))
    peace = time.monotonic()
    await chaos.peace()
    with suppress(TimeoutError):  # the reckoning tells what is not
        await eventually(lambda: _all_settled(world.store), within=SETTLED_WITHIN)
    return Times(chaos=peace - started, peace=time.monotonic() - peace)


@asynccontextmanager
async def _meanwhile(*doings: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """These go on inside, and are cancelled in the end; one that fails makes all of it fail."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(doing) for doing in doings]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


async def _note_settlements(store: Store, progress: Progress) -> None:
    """Every request that is settled is a step forward, as the database announces it."""
    await listen(store.engine, MEMBERS, lambda payload: progress.note() if payload else None)


async def _all_settled(store: Store) -> bool:
    """Wakes the workers, which else look every ten seconds, and looks whether there is nothing left to do."""
    waiting = sa.select(sa.func.count()).where(
        change_requests.c.coop == COOP, change_requests.c.next_attempt_at.is_not(None)
    )
    async with store.engine.begin() as connection:
        await connection.execute(sa.select(sa.func.pg_notify(CHANNEL, COOP)))
        return (await connection.execute(waiting)).scalar_one() == 0
