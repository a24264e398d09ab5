"""The gateway answers the same, compiled and not."""

from collections.abc import AsyncIterator

import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.api.test_home_screen import HIROSAKI_HOME, HOKKAIDO_HOME
from tests.running import SIGNING_KEY, LegacySystems

ASKED_OFTEN_ENOUGH = 3
"""Times after which an operation is compiled."""


@pytest.fixture
async def compiled(seeded_database: str, legacy_systems: LegacySystems) -> AsyncIterator[Api]:
    settings = Settings(
        database_url=SecretStr(seeded_database), signing_key=SecretStr(SIGNING_KEY), compile_operations=True
    )
    async with running_gateway(settings) as api:
        yield api


@pytest.mark.parametrize(
    ("coop", "identifier", "home"),
    [("hirosaki", "hirosaki-taro", HIROSAKI_HOME), ("hokkaido", "sapporo@example.jp", HOKKAIDO_HOME)],
)
async def test_a_home_screen_is_the_same(
    api: Api, compiled: Api, coop: str, identifier: str, home: str
) -> None:
    expected = await (await api.signed_in(coop, identifier)).data(home)
    person = await compiled.signed_in(coop, identifier)

    answers = [await person.data(home) for _ in range(ASKED_OFTEN_ENOUGH)]

    assert answers == [expected] * ASKED_OFTEN_ENOUGH


async def test_a_system_that_is_out_costs_the_same_fields(
    api: Api, compiled: Api, legacy_systems: LegacySystems
) -> None:
    plain, person = [await each.signed_in("hirosaki", "hirosaki-taro") for each in (api, compiled)]
    async with legacy_systems.hirosaki.pos.fault("error"):
        expected = await plain.ask(HIROSAKI_HOME)
        answers = [await person.ask(HIROSAKI_HOME) for _ in range(ASKED_OFTEN_ENOUGH)]

    assert expected.codes() == {
        "viewer.member.pico": "SYSTEM_UNAVAILABLE",
        "viewer.member.mealCard": "SYSTEM_UNAVAILABLE",
    }
    assert [(answer.data, answer.codes()) for answer in answers] == [
        (expected.data, expected.codes())
    ] * ASKED_OFTEN_ENOUGH
