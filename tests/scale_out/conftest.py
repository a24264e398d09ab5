"""Three gateways and two workers on one database, and HAProxy before them."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from gateway.demo.processes import Child, Children
from tests.api.asking import Api
from tests.running import SIGNING_KEY, LegacySystems, Postgres
from tests.running.fleet import Fleet
from tests.scale_out.haproxy import haproxy
from tests.scale_out.visitors import Visitors

DRAIN_SECONDS = "1"


@pytest.fixture(scope="module")
async def children(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Children]:
    """The processes."""
    async with Children(tmp_path_factory.mktemp("scale-out")) as running:
        yield running


@pytest.fixture(scope="module")
async def database(postgres: Postgres, seeded_template: str) -> AsyncIterator[str]:
    """The URL of the database that all of them share, with the demo accounts in it."""
    async with postgres.database(seeded_template) as url:
        yield url


@pytest.fixture(scope="module")
def fleet(children: Children, legacy_systems: LegacySystems, database: str, patient_coops_dir: Path) -> Fleet:
    """Starts gateways and workers."""
    settings = {
        "GATEWAY_DATABASE_URL": database,
        "GATEWAY_SIGNING_KEY": SIGNING_KEY,
        "GATEWAY_COOPS_DIR": str(patient_coops_dir),
        "GATEWAY_DEADLINE_SECONDS": "30",
        "GATEWAY_DRAIN_SECONDS": DRAIN_SECONDS,
    }
    return Fleet(children, {**legacy_systems.environment, **settings})


@pytest.fixture(scope="module")
async def gateways(fleet: Fleet) -> list[Child]:
    """Three of them, on ports of their own. A test puts each that it replaces back into the list."""
    return await asyncio.gather(*(fleet.gateway(f"gateway-{number}") for number in (1, 2, 3)))


@pytest.fixture(scope="module")
async def public_client(
    children: Children, gateways: list[Child], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx.AsyncClient]:
    """What members' devices reach: the load balancer."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port: int = unused.getsockname()[1]
    ports = [each.announced["port"] for each in gateways]
    await children.start(haproxy(tmp_path_factory.mktemp("haproxy"), port, ports))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
async def session(public_client: httpx.AsyncClient) -> str:
    """The token of one session, which every gateway honours."""
    member = await Api(public_client).signed_in("hirosaki", "hirosaki-taro")
    assert member.token is not None
    return member.token


@pytest.fixture
def visitors(public_client: httpx.AsyncClient, session: str) -> Visitors:
    """Nobody has asked yet."""
    return Visitors(public_client, session)
