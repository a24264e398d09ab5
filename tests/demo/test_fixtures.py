"""The fixtures do what tests rely on: faults clear themselves, stopped programs come back, nothing leaks."""

import httpx
import pytest

from tests.running import LegacySystem, LegacySystems


@pytest.fixture(params=["pos", "mailer"])
def web_system(request: pytest.FixtureRequest, legacy_systems: LegacySystems) -> LegacySystem:
    """Each system of Hirosaki that speaks HTTP."""
    system: LegacySystem = getattr(legacy_systems.hirosaki, request.param)
    return system


async def ping(system: LegacySystem) -> int:
    """Asks it whether it is there, and gives the HTTP status."""
    paths = {"pos": "/klas/ping", "mailer": "/api/ping"}
    async with httpx.AsyncClient(
        base_url=system.url, headers={"X-Api-Key": system.key}, trust_env=False
    ) as client:
        return (await client.get(paths[system.name.removeprefix("hirosaki-")])).status_code


async def test_a_fault_lasts_as_long_as_its_block(web_system: LegacySystem) -> None:
    async with web_system.fault("error"):
        assert await ping(web_system) == 500
    assert await ping(web_system) == 200


async def test_calls_are_counted_from_when_they_were_forgotten(web_system: LegacySystem) -> None:
    await ping(web_system)
    await web_system.forget_calls()
    assert await web_system.calls() == {}
    await ping(web_system)
    assert sum((await web_system.calls()).values()) == 1


async def test_a_stopped_system_cannot_be_reached_and_comes_back_where_it_was(
    web_system: LegacySystem,
) -> None:
    async with web_system.stopped():
        with pytest.raises(httpx.ConnectError):
            await ping(web_system)
    assert await ping(web_system) == 200


async def test_the_gateway_under_test_answers(gateway_client: httpx.AsyncClient) -> None:
    answer = await gateway_client.post("/graphql", json={"query": "{ coops { code } }"})
    assert answer.json() == {"data": {"coops": [{"code": "hirosaki"}, {"code": "hokkaido"}]}}


async def test_the_postbox_starts_empty(legacy_systems: LegacySystems) -> None:
    await legacy_systems.postbox.empty()
    assert await legacy_systems.postbox.mails() == []
