"""The gateway that is attacked: a process of its own, in production mode."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from gateway.demo.processes import Children
from tests.abuse.bystanders import Bystander
from tests.abuse.requests import AS_MEMBER
from tests.abuse.wire import Reply, exchange
from tests.api.asking import Api
from tests.running import SIGNING_KEY
from tests.running.fleet import Fleet

SETTINGS = {
    "GATEWAY_MODE": "production",
    "GATEWAY_SIGNING_KEY": SIGNING_KEY,
    "GATEWAY_DOCUMENTS": "off",
    "GATEWAY_DRAIN_SECONDS": "0",
    "GATEWAY_ADDRESS_REQUESTS_PER_SECOND": "0",
    "GATEWAY_ADDRESS_COST_PER_SECOND": "0",
    "GATEWAY_VIEWER_COST_PER_SECOND": "0",
}
"""With trusted documents nothing of what is sent would be parsed, and rates would soon hold the attacker up."""


@dataclass(frozen=True, slots=True)
class Target:
    """The running gateway, and the session of a member who attacks it."""

    pid: int
    port: int
    token: str
    bystander: Bystander

    async def suffer(self, sent: bytes) -> Reply:
        """What it says to this request, with the member's token in its place."""
        return await exchange(self.port, sent.replace(AS_MEMBER.encode(), f"Bearer {self.token}".encode()))


@asynccontextmanager
async def attacked_gateway(
    database: str, environment: Mapping[str, str], directory: Path
) -> AsyncIterator[Target]:
    """Starts it; `environment` points it at the legacy systems."""
    settings = {**environment, **SETTINGS, "GATEWAY_DATABASE_URL": database}
    async with Children(directory) as children:
        gateway = await Fleet(children, settings).gateway("gateway")
        port = gateway.announced["port"]
        url = f"http://127.0.0.1:{port}"
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60) as client:
            member = await Api(client).signed_in("hirosaki", "hirosaki-taro")
            assert member.token is not None
            yield Target(gateway.pid, port, member.token, Bystander(client))
