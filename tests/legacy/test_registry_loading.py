"""The loader fills any engine with the same rows, streamed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from legacy.population import Population
from legacy.registry.loading import load
from legacy.registry.tables import REGISTRY
from tests.running import NOW, Postgres

Contents = dict[str, Sequence[tuple[object, ...]]]


async def contents_of(url: str) -> Contents:
    """Every row of every table in the order of its key, as the driver gives it."""
    engine = create_async_engine(url)
    found: Contents = {}
    async with engine.connect() as connection:
        for table in REGISTRY.sorted_tables:
            keys = ", ".join(column.name for column in table.primary_key)
            rows = await connection.execute(text(f"SELECT * FROM {table.name} ORDER BY {keys}"))  # noqa: S608
            found[table.name] = [tuple(row) for row in rows]
    await engine.dispose()
    return found


@pytest.mark.parametrize("coop", ["hirosaki", "hokkaido"])
async def test_postgresql_and_sqlite_hold_the_same_rows(
    coop: str, postgres: Postgres, tmp_path: Path
) -> None:
    """Padding included: a comparison that works on one engine works on the other."""
    population = Population(coop, 300, NOW)
    sqlite = f"sqlite+aiosqlite:///{tmp_path}/registry.db"
    async with postgres.database() as url:
        await load(url, population, show_progress=False)
        await load(sqlite, population, show_progress=False)
        loaded, loaded_too = await contents_of(url), await contents_of(sqlite)
    assert loaded == loaded_too
    assert len(loaded["kumiaiin"]) == 300


async def test_a_bare_postgresql_url_is_understood(postgres: Postgres) -> None:
    async with postgres.database() as url:
        bare = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        await load(bare, Population("hirosaki", 20, NOW), show_progress=False)
        assert len((await contents_of(url))["kumiaiin"]) == 20


async def test_loading_again_replaces_what_was_there(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/registry.db"
    await load(url, Population("hokkaido", 50, NOW), show_progress=False)
    await load(url, Population("hokkaido", 20, NOW), show_progress=False)
    contents = await contents_of(url)
    assert [row[0] for row in contents["kumiaiin"]] == [f"{10000000 + n}    " for n in range(1, 21)]
    assert len([row for row in contents["seikyu"] if row[0] == "10000001    "]) == 24


async def test_more_members_than_one_batch_all_arrive(postgres: Postgres) -> None:
    async with postgres.database() as url:
        await load(url, Population("hirosaki", 1_001, NOW), show_progress=False)
        contents = await contents_of(url)
    assert len(contents["kumiaiin"]) == len(contents["shussikin"]) == 1_001


async def test_progress_is_shown_on_stderr_only_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    population = Population("hirosaki", 20, NOW)
    await load(f"sqlite:///{tmp_path}/quiet.db", population, show_progress=False)
    assert capsys.readouterr() == ("", "")
    await load(f"sqlite:///{tmp_path}/loud.db", population, show_progress=True)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "20/20" in captured.err
