"""The contract suite's registries, on every engine."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from adapters.ports import MemberRegistry
from tests.adapters.registry.databases import Clerk, Databases, filled, registry_at, through
from tests.running import Postgres

DRIVERS = ("postgresql+asyncpg", "sqlite+aiosqlite", "sqlite+pysqlite")
"""Two engines, and a driver that knows nothing of asyncio."""


@pytest.fixture(scope="session")
async def postgresql_databases(postgres: Postgres) -> Databases:
    names = ("contract_hirosaki", "contract_hokkaido", "contract_for_clerks")
    return await filled(Databases(*[await postgres.create(name) for name in names]))


@pytest.fixture(scope="session")
async def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    directory = tmp_path_factory.mktemp("registries")
    names = ("hirosaki", "hokkaido", "for_clerks")
    return await filled(Databases(*[f"sqlite+aiosqlite:///{directory}/{name}.db" for name in names]))


@pytest.fixture(params=DRIVERS)
def driver(request: pytest.FixtureRequest) -> str:
    """One driver after the other."""
    name: str = request.param
    return name


@pytest.fixture
def databases(driver: str, postgresql_databases: Databases, sqlite_databases: Databases) -> Databases:
    """The registries on the driver's engine."""
    return postgresql_databases if driver.startswith("postgresql") else sqlite_databases


@pytest.fixture
async def hirosaki(driver: str, databases: Databases) -> AsyncIterator[MemberRegistry]:
    """The university co-op's registry as the loader fills it."""
    registry = registry_at(through(driver, databases.hirosaki))
    yield registry
    await registry.close()


@pytest.fixture
async def hokkaido(driver: str, databases: Databases) -> AsyncIterator[MemberRegistry]:
    """The school co-op's registry as the loader fills it."""
    registry = registry_at(through(driver, databases.hokkaido))
    yield registry
    await registry.close()


@pytest.fixture
async def own_url(databases: Databases, postgres: Postgres, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a registry of the test's own."""
    original = make_url(databases.for_clerks)
    assert original.database is not None
    if original.get_backend_name() == "postgresql":
        async with postgres.database(template=original.database) as url:
            yield url
    else:
        yield f"sqlite+aiosqlite:///{shutil.copy(original.database, tmp_path)}"


@pytest.fixture
async def by_hand(driver: str, own_url: str) -> AsyncIterator[MemberRegistry]:
    """A registry that holds what the `clerk` writes into it."""
    registry = registry_at(through(driver, own_url))
    yield registry
    await registry.close()


@pytest.fixture
async def clerk(own_url: str) -> AsyncIterator[Clerk]:
    """Writes into the registry `by_hand`."""
    clerk = Clerk(own_url)
    yield clerk
    await clerk.close()
