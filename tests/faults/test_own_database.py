"""The gateway's own database is stuck, or away: one clear error by the deadline, and all is well again afterwards."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import httpx
import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from gateway.settings import Settings
from tests.api.asking import SIGN_IN, Api
from tests.api.own_gateway import running_gateway
from tests.conftest import COOPS_DIR
from tests.faults.gateways import patient_but_for
from tests.faults.screens import HIROSAKI_HOME
from tests.running import LegacySystems, Postgres

AWAY = {
    "errors": [
        {
            "message": "ただいまサービスをご利用いただけません。時間をおいて、もう一度お試しください。",
            "extensions": {"code": "SERVICE_UNAVAILABLE"},
        }
    ]
}
DEADLINE = 4.0
"""Seconds: more than a busy machine takes for a screen, and less than these tests want to wait."""
CONNECTIONS = 10
"""Of a gateway to its database."""


@pytest.fixture
async def hurried(seeded_database: str, legacy_systems: LegacySystems, tmp_path: Path) -> AsyncIterator[Api]:
    """A gateway whose requests may take so long, and no longer."""
    settings = Settings(
        database_url=SecretStr(seeded_database),
        coops_dir=patient_but_for((), DEADLINE, COOPS_DIR, tmp_path),
        deadline_seconds=DEADLINE,
    )
    async with running_gateway(settings) as api:
        yield api


@asynccontextmanager
async def plain_connection(url: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """A connection to the database that is nobody's else."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def locked(url: str, table: str) -> AsyncIterator[None]:
    """Nobody else gets at the table for as long as the block lasts."""
    async with plain_connection(url) as connection, connection.transaction():
        await connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


@asynccontextmanager
async def frozen(url: str) -> AsyncIterator[None]:
    """The server's processes for this database stand still for as long as the block lasts."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    async with plain_connection(url) as connection:
        pids = [row["pid"] for row in await connection.fetch(others)]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def away(postgres: Postgres, url: str) -> AsyncIterator[None]:
    """The database lets nobody in for as long as the block lasts."""
    name = sa.make_url(url).database
    async with plain_connection(postgres.url("postgres")) as connection:
        await connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
        )
        try:
            yield
        finally:
            await connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def assert_it_says_so(response: httpx.Response) -> None:
    assert (response.status_code, response.json()) == (503, AWAY)


async def assert_all_is_well(person: Api, healthy: Mapping[str, Any]) -> None:
    answer = await HIROSAKI_HOME.seen_by(person)
    assert (answer.data, answer.errors) == (healthy["hirosaki home"], [])


async def test_a_database_that_stands_still_costs_the_request_and_not_the_next(
    hurried: Api, seeded_database: str, healthy: Mapping[str, Any]
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(hurried)
    await assert_all_is_well(taro, healthy)
    async with frozen(seeded_database):
        response = await HIROSAKI_HOME.response_to(taro)
    assert_it_says_so(response)
    await assert_all_is_well(taro, healthy)


async def test_more_requests_than_connections_wait_for_no_connection_beyond_the_deadline(
    hurried: Api, seeded_database: str, healthy: Mapping[str, Any]
) -> None:
    """The locked table is asked first: the requests hold all connections, and the others wait for one."""
    taro = await HIROSAKI_HOME.for_whom_it_is(hurried)
    async with locked(seeded_database, "sessions"):
        responses = await asyncio.gather(*(HIROSAKI_HOME.response_to(taro) for _ in range(CONNECTIONS + 5)))
    for response in responses:
        assert_it_says_so(response)
    await assert_all_is_well(taro, healthy)


async def test_what_was_seen_and_cannot_be_logged_is_not_answered(
    hurried: Api, seeded_database: str, healthy: Mapping[str, Any]
) -> None:
    """E26."""
    taro = await HIROSAKI_HOME.for_whom_it_is(hurried)
    async with locked(seeded_database, "access_log"):
        response = await HIROSAKI_HOME.response_to(taro)
    assert_it_says_so(response)
    await assert_all_is_well(taro, healthy)


async def test_signing_in_ends_by_the_deadline_and_works_afterwards(
    hurried: Api, seeded_database: str
) -> None:
    taro = {"coop": "hirosaki", "identifier": "hirosaki-taro", "password": "demo-coop-2026"}
    async with locked(seeded_database, "accounts"):
        response = await hurried.post(SIGN_IN, **taro)
    assert_it_says_so(response)
    assert (await hurried.data(SIGN_IN, **taro))["signIn"]["errors"] == []


async def test_a_database_that_is_away_is_told_at_once_and_is_used_again_when_it_is_back(
    hurried: Api, postgres: Postgres, seeded_database: str, healthy: Mapping[str, Any]
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(hurried)
    async with away(postgres, seeded_database):
        responses = [await HIROSAKI_HOME.response_to(taro) for _ in range(3)]
        ready = await hurried.client.get("/readyz")
    for response in responses:
        assert_it_says_so(response)
    assert (ready.status_code, ready.json()["database"]) == (503, False)
    await assert_all_is_well(taro, healthy)
