"""Forgetting what is last known of members who have changed, whichever process has changed them.

Reads fall back to what a system said last (architecture, rule 6). After an instruction that would be the figures of
before: so whoever settles one announces the member, and every process that remembers figures listens.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import structlog

from gateway.store import Store
from gateway.store.member_changes import MEMBERS, ChangedMember
from gateway.store.wakeups import listen
from gateway.systems import Systems

log = structlog.get_logger()

LISTENS_AGAIN_AFTER = timedelta(seconds=2)


@asynccontextmanager
async def forgetting_changed_members(store: Store, systems: Mapping[str, Systems]) -> AsyncIterator[None]:
    """Listens while inside. `systems` are by co-op code."""
    listening = asyncio.create_task(_listen_again_and_again(store, systems))
    try:
        yield
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


async def _listen_again_and_again(store: Store, systems: Mapping[str, Systems]) -> None:
    while True:
        try:
            await listen(store.engine, MEMBERS, lambda payload: _hear(systems, payload))
        except Exception:  # the database may be away: the process stays, and listens when it is back
            log.exception("not_listening", channel=MEMBERS)
        await asyncio.sleep(LISTENS_AGAIN_AFTER.total_seconds())


def _hear(systems: Mapping[str, Systems], payload: str) -> None:
    if not payload:
        # It begins to listen: what was announced while nobody listened is lost, so nothing from before counts.
        for connected in systems.values():
            connected.forget_everybody()
        return
    changed = ChangedMember.heard(payload)
    if changed.coop_code in systems:
        systems[changed.coop_code].forget(changed.member_number)
