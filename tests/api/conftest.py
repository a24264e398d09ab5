"""The endpoint, for nobody and for the demo's people."""

from collections.abc import AsyncIterator

import httpx
import pytest

from gateway.store import Store
from tests.api.asking import Api


@pytest.fixture
def api(gateway_client: httpx.AsyncClient) -> Api:
    """Nobody is signed in."""
    return Api(gateway_client)


@pytest.fixture
async def taro(api: Api) -> Api:
    """弘前 太郎, a member of Hirosaki with everything."""
    return await api.signed_in("hirosaki", "hirosaki-taro")


@pytest.fixture
async def ichiro(api: Api) -> Api:
    """弘前 一郎, Taro's guardian."""
    return await api.signed_in("hirosaki", "hirosaki-ichiro")


@pytest.fixture
async def hirosaki_staff(api: Api) -> Api:
    """A member of Hirosaki's staff with the roles DESK and OFFICE."""
    return await api.signed_in("hirosaki", "staff-hirosaki")


@pytest.fixture
async def register(api: Api) -> Api:
    """A member of Hirosaki's staff with the role STORE."""
    return await api.signed_in("hirosaki", "store-hirosaki")


@pytest.fixture
async def sapporo(api: Api) -> Api:
    """札幌 一郎, a member of Hokkaido with statements and a digital card."""
    return await api.signed_in("hokkaido", "sapporo@example.jp")


@pytest.fixture
async def hokkaido_staff(api: Api) -> Api:
    """A member of Hokkaido's staff."""
    return await api.signed_in("hokkaido", "staff-hokkaido@example.jp")


@pytest.fixture
async def store(seeded_database: str) -> AsyncIterator[Store]:
    """The gateway's own state, for what no operation does yet."""
    store = Store.open(seeded_database)
    yield store
    await store.close()
