"""The running systems as fixtures: what is costly to start lasts a session, what keeps state a test."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette

import gateway
from gateway.accounts import Vault
from gateway.app import create_app
from gateway.coop import Coop
from gateway.coop_config.reading import load_coops
from gateway.demo.seeding import seed
from gateway.settings import Settings
from gateway.store import Store
from gateway.store.migrate import migrate
from gateway.wiring import ADAPTERS
from tests.api.own_gateway import changed_coops, coops_that_ask_anew
from tests.running import SIGNING_KEY, DemoGateway, LegacySystems, Postgres, fixed_clock
from tests.running.demo import running_demo
from tests.running.legacy import running_legacy_systems
from tests.running.own_pos import OwnPos, running_pos
from tests.running.postgres import running_postgres

COOPS_DIR = Path(gateway.__file__).parent / "coops"


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the started programs log."""
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
async def postgres(logs: Path) -> AsyncIterator[Postgres]:
    """An embedded PostgreSQL of the session."""
    async with running_postgres(logs) as server:
        yield server


@pytest.fixture(scope="session")
async def migrated_template(postgres: Postgres) -> str:
    """The name of a database with the gateway's tables and nothing in them."""
    await migrate(await postgres.create("migrated"))
    return "migrated"


@pytest.fixture
async def gateway_database(postgres: Postgres, migrated_template: str) -> AsyncIterator[str]:
    """The URL of a gateway database of the test's own: migrated, empty."""
    async with postgres.database(migrated_template) as url:
        yield url


@pytest.fixture
async def store(gateway_database: str) -> AsyncIterator[Store]:
    """An empty store in PostgreSQL."""
    store = Store.open(gateway_database)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def coops() -> Mapping[str, Coop]:
    """The co-ops of the product's own files."""
    return load_coops(COOPS_DIR, ADAPTERS)


@pytest.fixture(scope="session")
async def seeded_template(postgres: Postgres, migrated_template: str, coops: Mapping[str, Coop]) -> str:
    """The name of a gateway database with the demo accounts in it."""
    await seed(await postgres.create("seeded", migrated_template), coops, fixed_clock, Vault(SIGNING_KEY))
    return "seeded"


@pytest.fixture
async def seeded_database(postgres: Postgres, seeded_template: str) -> AsyncIterator[str]:
    """The URL of a gateway database of the test's own, with the demo accounts of both co-ops."""
    async with postgres.database(seeded_template) as url:
        yield url


@pytest.fixture(scope="session")
async def legacy_systems(
    postgres: Postgres, coops: Mapping[str, Coop], logs: Path
) -> AsyncIterator[LegacySystems]:
    """The simulated legacy systems of both co-ops; this process's environment points at them.

    It holds the signing key too, so that gateways of a test's own open what the seeded database holds.
    """
    async with running_legacy_systems(postgres, coops, logs) as systems:
        with pytest.MonkeyPatch.context() as environment:
            for name, value in {**systems.environment, "GATEWAY_SIGNING_KEY": SIGNING_KEY}.items():
                environment.setenv(name, value)
            yield systems


@pytest.fixture(scope="session")
async def own_pos(coops: Mapping[str, Coop], logs: Path) -> AsyncIterator[OwnPos]:
    """A POS of Hirosaki for tests that give it instructions."""
    async with running_pos(coops["hirosaki"], logs) as pos:
        yield pos


@pytest.fixture(scope="session")
def unhurried_coops_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's co-op files with longer timeouts: that this machine is busy is no outage."""
    copies = tmp_path_factory.mktemp("unhurried")
    return changed_coops(COOPS_DIR, copies, "timeout_seconds = 1.5", "timeout_seconds = 10.0")


@pytest.fixture(scope="session")
def patient_coops_dir(unhurried_coops_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, but that every screen asks its systems for everything.

    So tests can count calls and change what the systems say.
    """
    return coops_that_ask_anew(unhurried_coops_dir, tmp_path_factory.mktemp("patient"))


@pytest.fixture
async def gateway_app(
    seeded_database: str, legacy_systems: LegacySystems, patient_coops_dir: Path
) -> AsyncIterator[Starlette]:
    """The gateway's application, started, with circuits and memories of its own."""
    settings = Settings(
        database_url=SecretStr(seeded_database), coops_dir=patient_coops_dir, deadline_seconds=30
    )
    app = create_app(settings, clock=fixed_clock)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
async def gateway_client(gateway_app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A client of it, without a network between."""
    transport = httpx.ASGITransport(gateway_app)
    async with httpx.AsyncClient(transport=transport, base_url="https://gateway.test") as client:
        yield client


@pytest.fixture(scope="session")
async def demo_gateway(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[DemoGateway]:
    """The whole demo, as `make run` starts it."""
    async with running_demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo
