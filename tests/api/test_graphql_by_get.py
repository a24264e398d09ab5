"""Operations in the address: queries only, and never a foreign page's with the visitor's cookie."""

from collections.abc import Mapping

import httpx
import pytest

from tests.api.asking import Api

NAMES = "{ coops { code } }"
WHO = {"query": "{ viewer { account { loginId } } }"}
NONE: Mapping[str, str] = {}
FORGED = "With the session cookie, GET also needs the header `GraphQL-Require-Preflight: true`."


async def get(api: Api, parameters: Mapping[str, str], headers: Mapping[str, str] = NONE) -> httpx.Response:
    return await api.client.get("/graphql", params=parameters, headers=headers)


def refusal(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["errors"][0]["message"]


async def test_a_query_may_stand_in_the_address(api: Api) -> None:
    query = "query A { a: __typename } query B($code: CoopCode!) { coop(code: $code) { code } }"
    variables = '{"code": "hokkaido"}'
    parameters = {"query": query, "operationName": "B", "variables": variables, "extensions": ""}
    response = await get(api, parameters)

    assert response.json() == {"data": {"coop": {"code": "hokkaido"}}}
    assert response.headers["cache-control"] == "no-store"


async def test_a_mutation_must_not(api: Api) -> None:
    response = await get(api, {"query": "mutation { signOut { errors { code } } }"})

    assert refusal(response) == (405, "GET is for queries: send the operation by POST.")
    assert response.headers["allow"] == "POST"


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({}, "`query` is missing: it holds the operation."),
        ({"query": ""}, "`query` is missing: it holds the operation."),
        ({"query": NAMES, "variables": "{"}, "`variables` must be JSON in UTF-8."),
        ({"query": NAMES, "variables": "[]"}, "`variables` must be an object or null."),
        ({"query": NAMES, "extensions": "1"}, "`extensions` must be an object or null."),
    ],
)
async def test_an_address_without_a_usable_query_says_what_is_wrong(
    api: Api, parameters: dict[str, str], reason: str
) -> None:
    assert refusal(await get(api, parameters)) == (400, reason)


def cookie_of(person: Api) -> dict[str, str]:
    return {"cookie": f"__Host-session={person.token}"}


async def test_the_cookie_alone_does_not_make_a_get_the_members(taro: Api) -> None:
    """CSRF: any page can have a browser send this, and measure how long it takes."""
    assert refusal(await get(taro, WHO, cookie_of(taro))) == (403, FORGED)


@pytest.mark.parametrize(
    "header", [{"GraphQL-Require-Preflight": "true"}, {"Content-Type": "application/json"}]
)
async def test_with_a_header_that_a_foreign_page_cannot_send_it_does(
    taro: Api, header: dict[str, str]
) -> None:
    response = await get(taro, WHO, cookie_of(taro) | header)

    assert response.json() == {"data": {"viewer": {"account": {"loginId": "hirosaki-taro"}}}}


async def test_a_bearer_token_is_such_a_header_by_itself(taro: Api) -> None:
    response = await get(taro, WHO, {"Authorization": f"Bearer {taro.token}"})

    assert response.json() == {"data": {"viewer": {"account": {"loginId": "hirosaki-taro"}}}}
