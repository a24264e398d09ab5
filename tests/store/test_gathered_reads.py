"""Batch reads of concurrent requests, together (docs/decisions/gathering-in-the-store.md)."""

import asyncio
from contextlib import suppress
from datetime import timedelta

import asyncpg  # type: ignore[import-untyped]
import pytest
import sqlalchemy as sa

from adapters.records import MemberNumber
from gateway.errors import ServiceUnavailable
from gateway.store import CoopStore, Store
from gateway.store.records import Account, AccountKind, Origin, SessionLimits
from tests.running import NOW
from tests.running.eventually import eventually
from tests.store.accounts import HANAKO, NOBODY, TARO, account_of
from tests.store.hearing import HeardLines, locked, until_waiting, waiting

TOKEN, OTHER_TOKEN = b"1" * 32, b"2" * 32
LIMITS = SessionLimits(idle=timedelta(hours=1), absolute=timedelta(days=1))


@pytest.fixture
async def taro(hirosaki: CoopStore) -> Account:
    """A member."""
    return await account_of(hirosaki, TARO)


@pytest.fixture
async def hanako(hirosaki: CoopStore) -> Account:
    """Another."""
    return await account_of(hirosaki, HANAKO)


async def signed_in(store: CoopStore, account: Account, token: bytes) -> None:
    await store.sessions.start(
        token, account.account_id, LIMITS, NOW, origin=Origin("192.0.2.7", "Mozilla"), device_label=None
    )


async def test_what_a_hundred_requests_ask_for_at_once_is_one_statement_and_each_gets_its_own(
    hirosaki: CoopStore, taro: Account, hanako: Account, lines: HeardLines
) -> None:
    asked = [[TARO], [HANAKO, NOBODY], [NOBODY], [TARO, HANAKO]] * 25
    found = await asyncio.gather(*(hirosaki.accounts.of_members(numbers) for numbers in asked))
    whose = {TARO: taro, HANAKO: hanako, NOBODY: None}
    assert found == [{number: whose[number] for number in numbers} for numbers in asked]
    assert len(lines.heard) == 1


async def test_what_is_asked_for_while_a_statement_is_under_way_is_the_next_one(
    store: Store, hirosaki: CoopStore, taro: Account, hanako: Account, lines: HeardLines
) -> None:
    async with locked(store, "accounts") as held:
        first = asyncio.ensure_future(hirosaki.accounts.of_members([TARO]))
        await until_waiting(held, 1)
        others = [asyncio.ensure_future(hirosaki.accounts.of_members([number])) for number in (HANAKO, TARO)]
        await asyncio.sleep(0)
    assert await asyncio.gather(first, *others) == [{TARO: taro}, {HANAKO: hanako}, {TARO: taro}]
    assert len(lines.heard) == 2


async def test_co_ops_are_asked_for_by_themselves(
    hirosaki: CoopStore, hokkaido: CoopStore, taro: Account
) -> None:
    here, elsewhere = await asyncio.gather(
        hirosaki.accounts.of_members([TARO]), hokkaido.accounts.of_members([TARO])
    )
    assert (here, elsewhere) == ({TARO: taro}, {TARO: None})


async def test_within_a_transaction_nothing_is_gathered_and_its_own_writes_are_seen(
    hirosaki: CoopStore, taro: Account, lines: HeardLines
) -> None:
    async with hirosaki.transaction() as within:
        hanako = await account_of(within, HANAKO)
        found = await within.accounts.of_members([TARO, HANAKO])
        assert lines.heard == []
        outside = await hirosaki.accounts.of_members([TARO, HANAKO])
    assert found == {TARO: taro, HANAKO: hanako}
    assert outside == {TARO: taro, HANAKO: None}


async def test_a_caller_who_is_cancelled_cancels_nobody_else(
    store: Store, hirosaki: CoopStore, taro: Account, hanako: Account, lines: HeardLines
) -> None:
    async with locked(store, "accounts") as held:
        leaves, stays = (
            asyncio.ensure_future(hirosaki.accounts.of_members([number])) for number in (TARO, HANAKO)
        )
        await until_waiting(held, 1)
        leaves.cancel()
        await asyncio.gather(leaves, return_exceptions=True)
        assert len(await waiting(held)) == 1
    assert await stays == {HANAKO: hanako}
    assert len(lines.heard) == 1


