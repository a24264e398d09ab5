"""The endpoint as HTTP: what it takes, what it refuses, and that nothing makes it fall over."""

from collections.abc import AsyncIterator

import httpx
import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.running import LegacySystems

JSON = {"content-type": "application/json"}
NOT_JSON = "The request body must be JSON in UTF-8."
NO_OBJECT = "The request body must be a JSON object with one operation as `query`; there are no batches."
NO_QUERY = "`query` is missing: it holds the operation."


def refusal(response: httpx.Response) -> tuple[int, str]:
    """The status, and the one sentence of an answer without data."""
    (error,) = response.json()["errors"]
    assert response.json().keys() == {"errors"}
    assert error["extensions"] == {"code": "INVALID_OPERATION"}
    return response.status_code, error["message"]


async def test_an_operation_is_answered_as_json_that_nobody_keeps(api: Api) -> None:
    response = await api.post('{ coop(code: "hirosaki") { name } }')

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.content == '{"data":{"coop":{"name":"弘前大学生活協同組合"}}}'.encode()


async def test_the_operation_of_the_given_name_is_run(api: Api) -> None:
    body = {"query": "query A { a: __typename } query B { b: __typename }", "operationName": "B"}
    response = await api.client.post("/graphql", json=body)

    assert response.json() == {"data": {"b": "Query"}}


async def test_a_browser_that_opens_the_endpoint_is_led_to_graphiql(api: Api) -> None:
    response = await api.client.get("/graphql", headers={"accept": "text/html"})

    assert (response.status_code, response.headers["location"]) == (307, "/graphiql")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_not_allowed(api: Api, method: str) -> None:
    response = await api.client.request(method, "/graphql")

    assert refusal(response) == (405, "GraphQL is served by GET and POST.")
    assert response.headers["allow"] == "GET, POST"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonp",
        "application/json; charset=shift_jis",
        "",
    ],
)
async def test_what_a_foreign_page_can_send_without_asking_is_refused(api: Api, content_type: str) -> None:
    """CSRF: the first of these need no preflight, so that nothing may come of them."""
    body = b'{"query": "mutation { signOut { errors { code } } }"}'
    response = await api.client.post("/graphql", content=body, headers={"content-type": content_type})

    assert refusal(response) == (415, "Send the operation as application/json in UTF-8.")


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "Application/JSON"])
async def test_a_content_type_may_be_written_otherwise(api: Api, content_type: str) -> None:
    body = b'{"query": "{ __typename }"}'
    response = await api.client.post("/graphql", content=body, headers={"content-type": content_type})

    assert response.json() == {"data": {"__typename": "Query"}}


UNUSABLE = {
    "nothing": (b"", NOT_JSON),
    "half an object": (b'{"query":', NOT_JSON),
    "another encoding": ('{"query": "{ coops { name } } # 弘前"}'.encode("cp932"), NOT_JSON),
    "half a surrogate pair": (b'{"query": "{ \\ud800 }"}', NOT_JSON),
    "not a number": (b'{"query": "{ coops { name } }", "variables": {"x": NaN}}', NOT_JSON),
    "nested without end": (
        b'{"query": "{ coops { name } }", "variables": {"x": ' + b"[" * 40_000 + b"]" * 40_000 + b"}}",
        NOT_JSON,
    ),
    "null": (b"null", NO_OBJECT),
    "a number": (b"5", NO_OBJECT),
    "a string": (b'"{ coops { name } }"', NO_OBJECT),
    "a batch": (b'[{"query": "{ coops { name } }"}]', NO_OBJECT),
    "no query": (b"{}", NO_QUERY),
    "an empty query": (b'{"query": ""}', NO_QUERY),
    "a query of another type": (b'{"query": []}', "`query` must be a string."),
    "variables of another type": (
        b'{"query": "{ __typename }", "variables": []}',
        "`variables` must be an object or null.",
    ),
    "a name of another type": (
        b'{"query": "{ __typename }", "operationName": 0}',
        "`operationName` must be a string or null.",
    ),
    "extensions of another type": (
        b'{"query": "{ __typename }", "extensions": "x"}',
        "`extensions` must be an object or null.",
    ),
}


@pytest.mark.parametrize(("body", "reason"), UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_a_body_that_cannot_be_used_is_a_400_that_says_why(api: Api, body: bytes, reason: str) -> None:
    response = await api.client.post("/graphql", content=body, headers=JSON)

    assert refusal(response) == (400, reason)


TWO = "query A { a: __typename } query B { b: __typename }"


@pytest.mark.parametrize(
    ("query", "name", "reason"),
    [
        (TWO, None, "Must provide operation name if query contains multiple operations."),
        (TWO, "C", 'Unknown operation named "C".'),
        (TWO, "", 'Unknown operation named "".'),
        ("fragment F on Query { __typename }", None, "Must provide an operation."),
    ],
)
async def test_an_operation_that_is_not_clear_is_not_guessed(
    api: Api, query: str, name: str | None, reason: str
) -> None:
    response = await api.client.post("/graphql", json={"query": query, "operationName": name})

    assert refusal(response) == (200, reason)


@pytest.fixture
async def small(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    """A gateway that takes no more than a hundred bytes."""
    settings = Settings(database_url=SecretStr(seeded_database), max_body_bytes=100)
    async with running_gateway(settings) as api:
        yield api


def of_length(length: int) -> bytes:
    return b'{"query": "{ __typename }"}'.ljust(length)


async def in_parts(body: bytes) -> AsyncIterator[bytes]:
    """A body whose length no header tells beforehand."""
    for start in range(0, len(body), 30):
        yield body[start : start + 30]


async def test_a_body_is_read_up_to_the_limit_and_no_further(small: Api) -> None:
    enough = await small.client.post("/graphql", content=in_parts(of_length(100)), headers=JSON)
    declared = await small.client.post("/graphql", content=of_length(101), headers=JSON)
    undeclared = await small.client.post("/graphql", content=in_parts(of_length(101)), headers=JSON)

    assert enough.json() == {"data": {"__typename": "Query"}}
    too_long = (413, "The body must not be longer than 100 bytes.")
    assert [refusal(declared), refusal(undeclared)] == [too_long, too_long]


async def test_an_address_is_no_longer_than_a_body_may_be(small: Api) -> None:
    response = await small.client.get("/graphql", params={"query": "{ __typename }" + " " * 100})

    assert refusal(response) == (414, "More than 100 bytes: send it by POST.")


async def test_a_cookie_that_is_none_of_ours_does_no_harm(api: Api) -> None:
    cookie = '__Host-session="\\377; ;;=,\x80'.encode("latin-1")
    body = {"query": "{ viewer { account { id } } }"}
    response = await api.client.post("/graphql", json=body, headers={b"cookie": cookie})

    assert response.json() == {"data": {"viewer": None}}
