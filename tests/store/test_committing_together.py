"""What concurrent requests log goes in one statement, and is there before any of them is answered (E26, E27)."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.demo.processes import Children
from gateway.demo.program import python_program
from gateway.errors import ServiceUnavailable
from gateway.store import CoopStore, Store
from gateway.store.records import (
    AccessAction,
    AccessLogQuery,
    AccessOutcome,
    NewAccessLogEntry,
    Origin,
    PersonalDataView,
)
from gateway.store.tables import access_log
from tests.running import NOW
from tests.running.eventually import eventually
from tests.running.fleet import Fleet
from tests.store.accounts import HANAKO, NOBODY, TARO
from tests.store.hearing import HeardLines, locked, until_waiting, waiting

HOME = Origin("192.0.2.7", "Mozilla/5.0")
NUL = MemberNumber("2101\x00")
ENOUGH = 200


def look_at(number: MemberNumber, origin: Origin = HOME) -> NewAccessLogEntry:
    return NewAccessLogEntry(
        NOW, AccessAction.VIEW, AccessOutcome.ALLOWED, origin, account_id=uuid4(), member_number=number
    )


async def logged(store: CoopStore) -> Sequence[MemberNumber | None]:
    """Whose data the entries of a co-op say was looked at, in the order in which they were written."""
    page = await store.access_log.page(AccessLogQuery(limit=1000))
    return [entry.member_number for entry in reversed(page.items)]


async def test_what_requests_of_all_co_ops_log_at_once_is_one_statement(
    hirosaki: CoopStore, hokkaido: CoopStore, lines: HeardLines
) -> None:
    await asyncio.gather(
        hirosaki.access_log.record([look_at(TARO), look_at(HANAKO)]),
        hokkaido.access_log.record([look_at(NOBODY)]),
        hirosaki.access_log.record([look_at(NOBODY)]),
    )
    assert await logged(hirosaki) == [TARO, HANAKO, NOBODY]
    assert await logged(hokkaido) == [NOBODY]
    assert len(lines.heard) == 1


async def test_what_cannot_be_written_fails_its_own_request_as_a_whole_and_no_other(
    hirosaki: CoopStore,
) -> None:
    well, ill, also_well = await asyncio.gather(
        hirosaki.access_log.record([look_at(TARO)]),
        hirosaki.access_log.record([look_at(HANAKO), look_at(NUL)]),
        hirosaki.access_log.record([look_at(NOBODY)]),
        return_exceptions=True,
    )
    assert (well, also_well) == (None, None)
    assert isinstance(ill, asyncpg.DataError)
    assert await logged(hirosaki) == [TARO, NOBODY]


async def test_what_a_client_says_of_itself_is_made_storable_and_cut(hirosaki: CoopStore) -> None:
    said = Origin("a" * 400, "NUL \x00, half a pair \ud800, 日本語")
    await hirosaki.access_log.record([look_at(TARO, said)])
    (entry,) = (await hirosaki.access_log.page(AccessLogQuery(limit=2))).items
    assert entry.origin == Origin("a" * 300, "NUL \ufffd, half a pair ?, 日本語")


async def test_it_is_committed_when_the_request_goes_on(store: Store, hirosaki: CoopStore) -> None:
    """As another process sees it at that moment."""
    async with locked(store, "access_log") as held:
        recording = asyncio.ensure_future(hirosaki.access_log.record([look_at(TARO)]))
        await until_waiting(held, 1)
        assert not recording.done()
    await recording
    async with store.engine.connect() as elsewhere:
        assert list(await elsewhere.scalars(sa.select(access_log.c.member_number))) == [TARO]


async def test_within_a_transaction_it_stands_and_falls_with_it(
    hirosaki: CoopStore, lines: HeardLines
) -> None:
    async with hirosaki.transaction() as within:
        await within.access_log.record([look_at(TARO)])
        assert await logged(hirosaki) == []
    with suppress(ZeroDivisionError):
        async with hirosaki.transaction() as within:
            await within.access_log.record_views(look_at(TARO), [PersonalDataView(HANAKO, ("CARDS",))])
            raise ZeroDivisionError
    assert await logged(hirosaki) == [TARO]
    assert lines.heard == []


async def test_a_client_who_leaves_takes_nobodys_entries_along(store: Store, hirosaki: CoopStore) -> None:
    async with locked(store, "access_log") as held:
        leaves, stays = (
            asyncio.ensure_future(hirosaki.access_log.record([look_at(number)])) for number in (TARO, HANAKO)
        )
        await until_waiting(held, 1)
        leaves.cancel()
        await asyncio.gather(leaves, return_exceptions=True)
    await stays
    assert await logged(hirosaki) == [TARO, HANAKO]


async def test_when_the_database_goes_away_nobody_who_waits_is_told_that_it_is_logged(
    store: Store, hirosaki: CoopStore
) -> None:
    async with locked(store, "access_log") as held:
        recording = [asyncio.ensure_future(hirosaki.access_log.record([look_at(TARO)])) for _ in range(3)]
        await until_waiting(held, 1)
        (process,) = await waiting(held)
        await held.execute(sa.select(sa.func.pg_terminate_backend(process)))
        failures = await asyncio.gather(*recording, return_exceptions=True)
    assert [type(failure) for failure in failures] == [ServiceUnavailable] * 3
    await hirosaki.access_log.record([look_at(HANAKO)])
    assert await logged(hirosaki) == [HANAKO]


@pytest.mark.parametrize("requests", [1, 16])
async def test_a_process_that_is_killed_has_logged_all_that_it_has_answered(
    gateway_database: str, hirosaki: CoopStore, tmp_path: Path, requests: int
) -> None:
    answers = tmp_path / "answers"

    async def enough() -> bool:
        return answers.exists() and answers.read_bytes().count(b"\n") >= ENOUGH

    async with Children(tmp_path) as children:
        program = python_program(
            "recording", "tests.store.recording_program", gateway_database, str(answers), str(requests)
        )
        child = await children.start(program)
        await eventually(enough)
        await Fleet(children, {}).kill(child)
    answered = answers.read_text().splitlines()
    assert len(answered) >= ENOUGH
    assert set(answered) <= set(await logged_in_full(hirosaki))


async def logged_in_full(store: CoopStore) -> Sequence[str]:
    page = await store.access_log.page(AccessLogQuery(limit=1_000_000))
    return [entry.what[0] for entry in page.items]
