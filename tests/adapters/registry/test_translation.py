"""What SQLAlchemy and the drivers raise becomes an `AdapterError`, and tells operators only what they need."""

import pytest
from sqlalchemy import select, text

from adapters.errors import TimedOut, Unavailable
from adapters.records import MemberNumber
from adapters.registry_sql.connections import open_connections
from adapters.registry_sql.database import Database
from adapters.registry_sql.queries import MEMBERS
from adapters.registry_sql.tables import kumiaiin
from tests.adapters.registry.databases import Clerk, Databases, through


async def test_a_statement_the_database_gives_up_is_timed_out(postgresql_databases: Databases) -> None:
    """PostgreSQL is told to stop by itself, even where the gateway is no longer there to tell it."""
    database = Database("test/registry", open_connections(postgresql_databases.hokkaido, 1, 0.1))

    with pytest.raises(TimedOut, match="statement timeout"):
        await database.rows(kumiaiin, (select(text("pg_sleep(60)")), {}))

    await database.close()


async def test_a_refused_statement_is_unavailable_and_names_nobody(
    driver: str, own_url: str, clerk: Clerk
) -> None:
    await clerk.execute("DROP TABLE shussikin")
    database = Database("test/registry", open_connections(through(driver, own_url), 1, 5.0))

    with pytest.raises(Unavailable, match="shussikin") as refusal:
        await database.rows(kumiaiin, MEMBERS.about([MemberNumber("90000001")]))

    assert "90000001" not in str(refusal.value)
    assert "SELECT" not in str(refusal.value)
    assert "90000001" not in str(refusal.value.__cause__)
    await database.close()
