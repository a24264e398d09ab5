"""Which address counts when a proxy stands in front: the one it vouches for, if it is trusted at all (E26)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from gateway.demo.processes import Children
from gateway.demo.program import python_program
from tests.api.asking import Api
from tests.running import LegacySystems

ADDRESSES = "{ viewer { account { sessions { address } } } }"
FORGED = "198.51.100.1"
VOUCHED_FOR = "203.0.113.9"


@asynccontextmanager
async def served(database: str, logs: Path, **environment: str) -> AsyncIterator[Api]:
    """`python -m gateway serve`, as an operator starts it, and a client that claims to be somewhere else."""
    settings = {"GATEWAY_DATABASE_URL": database, "GATEWAY_PORT": "0", **environment}
    program = python_program("serve", "gateway", "serve", environment=settings)
    forwarded = {"X-Forwarded-For": f"{FORGED}, {VOUCHED_FOR}"}
    async with Children(logs) as children:
        child = await children.start(program)
        url = f"http://127.0.0.1:{child.announced['port']}"
        async with httpx.AsyncClient(base_url=url, headers=forwarded, trust_env=False) as client:
            yield Api(client)


@pytest.mark.parametrize(
    ("trusted", "counted"),
    [("127.0.0.1", VOUCHED_FOR), ("192.0.2.99", "127.0.0.1")],
    ids=["a trusted proxy", "somebody else"],
)
async def test_a_forwarded_address_counts_only_from_a_trusted_proxy(
    seeded_database: str, legacy_systems: LegacySystems, tmp_path: Path, trusted: str, counted: str
) -> None:
    """E26: and of what it passes on, only the last hop; whatever a client writes before that is not believed."""
    async with served(seeded_database, tmp_path, FORWARDED_ALLOW_IPS=trusted) as api:
        taro = await api.signed_in("hirosaki", "hirosaki-taro")
        sessions = (await taro.data(ADDRESSES))["viewer"]["account"]["sessions"]
    assert [each["address"] for each in sessions] == [counted]
