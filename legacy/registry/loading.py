"""Creates the registry in a database and fills it, some members at a time."""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Table, insert, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from tqdm import tqdm

from legacy.population import Population
from legacy.population.person import Person
from legacy.registry.rows import Row, rows_of
from legacy.registry.tables import REGISTRY

_DRIVERS = {"postgresql": "postgresql+asyncpg", "sqlite": "sqlite+aiosqlite"}
_MEMBERS_AT_A_TIME = 250

Write = Callable[[Table, Sequence[Row]], Awaitable[None]]


async def load(url: str, population: Population, *, show_progress: bool) -> None:
    """Replaces what stands in the registry's tables by this population, in one transaction.

    `url` is SQLAlchemy's; `postgresql://` and `sqlite:///` are completed by an asynchronous driver.
    """
    target = make_url(url)
    engine = create_async_engine(target.set(drivername=_DRIVERS.get(target.drivername, target.drivername)))
    try:
        async with engine.begin() as connection:
            await connection.run_sync(REGISTRY.drop_all)
            await connection.run_sync(REGISTRY.create_all)
            with tqdm(total=population.size, unit="member", disable=not show_progress) as bar:
                await _fill(connection, population, bar.update)
    finally:
        await engine.dispose()


async def _fill(
    connection: AsyncConnection, population: Population, advance: Callable[[int], object]
) -> None:
    is_postgresql = connection.dialect.name == "postgresql"
    write = await _copying(connection) if is_postgresql else _inserting(connection)
    for people in _batches(population.people()):
        for table, rows in _by_table(people).items():
            await write(table, rows)
        advance(len(people))
    if is_postgresql:
        for table in REGISTRY.sorted_tables:
            await connection.execute(text(f"ANALYZE {table.name}"))


def _batches(people: Iterator[Person]) -> Iterator[Sequence[Person]]:
    while batch := list(islice(people, _MEMBERS_AT_A_TIME)):
        yield batch


def _by_table(people: Iterable[Person]) -> Mapping[Table, Sequence[Row]]:
    rows: dict[Table, list[Row]] = {table: [] for table in REGISTRY.sorted_tables}
    for person in people:
        for table, row in rows_of(person):
            rows[table].append(row)
    return rows


async def _copying(connection: AsyncConnection) -> Write:
    """PostgreSQL: COPY, some ten times as fast as INSERT."""
    driver: Any = (await connection.get_raw_connection()).driver_connection

    async def write(table: Table, rows: Sequence[Row]) -> None:
        await driver.copy_records_to_table(table.name, records=rows)

    return write


def _inserting(connection: AsyncConnection) -> Write:
    """Every other engine: INSERT with many rows at a time."""

    async def write(table: Table, rows: Sequence[Row]) -> None:
        names = table.columns.keys()
        if rows:
            await connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])

    return write
