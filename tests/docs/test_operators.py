"""docs/operators/ is true: its SQL runs, the events of the log are those of the code, settings are real ones."""

import re
from collections.abc import AsyncIterator

import asyncpg  # type: ignore[import-untyped]
import pytest
from sqlalchemy import make_url

from gateway.settings import Settings
from gateway.store.migrate import migrate
from tests.docs.markdown import ROOT, blocks
from tests.running import Postgres

GUIDES = sorted(str(page.relative_to(ROOT)) for page in (ROOT / "docs/operators").glob("*.md"))
OF_A_REGISTRY = "docs/operators/connect-a-registry.md"
MAKES_THE_DATABASE = "docs/operators/run.md"
LOGS = re.compile(r"\blog\.(?:info|warning|error|exception)\(\s*\"([^\"]+)\"|_report\(\"([^\"]+)\"")


def sql(page: str) -> list[str]:
    return [block.text for block in blocks(page) if block.language == "sql"]


def test_the_table_of_events_is_that_of_the_code() -> None:
    page = (ROOT / "docs/operators/observe.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"^\| event \|.*?\n\n", page, re.MULTILINE | re.DOTALL)
    modules = [*(ROOT / "gateway").rglob("*.py"), *(ROOT / "adapters").rglob("*.py")]
    logged = {a or b for module in modules for a, b in LOGS.findall(module.read_text(encoding="utf-8"))}
    assert sorted(re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)) == sorted(logged)


@pytest.mark.parametrize("page", GUIDES)
def test_every_setting_named_exists(page: str) -> None:
    named = set(re.findall(r"\bGATEWAY_[A-Z_]+\b", (ROOT / page).read_text(encoding="utf-8")))
    assert named <= {f"GATEWAY_{field.upper()}" for field in Settings.model_fields} | {"GATEWAY_PORT"}


STATEMENTS = [
    (page, text) for page in GUIDES if page not in {OF_A_REGISTRY, MAKES_THE_DATABASE} for text in sql(page)
]


@pytest.mark.parametrize(("page", "statement"), STATEMENTS)
async def test_a_statement_for_the_gateways_database_runs(
    page: str, statement: str, gateway_database: str
) -> None:
    connection = await asyncpg.connect(plain(gateway_database))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def plain(url: str) -> str:
    """SQLAlchemy's URL as asyncpg itself takes it."""
    return url.replace("+asyncpg", "")


@pytest.fixture
async def guided_database(postgres: Postgres) -> AsyncIterator[str]:
    """A database made by the guide's SQL, under a name that no other test has."""
    of_the_server, within = sql(MAKES_THE_DATABASE)
    database = re.compile(r"(?<=DATABASE )gateway\b")
    administrator = await postgres.server.connect()
    for statement in database.sub("guided", of_the_server).strip().splitlines():
        await administrator.execute(statement)
    inside = await postgres.server.connect("guided")
    await inside.execute(database.sub("guided", within))
    await inside.close()
    yield postgres.url("guided")
    await administrator.execute("DROP DATABASE guided WITH (FORCE)")
    await administrator.execute("DROP ROLE gateway, gateway_owner")
    await administrator.close()


async def test_the_process_may_use_the_tables_and_not_change_them(guided_database: str) -> None:
    """E26: who runs as the gateway cannot take the protection off the access log."""
    url = make_url(guided_database)
    await migrate(url.set(username="gateway_owner").render_as_string(hide_password=False))
    of_the_process = url.set(username="gateway").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain(of_the_process))
    try:
        await connection.execute(
            "INSERT INTO access_log (coop, at, action, outcome) VALUES ('hirosaki', now(), 'VIEW', 'ALLOWED')"
        )
        for table in await connection.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
            await connection.fetch(f"SELECT * FROM {table['tablename']}")  # noqa: S608 - names from the catalogue
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="must be owner"):
            await connection.execute("ALTER TABLE access_log DISABLE TRIGGER append_only")
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="append-only"):
            await connection.execute("DELETE FROM access_log")
    finally:
        await connection.close()
