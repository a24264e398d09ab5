"""`/livez` and `/readyz`."""

from datetime import timedelta

import httpx
from pydantic import SecretStr
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.settings import Settings
from tests.running import LegacySystems, Postgres, fixed_clock


async def test_a_process_lives(gateway_client: httpx.AsyncClient) -> None:
    response = await gateway_client.get("/livez")

    assert (response.status_code, response.json()) == (200, {"alive": True})
    assert response.headers["cache-control"] == "no-store"


async def test_a_process_is_ready_while_its_database_answers_and_shows_its_circuits(
    gateway_client: httpx.AsyncClient,
) -> None:
    response = await gateway_client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": True,
        "draining": False,
        "circuits": dict.fromkeys(
            [
                "hirosaki/registry",
                "hirosaki/pos",
                "hirosaki/notices",
                "hirosaki/mailer",
                "hokkaido/registry",
                "hokkaido/notices",
                "hokkaido/mailer",
            ],
            "CLOSED",
        ),
    }


async def test_a_process_that_is_about_to_end_is_not_ready(
    gateway_app: Starlette, gateway_client: httpx.AsyncClient
) -> None:
    gateway_app.state.draining = True

    response = await gateway_client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["draining"]


async def test_without_its_database_a_process_lives_and_is_not_ready(
    postgres: Postgres, migrated_template: str, legacy_systems: LegacySystems
) -> None:
    async with postgres.database(migrated_template) as url:
        app = create_app(Settings(database_url=SecretStr(url)), fixed_clock)
        running = app.router.lifespan_context(app)
        await running.__aenter__()
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="https://gateway.test"
    ) as client:
        alive, ready = await client.get("/livez"), await client.get("/readyz")
    await running.__aexit__(None, None, None)

    assert alive.status_code == 200
    assert ready.status_code == 503
    assert ready.json()["database"] is False
    assert ready.elapsed < timedelta(seconds=5)
