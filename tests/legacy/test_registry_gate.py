"""The gate before PostgreSQL: what it counts, and every fault it plays, seen by a real driver."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from legacy.population import Population
from legacy.registry.gate.running import gate
from legacy.registry.gate.upstream import parse_upstream
from legacy.registry.loading import load
from tests.running import NOW, Postgres

MEMBERS = "SELECT kumiaiin_no FROM kumiaiin ORDER BY kumiaiin_no LIMIT 5"
CARDS = "SELECT card_no FROM kumiaiinsho ORDER BY card_no LIMIT 5"
FIRST_FIVE = [f"2101{n:08d}" for n in range(1, 6)]


@dataclass(frozen=True, slots=True)
class Gate:
    """A running gate and its controls."""

    port: int
    control: httpx.AsyncClient

    @asynccontextmanager
    async def connection(self, **options: Any) -> AsyncIterator[Any]:
        connection = await asyncpg.connect(
            host="127.0.0.1", port=self.port, user="postgres", database="gated", **options
        )
        try:
            yield connection
        finally:
            connection.terminate()

    async def play(self, kind: str, **options: object) -> None:
        (await self.control.put("/_faults", json={"fault": kind, **options})).raise_for_status()

    async def play_nothing(self) -> None:
        (await self.control.delete("/_faults")).raise_for_status()

    async def calls(self) -> dict[str, int]:
        counted: dict[str, int] = (await self.control.get("/_calls")).json()
        return counted


@pytest.fixture(scope="module")
async def gated_registry(postgres: Postgres) -> Postgres:
    await load(await postgres.create("gated"), Population("hirosaki", 20, NOW), show_progress=False)
    return postgres


@pytest.fixture
async def registry(gated_registry: Postgres) -> AsyncIterator[Gate]:
    upstream = parse_upstream(str(gated_registry.socket_directory))
    async with gate(upstream, 0, 0) as ports:
        base_url = f"http://127.0.0.1:{ports['control_port']}"
        async with httpx.AsyncClient(base_url=base_url, trust_env=False) as control:
            port = ports["port"]
            assert isinstance(port, int)
            yield Gate(port, control)


async def numbers(connection: Any) -> list[str]:
    return [row["kumiaiin_no"].rstrip() for row in await connection.fetch(MEMBERS)]


async def test_statements_pass_through_and_are_counted_by_table(registry: Gate) -> None:
    async with registry.connection() as connection:
        assert await numbers(connection) == FIRST_FIVE
        await connection.fetch(CARDS)
        await connection.fetch(CARDS)
        await connection.fetchval("SELECT 1")
    assert await registry.calls() == {"KUMIAIIN": 1, "KUMIAIINSHO": 2, "OTHER": 1}


async def test_a_statement_executed_twice_counts_twice_though_it_was_prepared_once(registry: Gate) -> None:
    async with registry.connection() as connection:
        prepared = await connection.prepare("SELECT shimei_kana FROM kumiaiin WHERE kumiaiin_no = $1")
        assert (await prepared.fetchval("210100000001")).rstrip() == "ﾋﾛｻｷ ﾀﾛｳ"
        assert (await prepared.fetchval("210100000002")).rstrip() == "ﾂｶﾞﾙ ﾊﾅｺ"
    assert await registry.calls() == {"KUMIAIIN": 2}


async def test_a_join_counts_once_under_the_first_table_it_names(registry: Gate) -> None:
    async with registry.connection() as connection:
        await connection.fetch("WITH s AS (SELECT * FROM seikyu) SELECT 1 FROM s, SEIKYU_MEISAI, kumiaiin")
    assert await registry.calls() == {"SEIKYU": 1}


async def test_keeping_a_session_is_not_counted(registry: Gate) -> None:
    async with registry.connection() as connection:
        async with connection.transaction():
            await connection.execute("SET LOCAL statement_timeout = 1000")
            await connection.execute("SELECT count(*) FROM hogosha")
        await connection.execute("ROLLBACK")
    assert await registry.calls() == {"HOGOSHA": 1}


async def test_the_count_can_be_forgotten(registry: Gate) -> None:
    async with registry.connection() as connection:
        await numbers(connection)
        await registry.control.delete("/_calls")
        assert await registry.calls() == {}


async def test_sqlalchemy_works_through_the_gate(registry: Gate) -> None:
    engine = create_async_engine(f"postgresql+asyncpg://postgres@127.0.0.1:{registry.port}/gated")
    async with engine.connect() as connection:
        rows = (await connection.execute(text(MEMBERS))).scalars().all()
    await engine.dispose()
    assert [row.rstrip() for row in rows] == FIRST_FIVE
    assert (await registry.calls())["KUMIAIIN"] == 1


async def test_a_client_that_would_like_encryption_is_told_that_there_is_none(registry: Gate) -> None:
    async with registry.connection(ssl="prefer") as connection:
        assert await numbers(connection) == FIRST_FIVE


@pytest.mark.parametrize("request_code", [80877103, 80877104])
async def test_a_request_for_encryption_is_answered_with_n(registry: Gate, request_code: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", registry.port)
    writer.write((8).to_bytes(4, "big") + request_code.to_bytes(4, "big"))
    assert await reader.readexactly(1) == b"N"
    writer.close()
    await writer.wait_closed()


async def test_a_statement_is_cancelled_through_the_gate(registry: Gate) -> None:
    async with registry.connection() as connection:
        with pytest.raises(TimeoutError):
            await connection.execute("SELECT pg_sleep(60)", timeout=0.2)
        assert await asyncio.wait_for(connection.fetchval("SELECT 1"), 10) == 1


async def test_partial_leaves_out_every_second_row_and_keeps_the_count_in_the_tag(registry: Gate) -> None:
    async with registry.connection() as connection:
        await registry.play("partial")
        prepared = await connection.prepare(MEMBERS)
        rows = await prepared.fetch()
        assert [row["kumiaiin_no"].rstrip() for row in rows] == FIRST_FIVE[::2]
        assert prepared.get_statusmsg() == "SELECT 5"
        await registry.play_nothing()
        assert await numbers(connection) == FIRST_FIVE


async def test_garbled_gives_bytes_that_cannot_be_read(registry: Gate) -> None:
    async with registry.connection() as connection:
        await registry.play("garbled")
        with pytest.raises(UnicodeDecodeError):
            await numbers(connection)
        await registry.play_nothing()
        assert await numbers(connection) == FIRST_FIVE


async def test_truncated_breaks_the_answer_off_half_way(registry: Gate) -> None:
    async with registry.connection() as connection:
        await registry.play("truncated")
        with pytest.raises(asyncpg.ConnectionDoesNotExistError):
            await numbers(connection)
        assert connection.is_closed()


async def test_latency_answers_after_the_given_seconds(registry: Gate) -> None:
    async with registry.connection() as connection:
        await registry.play("latency", seconds=0.3)
        began = asyncio.get_running_loop().time()
        assert await numbers(connection) == FIRST_FIVE
        assert asyncio.get_running_loop().time() - began >= 0.3


async def test_timeout_takes_the_statement_and_never_answers(registry: Gate) -> None:
    async with registry.connection() as connection:
        await registry.play("timeout", only=["KUMIAIIN"])
        with pytest.raises(TimeoutError):
            await connection.fetch(MEMBERS, timeout=0.3)


async def test_timeout_lets_clients_in_and_never_greets_them(registry: Gate) -> None:
    await registry.play("timeout")
    with pytest.raises(TimeoutError):
        async with registry.connection(timeout=0.3):
            pass


async def test_error_cuts_connections_that_exist_and_refuses_new_ones(registry: Gate) -> None:
    async with registry.connection() as connection:
        await numbers(connection)
        await registry.play("error")
        with pytest.raises((asyncpg.ConnectionDoesNotExistError, asyncpg.InterfaceError, OSError)):
            await numbers(connection)
        with pytest.raises((asyncpg.PostgresConnectionError, OSError)):
            async with registry.connection():
                pass
        assert await registry.calls() == {"KUMIAIIN": 1}
        await registry.play_nothing()
        async with registry.connection() as another:
            assert await numbers(another) == FIRST_FIVE


async def test_error_only_for_one_table_cuts_the_connection_that_asks_for_it(registry: Gate) -> None:
    await registry.play("error", only=["KUMIAIINSHO"])
    async with registry.connection() as connection:
        assert await numbers(connection) == FIRST_FIVE
        with pytest.raises((asyncpg.ConnectionDoesNotExistError, OSError)):
            await connection.fetch(CARDS)


async def test_a_fault_befalls_only_the_tables_it_names(registry: Gate) -> None:
    await registry.play("partial", only=["KUMIAIINSHO"])
    async with registry.connection() as connection:
        assert await numbers(connection) == FIRST_FIVE
        assert len(await connection.fetch(CARDS)) == 3


async def test_a_fault_wears_off_after_the_given_number_of_statements(registry: Gate) -> None:
    await registry.play("partial", times=2)
    async with registry.connection() as connection:
        assert [len(await connection.fetch(MEMBERS)) for _ in range(3)] == [3, 3, 5]
    assert (await registry.control.get("/_faults")).json() == {}


async def test_a_fault_the_registry_does_not_know_is_refused(registry: Gate) -> None:
    answer = await registry.control.put("/_faults", json={"fault": "closed"})
    assert answer.status_code == 400
    assert "latency" in answer.text


async def test_a_database_that_is_down_ends_the_connection() -> None:
    async with gate(parse_upstream("127.0.0.1:1"), 0, 0) as ports:
        with pytest.raises((asyncpg.PostgresConnectionError, OSError)):
            await asyncpg.connect(host="127.0.0.1", port=ports["port"], user="postgres", database="gated")
