"""The operator's check names what is wrong with a database (docs/operators/connect-a-registry.md)."""

import os
import re
import sys
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE

from structlog.testing import capture_logs

from adapters.registry_sql.checking import Finding, findings
from adapters.registry_sql.connections import open_connections
from adapters.registry_sql.database import Database
from legacy.registry.tables import SEIKYU
from tests.adapters.registry.databases import Clerk, Databases, through

CONNECTED = Finding(True, "connected")
WHOLE = Finding(True, "7 tables with all their columns")


async def found(url: str) -> list[Finding]:
    """What the check finds, with N for the milliseconds."""
    database = Database("registry", open_connections(url, 1, 10.0))
    all_findings = [finding async for finding in findings(database)]
    await database.close()
    return [finding._replace(text=re.sub(r"\d+ ms", "N ms", finding.text)) for finding in all_findings]


async def run(url: str, **environment: str) -> tuple[int | None, str, str]:
    """The check as an operator runs it: exit code, output, error output."""
    command = (sys.executable, "-m", "adapters.registry_sql", url)
    program = await create_subprocess_exec(
        *command, stdout=PIPE, stderr=PIPE, env={**os.environ, **environment}
    )
    output, complaint = await program.communicate()
    return program.returncode, output.decode(), complaint.decode()


async def test_a_good_registry_is_said_to_be_good(driver: str, databases: Databases) -> None:
    questions = ("members", "guardians", "cards", "changes of name", "statements")

    assert await found(through(driver, databases.hokkaido)) == [
        CONNECTED,
        WHOLE,
        *[Finding(True, f"{question} of 60 members in N ms") for question in questions],
    ]


async def test_a_row_that_cannot_be_read_is_counted_and_logged(
    driver: str, own_url: str, clerk: Clerk
) -> None:
    number = await clerk.member()
    await clerk.row(SEIKYU, number, meisai_kensu="007")

    with capture_logs() as logs:
        last = (await found(through(driver, own_url)))[-1]

    assert last == Finding(
        False, "statements of 1 members in N ms, 1 cannot be read (see the log lines above)"
    )
    assert [(log["key"], log["column"]) for log in logs] == [(f"{number} 202004", "meisai_kensu")]


async def test_missing_columns_and_tables_are_named(driver: str, own_url: str, clerk: Clerk) -> None:
    await clerk.execute("ALTER TABLE kumiaiin RENAME COLUMN shimei_kana TO kana")
    await clerk.execute("DROP TABLE henko_uketsuke")

    connected, *flaws = await found(through(driver, own_url))

    assert connected == CONNECTED
    assert [(flaw.is_good, flaw.text.split(": ")[0]) for flaw in flaws] == [
        (False, "henko_uketsuke"),
        (False, "kumiaiin.shimei_kana"),
    ]


async def test_an_empty_registry_is_not_taken_for_a_good_one(own_url: str) -> None:
    assert await found(own_url) == [CONNECTED, WHOLE, Finding(False, "there is no member")]


async def test_a_database_that_is_not_there_is_no_connection() -> None:
    code, output, _ = await run("postgresql://127.0.0.1:1/coop")

    assert code == 1
    assert output.startswith("WRONG no connection: ConnectionRefusedError")


async def test_an_unusable_url_says_how_to_write_it_and_not_the_password() -> None:
    code, _, complaint = await run("postgresql+nix://gateway:very-secret@db/coop")

    assert code == 2
    assert "postgresql+nix://gateway:***@db/coop" in complaint
    assert "install the database's SQLAlchemy dialect" in complaint
