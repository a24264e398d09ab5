"""From `publishNotice` and the POS to the postbox: a worker with everything behind it."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx

from gateway.accounts import Vault
from gateway.coop_config.reading import load_coops
from gateway.store import Store
from gateway.wiring import ADAPTERS, connect_systems
from gateway.worker import Worker
from tests.api.asking import Api
from tests.api.doing import done
from tests.running import SIGNING_KEY, LegacySystems, fixed_clock
from tests.running.eventually import eventually

SOON = 30
"""Seconds; the worker hears of a notice at once, but this machine may be busy."""
MAILING = "{ publishedNotices(first: 1) { edges { node { mailing { queued sent stopped inProgress } } } } }"


@asynccontextmanager
async def working(database: str, coops_dir: Path) -> AsyncIterator[None]:
    """A worker for both co-ops, as its command puts it together."""
    coops, stop, store = load_coops(coops_dir, ADAPTERS), asyncio.Event(), Store.open(database)
    systems = {code: connect_systems(coop, os.environ) for code, coop in coops.items()}
    worker = Worker(
        store,
        {code: each.mailer for code, each in systems.items()},
        {code: each.pos for code, each in systems.items() if each.pos is not None},
        coops,
        Vault(SIGNING_KEY),
        fixed_clock,
        {code: each.registry for code, each in systems.items()},
    )
    run = asyncio.create_task(worker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await run
        for each in systems.values():
            await each.close()
        await store.close()


async def test_notices_and_reminders_arrive_in_the_postbox(
    gateway_client: httpx.AsyncClient,
    seeded_database: str,
    patient_coops_dir: Path,
    legacy_systems: LegacySystems,
) -> None:
    """B15, D8, E23: each once."""
    await legacy_systems.postbox.empty()
    staff = await Api(gateway_client).signed_in("hirosaki", "staff-hirosaki")
    notice: dict[str, Any] = {
        "title": "停電",
        "body": "明日は停電です。",
        "reach": "EVERYONE",
        "alsoByMail": True,
    }

    async def arrived() -> bool:
        subjects = await _subjects(legacy_systems)
        return {"停電", "請求明細ご確認のお願い", "未受取プリペイドのお受け取りのご案内"} <= subjects

    async def all_sent() -> bool:
        (edge,) = (await staff.data(MAILING))["publishedNotices"]["edges"]
        mailing: dict[str, Any] = edge["node"]["mailing"]
        return mailing == {"queued": 4, "sent": 4, "stopped": 0, "inProgress": False}

    async with working(seeded_database, patient_coops_dir):
        await done(staff, "publishNotice", idempotencyKey=str(uuid4()), **notice)
        await eventually(all_sent, SOON)
        await eventually(arrived, SOON)

    mails = await legacy_systems.postbox.mails()
    told = [(tuple(mail["to"]), mail["subject"]) for mail in mails]
    assert len(told) == len(set(told))


async def _subjects(systems: LegacySystems) -> set[str]:
    mails: list[dict[str, Any]] = await systems.postbox.mails()
    return {mail["subject"].partition("】")[2] for mail in mails}