async def test_a_statement_that_nobody_waits_for_ends_in_the_database_too(
    store: Store, hirosaki: CoopStore, taro: Account
) -> None:
    async with locked(store, "accounts") as held:
        leaves = asyncio.ensure_future(hirosaki.accounts.of_members([TARO]))
        await until_waiting(held, 1)
        leaves.cancel()
        await until_waiting(held, 0)
    assert await hirosaki.accounts.of_members([TARO]) == {TARO: taro}


async def test_when_the_database_goes_away_everybody_waiting_is_told_and_the_next_is_served(
    store: Store, hirosaki: CoopStore, taro: Account
) -> None:
    async with locked(store, "accounts") as held:
        asked = [asyncio.ensure_future(hirosaki.accounts.of_members([TARO])) for _ in range(3)]
        await until_waiting(held, 1)
        (process,) = await waiting(held)
        await held.execute(sa.select(sa.func.pg_terminate_backend(process)))
        failures = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(failure) for failure in failures] == [ServiceUnavailable] * 3
    assert await hirosaki.accounts.of_members([TARO]) == {TARO: taro}


async def test_a_line_that_was_lost_while_nobody_used_it_is_replaced(
    store: Store, hirosaki: CoopStore, taro: Account
) -> None:
    assert await hirosaki.accounts.of_members([TARO]) == {TARO: taro}
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    async with store.engine.begin() as connection:
        await connection.exec_driver_sql(f"{ours} AND pid <> pg_backend_pid()")

    async def served() -> bool:
        with suppress(ServiceUnavailable):  # before the driver has heard of it
            return await hirosaki.accounts.of_members([TARO]) == {TARO: taro}
        return False

    await eventually(served)


async def test_a_store_that_closes_lets_go_of_every_line_once_its_statement_has_ended(
    store: Store, taro: Account, gateway_database: str
) -> None:
    closing = Store.open(gateway_database)
    async with locked(store, "accounts") as held:
        asked = asyncio.ensure_future(closing.of("hirosaki").accounts.of_members([TARO]))
        await until_waiting(held, 1)
        await closing.close()
    assert await asked == {TARO: taro}
    others = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    async def gone() -> bool:
        async with store.engine.connect() as connection:
            return bool((await connection.exec_driver_sql(others)).scalar_one() == 0)

    await eventually(gone)


async def test_a_key_that_no_database_takes_fails_only_its_own_request(
    hirosaki: CoopStore, taro: Account
) -> None:
    nul = MemberNumber("2101\x00")
    well, ill = await asyncio.gather(
        hirosaki.accounts.of_members([TARO]), hirosaki.accounts.of_members([nul]), return_exceptions=True
    )
    assert well == {TARO: taro}
    assert isinstance(ill, asyncpg.PostgresError)


async def test_sessions_of_all_co_ops_are_found_together(
    store: Store, hirosaki: CoopStore, hokkaido: CoopStore, taro: Account, lines: HeardLines
) -> None:
    elsewhere = await account_of(hokkaido, TARO, AccountKind.GUARDIAN)
    await signed_in(hirosaki, taro, TOKEN)
    await signed_in(hokkaido, elsewhere, OTHER_TOKEN)
    found = await asyncio.gather(
        *(store.sessions.find(token, NOW) for token in (TOKEN, OTHER_TOKEN, b"nobody's"))
    )
    assert [each and each[1] for each in found] == [taro, elsewhere, None]
    assert len(lines.heard) == 1


async def test_a_session_that_has_expired_for_one_of_two_askers_is_live_for_the_other(
    store: Store, hirosaki: CoopStore, taro: Account
) -> None:
    await signed_in(hirosaki, taro, TOKEN)
    in_time, too_late = await asyncio.gather(
        store.sessions.find(TOKEN, NOW + LIMITS.idle - timedelta(microseconds=1)),
        store.sessions.find(TOKEN, NOW + LIMITS.idle),
    )
    assert (in_time is not None, too_late) == (True, None)


async def test_a_session_that_was_ended_is_refused_by_the_very_next_request(
    store: Store, hirosaki: CoopStore, taro: Account, lines: HeardLines
) -> None:
    """Also while a statement is under way that left before it was ended."""
    await signed_in(hirosaki, taro, TOKEN)
    async with locked(store, "accounts") as held:
        before = asyncio.ensure_future(store.sessions.find(TOKEN, NOW))
        await until_waiting(held, 1)
        assert await hirosaki.sessions.end_by_token(TOKEN) is not None
        after = asyncio.ensure_future(store.sessions.find(TOKEN, NOW))
        await asyncio.sleep(0)
    await before
    assert await after is None
    assert len(lines.heard) == 2
