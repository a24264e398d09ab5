"""`python -m legacy.registry` as an operator starts it."""

import asyncio
import json
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest

from tests.running import Postgres


async def started(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "legacy.registry", *arguments, stdout=PIPE, stderr=PIPE
    )


async def refused(*arguments: str) -> str:
    """What a program says that ends with an error of usage."""
    process = await started(*arguments)
    out, err = await process.communicate()
    assert (process.returncode, out) == (2, b"")
    return err.decode()


async def test_load_fills_a_database_and_says_how_fast_on_stderr(tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    process = await started(
        *("load", "--coop", "hokkaido", "--members", "30", "--url", f"sqlite:///{path}"),
        *("--now", "2026-11-20T12:00:00+09:00"),
    )
    out, err = await process.communicate()
    assert (process.returncode, out) == (0, b"")
    assert err.startswith(b"30 members of hokkaido in ")
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT count(*) FROM kumiaiin").fetchone() == (30,)


async def test_the_gate_announces_its_ports_on_one_line_and_ends_cleanly(postgres: Postgres) -> None:
    process = await started("gate", "--upstream", str(postgres.socket_directory))
    assert process.stdout is not None
    word, announced = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().split(" ", 1)
    ports = json.loads(announced)
    connection = await asyncpg.connect(
        host="127.0.0.1", port=ports["port"], user="postgres", database="postgres"
    )
    assert word == "READY"
    assert ports.keys() == {"port", "control_port"}
    assert await connection.fetchval("SELECT 41 + 1") == 42
    process.send_signal(signal.SIGTERM)
    rest, err = await asyncio.wait_for(process.communicate(), 20)
    connection.terminate()
    assert (process.returncode, rest, err) == (0, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("load", "--coop", "nowhere", "--url", "sqlite:///x.db"), "invalid choice: 'nowhere'"),
        (("gate", "--upstream", "nonsense"), "neither HOST:PORT nor the directory of a PostgreSQL socket"),
        (
            ("load", "--coop", "hirosaki", "--members", "0", "--url", "sqlite:///x.db"),
            "'0' is no number of members",
        ),
    ],
)
async def test_a_wrong_argument_is_named(arguments: tuple[str, ...], said: str) -> None:
    assert said in await refused(*arguments)
