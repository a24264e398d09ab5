"""The endpoint as HTTP: what it takes, what it refuses, and that nothing makes it fall over."""

import pytest

from tests.api.asking import Api

JSON = {"content-type": "application/json"}
UNREADABLE = "Unable to parse request body as JSON"
NO_OBJECT = "The request body must be a JSON object with the operation as `query`"


async def test_an_operation_is_answered_as_json(api: Api) -> None:
    response = await api.post('{ coop(code: "hirosaki") { name } }')

    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert response.content == '{"data":{"coop":{"name":"弘前大学生活協同組合"}}}'.encode()


async def test_the_operation_of_the_given_name_is_run(api: Api) -> None:
    body = {"query": "query A { a: __typename } query B { b: __typename }", "operationName": "B"}
    response = await api.client.post("/graphql", json=body)

    assert response.json() == {"data": {"b": "Query"}}


async def test_a_browser_that_opens_the_endpoint_is_led_to_graphiql(api: Api) -> None:
    response = await api.client.get("/graphql", headers={"accept": "text/html"})

    assert (response.status_code, response.headers["location"]) == (307, "/graphiql")


async def test_an_operation_in_the_address_is_not_run(api: Api) -> None:
    """A link could carry it, and a log would keep it."""
    response = await api.client.get("/graphql", params={"query": "{ coops { name } }"})

    assert (response.status_code, response.content) == (307, b"")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_other_methods_are_not_allowed(api: Api, method: str) -> None:
    assert (await api.client.request(method, "/graphql")).status_code == 405


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain; application/json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "",
    ],
)
async def test_what_a_foreign_page_can_send_without_asking_is_refused(api: Api, content_type: str) -> None:
    """CSRF: these types need no preflight, so that nothing may come of them."""
    body = b'{"query": "mutation { signOut { errors { code } } }"}'
    response = await api.client.post("/graphql", content=body, headers={"content-type": content_type})

    assert (response.status_code, response.text) == (400, "Unsupported content type")


UNUSABLE = {
    "nothing": (b"", UNREADABLE),
    "half an object": (b'{"query":', UNREADABLE),
    "another encoding": ('{"query": "{ coops { name } } # 弘前"}'.encode("cp932"), UNREADABLE),
    "half a surrogate pair": (b'{"query": "{ \\ud800 }"}', UNREADABLE),
    "not a number": (b'{"query": "{ coops { name } }", "variables": {"x": NaN}}', UNREADABLE),
    "nested without end": (
        b'{"query": "{ coops { name } }", "variables": {"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        UNREADABLE,
    ),
    "null": (b"null", NO_OBJECT),
    "a number": (b"5", NO_OBJECT),
    "a string": (b'"{ coops { name } }"', NO_OBJECT),
    "a batch": (b'[{"query": "{ coops { name } }"}]', "Batching is not enabled"),
    "no query": (b"{}", "No GraphQL query found in the request"),
    "an empty query": (b'{"query": ""}', "No GraphQL query found in the request"),
    "a query of another type": (
        b'{"query": []}',
        "The GraphQL operation's `query` must be a string or null, if provided.",
    ),
    "variables of another type": (
        b'{"query": "{ __typename }", "variables": []}',
        "The GraphQL operation's `variables` must be an object or null, if provided.",
    ),
    "an unknown operation": (
        b'{"query": "{ __typename }", "operationName": "X"}',
        'Unknown operation named "X".',
    ),
    "a name of another type": (
        b'{"query": "{ __typename }", "operationName": {}}',
        'Unknown operation named "{}".',
    ),
}


@pytest.mark.parametrize(("body", "reason"), UNUSABLE.values(), ids=UNUSABLE.keys())
async def test_a_body_that_cannot_be_used_is_a_400_that_says_why(api: Api, body: bytes, reason: str) -> None:
    response = await api.client.post("/graphql", content=body, headers=JSON)

    assert (response.status_code, response.text) == (400, reason)


async def test_a_cookie_that_is_none_of_ours_does_no_harm(api: Api) -> None:
    cookie = '__Host-session="\\377; ;;=,\x80'.encode("latin-1")
    body = {"query": "{ viewer { account { id } } }"}
    response = await api.client.post("/graphql", json=body, headers={b"cookie": cookie})

    assert response.json() == {"data": {"viewer": None}}
