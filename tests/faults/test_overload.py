"""More than can be done at once: some wait, the rest are refused at once, and nothing of theirs was begun."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.doing import done
from tests.api.own_gateway import changed_coops, running_gateway
from tests.conftest import COOPS_DIR
from tests.faults.screens import HIROSAKI_HOME
from tests.faults.test_bulkheads import held_up
from tests.running import LegacySystems

AT_ONCE = 2
IN_LINE = 1
TRANSFER = """
mutation Do($input: RequestWebPointTransferInput!) {
  requestWebPointTransfer(input: $input) { errors { code } }
}
"""
REQUESTS = "{ viewer { member { changeRequests { edges { node { id } } } } } }"


def few_places(database: str, directory: Path, held_up: int) -> Settings:
    """Of a gateway that waits for a POS that hangs for a while."""
    return Settings(
        database_url=SecretStr(database),
        coops_dir=changed_coops(COOPS_DIR, directory, "timeout_seconds = 1.5", "timeout_seconds = 3.0"),
        deadline_seconds=30,
        max_requests_in_progress=AT_ONCE,
        max_requests_held_up=held_up,
        max_requests_waiting=IN_LINE,
        max_waiting_seconds=30,
    )


@pytest.fixture
async def narrow(seeded_database: str, legacy_systems: LegacySystems, tmp_path: Path) -> AsyncIterator[Api]:
    """A gateway with few places, also for those who are held up."""
    async with running_gateway(few_places(seeded_database, tmp_path, held_up=0)) as api:
        yield api


@pytest.fixture
async def patient(seeded_database: str, legacy_systems: LegacySystems, tmp_path: Path) -> AsyncIterator[Api]:
    """A gateway with few places, and more for those who are held up."""
    async with running_gateway(few_places(seeded_database, tmp_path, held_up=10)) as api:
        yield api


async def test_while_the_pos_hangs_who_finds_no_place_is_refused_and_afterwards_all_are_served(
    narrow: Api, legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(narrow)
    screen = partial(HIROSAKI_HOME.response_to, taro)
    async with held_up(legacy_systems.hirosaki.pos, screen, AT_ONCE + IN_LINE) as asked:
        refused = await asyncio.gather(*(HIROSAKI_HOME.response_to(taro) for _ in range(3)))
        alive = await narrow.client.get("/livez")

        assert not any(task.done() for task in asked)
    served = [task.result() for task in asked]
    assert [response.status_code for response in refused] == [503] * 3
    assert {response.json()["errors"][0]["extensions"]["code"] for response in refused} == {"OVERLOADED"}
    assert alive.status_code == 200
    assert [response.status_code for response in served] == [200] * (AT_ONCE + IN_LINE)
    afterwards = [await HIROSAKI_HOME.response_to(taro) for _ in range(AT_ONCE + IN_LINE)]
    assert [response.status_code for response in afterwards] == [200] * (AT_ONCE + IN_LINE)


async def test_while_all_places_wait_for_a_pos_that_hangs_who_does_not_ask_it_is_served(
    patient: Api, legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(patient)
    screen = partial(HIROSAKI_HOME.response_to, taro)
    async with held_up(legacy_systems.hirosaki.pos, screen, AT_ONCE) as asked:
        answer = await taro.ask(REQUESTS)

        assert not any(task.done() for task in asked)
    assert answer.errors == []


async def test_a_mutation_that_was_refused_had_no_effect_and_can_be_sent_again_with_its_key(
    narrow: Api, legacy_systems: LegacySystems
) -> None:
    taro = await HIROSAKI_HOME.for_whom_it_is(narrow)
    wish: dict[str, Any] = {"points": 400, "idempotencyKey": str(uuid4())}
    screen = partial(HIROSAKI_HOME.response_to, taro)
    async with held_up(legacy_systems.hirosaki.pos, screen, AT_ONCE + IN_LINE):
        refused = await taro.post(TRANSFER, input=wish)

    assert (refused.status_code, refused.json()["errors"][0]["extensions"]["code"]) == (503, "OVERLOADED")
    assert await number_of_requests(taro) == 0
    first, second = [
        await done(taro, "requestWebPointTransfer", "changeRequest { id }", **wish) for _ in range(2)
    ]
    assert first == second
    assert await number_of_requests(taro) == 1


async def number_of_requests(person: Api) -> int:
    data = await person.data(REQUESTS)
    return len(data["viewer"]["member"]["changeRequests"]["edges"])
