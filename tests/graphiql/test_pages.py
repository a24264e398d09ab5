"""The routes of GraphiQL, asked through ASGI with a small build in place of the real one."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from gateway.http.graphiql.config import DemoAccount, Example, GraphiqlConfig
from gateway.http.graphiql.pages import graphiql_routes

TARO = DemoAccount("hirosaki", "hirosaki-taro", "demo-coop-2026", "Member 弘前 太郎")
HOME = Example("Home screen", "query Home { viewer { account { loginId } } }", {"first": 5})
CONFIG = GraphiqlConfig("/graphql", examples=[HOME], demo_accounts=[TARO])


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    assets = tmp_path / "dist" / "assets"
    assets.mkdir(parents=True)
    (assets / "index-0123abcd.js").write_text("export {};\n")
    (tmp_path / "dist" / "index.html").write_text("<!doctype html><title>GraphiQL</title>\n")
    return tmp_path / "dist"


@pytest.fixture
async def client(dist: Path) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=graphiql_routes(CONFIG, dist))
    async with asking(app) as client:
        yield client


def asking(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://gateway.test")


async def test_the_page_is_html_that_a_browser_asks_for_anew(client: httpx.AsyncClient) -> None:
    page = await client.get("/graphiql")
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["cache-control"] == "no-cache"
    assert page.text == "<!doctype html><title>GraphiQL</title>\n"


async def test_the_page_runs_only_scripts_of_its_own_origin(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/graphiql")).headers["content-security-policy"].split("; ")
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "connect-src 'self'" in policy


async def test_the_page_cannot_be_framed_by_another(client: httpx.AsyncClient) -> None:
    assert "frame-ancestors 'none'" in (await client.get("/graphiql")).headers["content-security-policy"]


async def test_the_page_leads_there_from_its_address_with_a_slash(client: httpx.AsyncClient) -> None:
    answer = await client.get("/graphiql/")
    assert answer.status_code == 307
    assert answer.headers["location"] == "https://gateway.test/graphiql"


async def test_the_page_is_told_the_endpoint_the_demo_accounts_and_the_examples(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.get("/graphiql/config.json")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {
        "endpoint": "/graphql",
        "demoAccounts": [
            {
                "coop": "hirosaki",
                "identifier": "hirosaki-taro",
                "password": "demo-coop-2026",
                "label": "Member 弘前 太郎",
            }
        ],
        "examples": [
            {
                "title": "Home screen",
                "query": "query Home { viewer { account { loginId } } }",
                "variables": {"first": 5},
            }
        ],
    }


async def test_the_page_is_told_the_secret_of_an_app_where_an_account_has_one(dist: Path) -> None:
    """E26: staff sign in with a code, which the page then makes as the app would."""
    staff = DemoAccount("hirosaki", "staff", "demo-coop-2026", "Staff", totp_secret="JBSWY3DPEHPK3PXP")
    config = GraphiqlConfig("/graphql", [HOME], demo_accounts=[staff])
    async with asking(Starlette(routes=graphiql_routes(config, dist))) as client:
        (told,) = (await client.get("/graphiql/config.json")).json()["demoAccounts"]
    assert told["totpSecret"] == "JBSWY3DPEHPK3PXP"


async def test_what_the_page_is_told_is_never_stored(client: httpx.AsyncClient) -> None:
    assert (await client.get("/graphiql/config.json")).headers["cache-control"] == "no-store"


async def test_no_demo_accounts_are_offered_unless_they_are_given(dist: Path) -> None:
    async with asking(Starlette(routes=graphiql_routes(GraphiqlConfig("/graphql", [HOME]), dist))) as client:
        assert (await client.get("/graphiql/config.json")).json()["demoAccounts"] == []


async def test_an_asset_is_kept_for_good_because_its_name_changes_with_its_content(
    client: httpx.AsyncClient,
) -> None:
    asset = await client.get("/graphiql/assets/index-0123abcd.js")
    assert asset.headers["content-type"] == "text/javascript; charset=utf-8"
    assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert asset.text == "export {};\n"


async def test_a_missing_asset_is_not_kept(client: httpx.AsyncClient) -> None:
    asset = await client.get("/graphiql/assets/index-gone.js")
    assert asset.status_code == 404
    assert "cache-control" not in asset.headers


async def test_nothing_beside_the_assets_can_be_fetched(client: httpx.AsyncClient) -> None:
    assert (await client.get("/graphiql/assets/%2e%2e/index.html")).status_code == 404


@pytest.mark.parametrize("path", ["/graphiql", "/graphiql/config.json", "/graphiql/assets/index-0123abcd.js"])
async def test_no_answer_is_taken_for_another_type_than_it_says(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).headers["x-content-type-options"] == "nosniff"


async def test_a_page_never_built_names_the_command_that_builds_it(tmp_path: Path) -> None:
    async with asking(Starlette(routes=graphiql_routes(CONFIG, tmp_path / "dist"))) as client:
        answer = await client.get("/graphiql")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert "cd gateway/http/graphiql && npm ci && npm run build" in answer.text
