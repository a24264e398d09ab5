"""How much may be asked for in a while, and what operations cost."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from gateway.limit_settings import Limits
from gateway.settings import DocumentMode, Mode, Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.running import SIGNING_KEY, LegacySystems

SLOW_DOWN = "アクセスが集中しています。しばらくしてから、もう一度お試しください。"
STORES = "{ coops { stores { name } } }"
COSTS = 10 + 10 * 10
"""Ten co-ops of ten stores are assumed; the schema says nothing of how many there are."""


def limited(database: str, **settings: Any) -> Settings:
    return Settings(database_url=SecretStr(database), **settings)


async def test_an_address_sends_so_many_requests_and_then_waits(
    seeded_database: str, legacy_systems: LegacySystems
) -> None:
    slow = limited(seeded_database, address_requests_per_second=0.001, address_requests_burst=2)
    async with running_gateway(slow) as api:
        answers = [await api.post("{ __typename }") for _ in range(3)]
        alive = await api.client.get("/livez")

    assert [response.status_code for response in answers] == [200, 200, 429]
    assert [response.headers["ratelimit"].partition(";t=")[0] for response in answers] == [
        '"address";r=1',
        '"address";r=0',
        '"address";r=0',
    ]
    assert {response.headers["ratelimit-policy"] for response in answers} == {'"address";q=2;w=2000'}
    refused = answers[-1]
    retry_after = int(refused.headers["retry-after"])
    assert 990 < retry_after <= 1000
    assert refused.json() == {
        "errors": [{"message": SLOW_DOWN, "extensions": {"code": "RATE_LIMITED", "retryAfter": retry_after}}]
    }
    assert refused.headers["content-type"] == "application/json; charset=utf-8"
    assert alive.status_code == 200


async def test_who_is_not_signed_in_has_the_budget_of_an_address(
    seeded_database: str, legacy_systems: LegacySystems
) -> None:
    slow = limited(seeded_database, address_cost_per_second=0.1, address_cost_burst=2 * COSTS)
    async with running_gateway(slow) as api:
        answers = [await api.post(STORES) for _ in range(3)]
        cheap = await api.post("{ __typename }")

    assert [response.status_code for response in answers] == [200, 200, 429]
    assert answers[-1].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert int(answers[-1].headers["retry-after"]) > 1000
    assert cheap.status_code == 200


async def test_who_is_signed_in_has_a_budget_of_their_own(
    seeded_database: str, legacy_systems: LegacySystems
) -> None:
    slow = limited(seeded_database, viewer_cost_per_second=0.1, viewer_cost_burst=COSTS)
    async with running_gateway(slow) as api:
        taro = await api.signed_in("hirosaki", "hirosaki-taro")
        ichiro = await api.signed_in("hirosaki", "hirosaki-ichiro")
        answers = [await each.post(STORES) for each in (taro, taro, ichiro, api, api)]

    assert [response.status_code for response in answers] == [200, 429, 200, 200, 200]


async def test_downloads_are_dear(seeded_database: str, legacy_systems: LegacySystems) -> None:
    slow = limited(seeded_database, viewer_cost_per_second=1, viewer_cost_burst=3000)
    async with running_gateway(slow) as api:
        auditor = await api.signed_in("hirosaki", "auditor-hirosaki")
        headers = {"Authorization": f"Bearer {auditor.token}"}
        files = [await api.client.get("/exports/access-log.csv", headers=headers) for _ in range(2)]

    assert [response.status_code for response in files] == [200, 429]
    assert files[1].text == f"{SLOW_DOWN}\n"
    assert 900 < int(files[1].headers["retry-after"]) <= 1000


async def test_measured_rates_are_logged_and_refuse_nothing(
    seeded_database: str, legacy_systems: LegacySystems
) -> None:
    slow = limited(
        seeded_database,
        limits=Limits.MEASURE,
        address_requests_per_second=0.001,
        address_requests_burst=1,
        address_cost_per_second=0.1,
        address_cost_burst=COSTS,
    )
    async with running_gateway(slow) as api:
        with capture_logs() as logs:
            answers = [await api.post(STORES) for _ in range(2)]

    assert [response.status_code for response in answers] == [200, 200]
    assert [each["policy"] for each in logs if each["event"] == "rate_would_refuse"] == ["address", "cost"]


async def test_measured_limits_are_logged_and_refuse_nothing(
    seeded_database: str, legacy_systems: LegacySystems
) -> None:
    measuring = limited(
        seeded_database, limits=Limits.MEASURE, max_tokens=5, max_aliases=1, max_cost=1, max_variable_bytes=10
    )
    async with running_gateway(measuring) as api:
        with capture_logs() as logs:
            answers = [
                await api.ask(STORES),
                await api.ask("{ a: __typename b: __typename }", unused="x" * 20),
            ]

    assert [answer.errors for answer in answers] == [[], []]
    told = [(each["limit"], each["allowed"]) for each in logs if each["event"] == "limit_would_refuse"]
    assert told == [("tokens", 5), ("cost", 1), ("tokens", 5), ("variable_bytes", 10)]


REPORT = {"GraphQL-Cost": "report"}


async def cost_told(api: Api) -> object:
    headers = REPORT if api.token is None else {**REPORT, "Authorization": f"Bearer {api.token}"}
    response = await api.client.post("/graphql", json={"query": STORES}, headers=headers)
    return response.json().get("extensions", {}).get("cost")


async def test_in_development_everybody_who_asks_is_told_the_cost(api: Api) -> None:
    cost = await cost_told(api)

    assert isinstance(cost, dict)
    assert cost["estimated"] == COSTS
    assert 2 < cost["actual"] < COSTS
    assert (await api.ask(STORES)).extensions == {}


@pytest.fixture
async def production(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    """The gateway as members meet it, but for its documents."""
    settings = limited(
        seeded_database,
        mode=Mode.PRODUCTION,
        signing_key=SecretStr(SIGNING_KEY),
        documents=DocumentMode.OFF,
    )
    async with running_gateway(settings) as api:
        yield api


async def test_in_production_staff_are_told_the_cost_and_nobody_else(production: Api) -> None:
    staff = await production.signed_in("hirosaki", "staff-hirosaki")

    assert await cost_told(production) is None
    assert await cost_told(staff) == await cost_told(staff) is not None


async def test_every_answer_of_production_keeps_browsers_to_https(production: Api) -> None:
    answers = [
        await production.post("{ __typename }"),
        await production.client.get("/livez"),
        await production.client.get("/nowhere"),
        await production.client.put("/graphql"),
    ]

    assert {each.headers["strict-transport-security"] for each in answers} == {"max-age=63072000"}
    assert answers[0].headers["ratelimit-policy"] == '"address";q=1000;w=5'


TOO_MUCH = [
    ({"x": "x" * 50_000}, "The variables have 50,008 bytes, and at most 50,000 are allowed."),
    ({"x": [0] * 1001}, "The variables have a list of 1,001 items, and at most 1,000 are allowed."),
    (
        {"x": [[[[[[[[0]]]]]]]]},
        "The variables are nested 9 levels deep, and at most 8 are allowed.",
    ),
]


@pytest.mark.parametrize(("variables", "message"), TOO_MUCH, ids=["bytes", "items", "depth"])
async def test_variables_beyond_a_limit_are_refused_with_the_limit(
    api: Api, variables: dict[str, object], message: str
) -> None:
    answer = await api.ask("{ __typename }", **variables)

    assert answer.data is None
    assert answer.errors == [{"message": message, "extensions": {"code": "INVALID_OPERATION"}}]


async def test_errors_of_validation_are_no_list_that_grows(api: Api) -> None:
    answer = await api.ask(
        "{ " + " ".join(f"unknown{n}" for n in range(20)) + " coops { " + "x " * 100 + "} }"
    )

    assert len(answer.errors) <= 21
