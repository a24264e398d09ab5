"""What a member has just been shown is shown again without asking; what moves, and what is decided on, is asked for."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from pydantic import SecretStr

from gateway.coop import Coop
from gateway.settings import Settings
from tests.api.asking import Api
from tests.api.doing import done
from tests.api.own_gateway import changed_coops, running_gateway
from tests.conftest import COOPS_DIR
from tests.faults.screens import HIROSAKI_HOME, HOKKAIDO_HOME
from tests.running import SIGNING_KEY, LegacySystems
from tests.running.consolidating_pos import ConsolidatingPos, running_consolidating_pos

MONEY_IN_MOTION = {"ZANDAKA": 1, "MIUKE": 1, "TEISHI": 1}
FIGURES_OF_THE_DAY = {"RUIKEI": 1, "RIREKI": 1, "MEAL": 1}
BALANCE = "{ viewer { member { pico { asOf prepaidBalance } } } }"
TOTALS = "id status pico { lifetime { spent } }"
OWN_TOTALS = f"{{ viewer {{ member {{ {TOTALS} }} }} }}"
TOTALS_OF_A_MEMBER = f"query ($id: ID!) {{ node(id: $id) {{ ... on Member {{ {TOTALS} }} }} }}"


@pytest.fixture(scope="session")
def remembering_coops_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The product's co-op files with their `fresh_seconds`, but patient, for this machine may be busy."""
    directory = tmp_path_factory.mktemp("remembering")
    return changed_coops(COOPS_DIR, directory, "timeout_seconds = 1.5", "timeout_seconds = 10.0")


@asynccontextmanager
async def gateway(database: str, coops_dir: Path) -> AsyncIterator[Api]:
    """A gateway that remembers nothing yet."""
    settings = Settings(
        database_url=SecretStr(database),
        signing_key=SecretStr(SIGNING_KEY),
        coops_dir=coops_dir,
        deadline_seconds=30,
    )
    async with running_gateway(settings) as api:
        yield api


@pytest.fixture
async def nobody(
    seeded_database: str, legacy_systems: LegacySystems, remembering_coops_dir: Path
) -> AsyncIterator[Api]:
    """That gateway, for nobody in particular."""
    async with gateway(seeded_database, remembering_coops_dir) as api:
        yield api


async def test_a_second_home_screen_asks_the_pos_for_money_in_motion_and_nobody_else_for_anything(
    nobody: Api, legacy_systems: LegacySystems
) -> None:
    """B5, B10, D1."""
    taro, systems = await HIROSAKI_HOME.for_whom_it_is(nobody), legacy_systems.hirosaki
    await legacy_systems.forget_calls()
    first = await HIROSAKI_HOME.seen_by(taro)
    assert await systems.pos.calls() == MONEY_IN_MOTION | FIGURES_OF_THE_DAY

    await legacy_systems.forget_calls()
    second = await HIROSAKI_HOME.seen_by(taro)

    assert (second.data, second.errors, second.extensions) == (first.data, [], first.extensions)
    assert second.data["viewer"]["member"]["pico"]["snapshot"] == "CURRENT"
    assert await systems.pos.calls() == MONEY_IN_MOTION
    assert (await systems.registry.calls(), await systems.mailer.calls()) == ({}, {})


async def test_where_nothing_moves_a_second_home_screen_asks_nobody(
    nobody: Api, legacy_systems: LegacySystems
) -> None:
    sapporo, systems = await HOKKAIDO_HOME.for_whom_it_is(nobody), legacy_systems.hokkaido
    first = await HOKKAIDO_HOME.seen_by(sapporo)
    await legacy_systems.forget_calls()
    second = await HOKKAIDO_HOME.seen_by(sapporo)

    assert (second.data, second.errors) == (first.data, [])
    assert (await systems.registry.calls(), await systems.mailer.calls()) == ({}, {})


async def test_staff_are_shown_what_the_systems_say_now(nobody: Api, legacy_systems: LegacySystems) -> None:
    """They may have changed it there a moment ago."""
    taro, systems = await HIROSAKI_HOME.for_whom_it_is(nobody), legacy_systems.hirosaki
    shown = (await taro.data(OWN_TOTALS))["viewer"]["member"]
    staff = await nobody.signed_in("hirosaki", "staff-hirosaki")
    await legacy_systems.forget_calls()

    assert (await staff.data(TOTALS_OF_A_MEMBER, id=shown["id"]))["node"] == shown
    assert await systems.pos.calls() == {"ZANDAKA": 1, "RUIKEI": 1}
    assert await systems.registry.calls() != {}


async def test_what_is_changed_is_decided_on_what_the_registry_says_now(
    nobody: Api, legacy_systems: LegacySystems
) -> None:
    """E19, E22: somebody may have left since the last screen."""
    sapporo = await HOKKAIDO_HOME.for_whom_it_is(nobody)
    await HOKKAIDO_HOME.seen_by(sapporo)
    await legacy_systems.forget_calls()

    await done(sapporo, "requestProfileChange", name="小樽 一郎", idempotencyKey=str(uuid4()))

    assert await legacy_systems.hokkaido.registry.calls() != {}


@pytest.fixture
async def pos(
    coops: Mapping[str, Coop], legacy_systems: LegacySystems, logs: Path
) -> AsyncIterator[ConsolidatingPos]:
    """The POS that gateways of this test are led to."""
    async with running_consolidating_pos(coops["hirosaki"], logs) as pos:
        config = coops["hirosaki"].systems.pos
        assert config is not None
        assert config.url_env is not None
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv(config.url_env, pos.url)
            yield pos


async def test_after_the_consolidation_everything_is_asked_for_anew(
    pos: ConsolidatingPos, seeded_database: str, remembering_coops_dir: Path
) -> None:
    """B2: the first answer with the new business day makes all older ones stale."""
    async with gateway(seeded_database, remembering_coops_dir) as nobody:
        taro = await HIROSAKI_HOME.for_whom_it_is(nobody)
        assert _as_of((await HIROSAKI_HOME.seen_by(taro)).data) == "2026-11-19"
        await pos.consolidate()
        assert _as_of(await taro.data(BALANCE)) == "2026-11-20"

        await pos.forget_calls()
        assert _as_of((await HIROSAKI_HOME.seen_by(taro)).data) == "2026-11-20"
        assert await pos.calls() == MONEY_IN_MOTION | FIGURES_OF_THE_DAY

        await pos.forget_calls()
        await HIROSAKI_HOME.seen_by(taro)
        assert await pos.calls() == MONEY_IN_MOTION


def _as_of(data: Any) -> Any:
    """The business day that Pico's figures are of."""
    return data["viewer"]["member"]["pico"]["asOf"]
