"""Frontends of other origins: those on the list may ask, and nobody else's page learns anything."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.running import LegacySystems

OURS = "https://mypage.example.jp"
THEIRS = "https://mypage.example.jp.evil.example"
ASKING = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type,client-device,graphql-require-preflight,authorization",
}
BODY = {"query": "{ __typename }"}


@pytest.fixture
async def shared(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    """A gateway that one other origin may ask."""
    settings = Settings(
        database_url=SecretStr(seeded_database), cors_origins=(OURS,), address_requests_per_second=100
    )
    async with running_gateway(settings) as api:
        yield api


def consent(response: httpx.Response) -> dict[str, str]:
    return {
        name.removeprefix("access-control-"): value
        for name, value in response.headers.items()
        if name.startswith("access-control-")
    }


async def test_a_page_on_the_list_may_ask_with_its_cookie(shared: Api) -> None:
    asked = await shared.client.options("/graphql", headers={"origin": OURS, **ASKING})
    answered = await shared.client.post("/graphql", json=BODY, headers={"origin": OURS})

    assert asked.status_code == 200
    assert consent(asked)["allow-origin"] == OURS
    assert consent(asked)["allow-credentials"] == "true"
    assert consent(asked)["allow-methods"] == "GET, POST"
    assert consent(answered) == {
        "allow-credentials": "true",
        "allow-origin": OURS,
        "expose-headers": "RateLimit, RateLimit-Policy, Retry-After",
    }
    assert answered.headers["vary"] == "Origin"
    assert answered.headers["ratelimit"].startswith('"address";r=999')


@pytest.mark.parametrize("origin", [THEIRS, "null", "http://mypage.example.jp", f"{OURS}:8443"])
async def test_no_other_page_may(shared: Api, origin: str) -> None:
    asked = await shared.client.options("/graphql", headers={"origin": origin, **ASKING})
    answered = await shared.client.post("/graphql", json=BODY, headers={"origin": origin})

    assert asked.status_code == 400
    assert "allow-origin" not in consent(asked)
    assert "allow-origin" not in consent(answered)


async def test_without_a_list_no_page_of_another_origin_may(api: Api) -> None:
    asked = await api.client.options("/graphql", headers={"origin": OURS, **ASKING})

    assert (asked.status_code, consent(asked)) == (405, {})
