"""Media types and statuses of answers: as they are established, and in the newest draft's profile."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from graphql import GraphQLError
from pydantic import SecretStr
from strawberry.types import ExecutionResult

from gateway.http.status_codes import ESTABLISHED, NEWEST_DRAFT, StatusProfile
from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.running import LegacySystems

PLAIN = "application/json"
GRAPHQL = "application/graphql-response+json"
WHOLE = "{ __typename }"
PARTIAL = '{ node(id: "unknown") { id } }'
NOTHING = "{ systems { system } }"


async def post(api: Api, accept: str, body: Any) -> httpx.Response:
    content = {"content": body} if isinstance(body, bytes) else {"json": body}
    headers = {"accept": accept, "content-type": PLAIN}
    return await api.client.post("/graphql", headers=headers, **content)


def told(response: httpx.Response) -> tuple[int, str]:
    """Status and media type."""
    media_type, charset = response.headers["content-type"].split("; ")
    assert charset == "charset=utf-8"
    return response.status_code, media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", PLAIN),
        ("*/*", PLAIN),
        ("application/*", PLAIN),
        (PLAIN, PLAIN),
        (GRAPHQL, GRAPHQL),
        ("Application/GraphQL-Response+JSON; charset=utf-8", GRAPHQL),
        (f"{GRAPHQL}, {PLAIN};q=0.9", GRAPHQL),
        (f"{PLAIN}, {GRAPHQL}", GRAPHQL),
        (f"{PLAIN}, {GRAPHQL};q=0.9", PLAIN),
        (f"{GRAPHQL}, */*", GRAPHQL),
        (f"{PLAIN};q=0, */*;q=0.1", GRAPHQL),
        ("text/html, application/xml;q=0.9, */*;q=0.8", PLAIN),
        (f"{PLAIN};q=much, ,;;q", PLAIN),
    ],
)
async def test_the_client_gets_the_media_type_it_prefers(api: Api, accept: str, media_type: str) -> None:
    assert told(await post(api, accept, {"query": WHOLE})) == (200, media_type)


async def test_accept_may_be_spread_over_headers(api: Api) -> None:
    headers = [("accept", f"{PLAIN};q=0.5"), ("accept", GRAPHQL)]
    response = await api.client.post("/graphql", json={"query": WHOLE}, headers=httpx.Headers(headers))

    assert told(response) == (200, GRAPHQL)


@pytest.mark.parametrize("accept", ["text/html", "image/*", "*/*;q=0", f"{GRAPHQL};q=0, text/plain"])
async def test_who_takes_neither_is_told_what_there_is(api: Api, accept: str) -> None:
    response = await post(api, accept, {"query": WHOLE})

    assert told(response) == (406, PLAIN)
    assert response.json()["errors"][0]["message"] == f"Answers are {GRAPHQL} or {PLAIN}."


@pytest.fixture
async def draft(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    """A gateway with the statuses of the newest draft."""
    settings = Settings(database_url=SecretStr(seeded_database), draft_statuses=True)
    async with running_gateway(settings) as api:
        yield api


OPERATIONS: dict[str, tuple[Any, int, int, int, int]] = {
    "whole": ({"query": WHOLE}, 200, 200, 200, 200),
    "partial": ({"query": PARTIAL}, 200, 200, 200, 294),
    "nothing left of the data": ({"query": NOTHING}, 200, 200, 200, 294),
    "not JSON": (b"{", 400, 400, 400, 400),
    "not well-formed": ({"qeury": WHOLE}, 400, 400, 422, 422),
    "unreadable": ({"query": "{"}, 200, 400, 400, 400),
    "invalid": ({"query": "{ nothing }"}, 200, 400, 422, 422),
    "undetermined": ({"query": "query A { __typename } query B { __typename }"}, 200, 400, 422, 422),
    "wrong variables": ({"query": "query ($id: ID!) { node(id: $id) { id } }"}, 200, 400, 422, 422),
}
"""Each with its statuses: by media type, plain and GraphQL's own, as established and in the draft."""


@pytest.mark.parametrize("name", OPERATIONS)
async def test_the_established_statuses(api: Api, name: str) -> None:
    body, plain, graphql, *_ = OPERATIONS[name]

    assert told(await post(api, PLAIN, body)) == (plain, PLAIN)
    assert told(await post(api, GRAPHQL, body)) == (graphql, GRAPHQL)


@pytest.mark.parametrize("name", OPERATIONS)
async def test_the_statuses_of_the_newest_draft(draft: Api, name: str) -> None:
    """Where something is wrong, its media type says that GraphQL says so, also to whom asked for plain JSON."""
    body, *_, plain, graphql = OPERATIONS[name]

    assert told(await post(draft, PLAIN, body)) == (plain, PLAIN if plain == 200 else GRAPHQL)
    assert told(await post(draft, GRAPHQL, body)) == (graphql, GRAPHQL)


@pytest.mark.parametrize(("query", "data"), [(PARTIAL, {"node": None}), (NOTHING, None)])
async def test_data_is_told_of_what_was_run_even_when_it_is_null(api: Api, query: str, data: Any) -> None:
    answer = (await api.post(query)).json()

    assert answer.keys() == {"data", "errors"}
    assert answer["data"] == data


@pytest.mark.parametrize("profile", [ESTABLISHED, NEWEST_DRAFT])
@pytest.mark.parametrize("media_type", [PLAIN, GRAPHQL])
def test_a_fault_of_our_own_before_any_field_is_a_500(profile: StatusProfile, media_type: str) -> None:
    fault = GraphQLError("masked", original_error=RuntimeError("a fault"))

    assert profile.of_answer(ExecutionResult(None, [fault]), media_type) == 500
