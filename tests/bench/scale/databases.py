"""The databases of a size: a registry for each of the two co-ops that are asked, and the gateway's store."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

import asyncpg  # type: ignore[import-untyped]

from gateway.clock import system_clock
from gateway.demo.databases import Registry
from gateway.store.migrate import migrate
from tests.bench.scale.registry_filling import multiply
from tests.bench.scale.sizes import Size
from tests.bench.scale.store_filling import fill_store
from tests.running.postgres import Postgres

MADE = {"hirosaki": 10_000, "hokkaido": 1_000}
"""How many members the generator makes at most; the rest are copies. A school's has 36 months of statements."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The databases of a size, and what they took: seconds, and MiB on the disk."""

    size: Size
    store: str
    registries: dict[str, str]
    seconds: float
    mebibytes: float


async def without_autovacuum(postgres: Postgres) -> None:
    """Lets nothing be tidied up meanwhile: what is loaded is, once it stands."""
    await _administer(postgres, "ALTER SYSTEM SET autovacuum = off")
    await _administer(postgres, "SELECT pg_reload_conf()")


async def load_registries(postgres: Postgres, sizes: list[Size]) -> None:
    """Loads what all sizes have in common: for each co-op and number of members made, a registry to copy."""
    for coop, made in sorted({key for size in sizes for key in _made(size)}):
        await Registry(coop, made, system_clock()).load(postgres.server)
        await _administer(postgres, f"ALTER DATABASE registry_{coop} RENAME TO {_template(coop, made)}")


async def load(postgres: Postgres, size: Size, password_hash: str) -> Loaded:
    """Loads the databases of a size, the store beside the registries."""
    begun = perf_counter()
    store, *registries = await asyncio.gather(
        _load_store(postgres, size, password_hash),
        _load_registry(postgres, size, "hirosaki", size.members),
        _load_registry(postgres, size, "hokkaido", size.hokkaido_registry),
    )
    names = dict(zip(MADE, registries, strict=True))
    return Loaded(
        size, store, names, perf_counter() - begun, await _mebibytes(postgres, [store, *names.values()])
    )


async def _load_store(postgres: Postgres, size: Size, password_hash: str) -> str:
    name = f"store_{size.members}"
    await migrate(await postgres.create(name))
    async with _connected(postgres, name) as connection:
        await fill_store(connection, size, password_hash)
    return name


async def _load_registry(postgres: Postgres, size: Size, coop: str, members: int) -> str:
    name, made = f"registry_{coop}_{size.members}", min(MADE[coop], members)
    await postgres.create(name, _template(coop, made))
    async with _connected(postgres, name) as connection:
        await multiply(connection, made, members)
    return name


def _made(size: Size) -> list[tuple[str, int]]:
    return [
        ("hirosaki", min(MADE["hirosaki"], size.members)),
        ("hokkaido", min(MADE["hokkaido"], size.hokkaido_registry)),
    ]


def _template(coop: str, made: int) -> str:
    return f"made_{coop}_{made}"


async def _mebibytes(postgres: Postgres, names: list[str]) -> float:
    async with _connected(postgres, "postgres") as connection:
        sizes = [await connection.fetchval("SELECT pg_database_size($1::name)", name) for name in names]
    return int(sum(sizes)) / 2**20


async def _administer(postgres: Postgres, statement: str) -> None:
    async with _connected(postgres, "postgres") as connection:
        await connection.execute(statement)


@asynccontextmanager
async def _connected(postgres: Postgres, name: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    connection = await postgres.server.connect(name)
    try:
        yield connection
    finally:
        await connection.close()
