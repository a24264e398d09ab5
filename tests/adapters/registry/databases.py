"""Registry databases on every engine the contract suite runs on, filled by the real loader and by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Table, insert, make_url, text
from sqlalchemy.ext.asyncio import create_async_engine

from adapters.ports import MemberRegistry
from adapters.records import MemberNumber
from adapters.registry_sql import RegistrySqlConfig, connect
from adapters.upstream import Policy
from legacy.population import Population
from legacy.registry.loading import load
from legacy.registry.tables import (
    HENKO_UKETSUKE,
    HOGOSHA,
    KUMIAIIN,
    KUMIAIINSHO,
    REGISTRY,
    SEIKYU,
    SEIKYU_MEISAI,
    SHUSSIKIN,
)
from tests.running import NOW

MEMBERS = 60

POLICY = Policy(
    timeout_seconds=5.0,
    max_connections=3,
    max_concurrent_calls=3,
    max_waiting=100,
    batch_limit=100,
    retries=0,
    breaker_failures=1000,
    breaker_seconds=1.0,
    snapshot_entries=1,
)
"""Nothing is retried and next to nothing remembered: the tests see every answer and every failure as it comes."""

WELL_WRITTEN: Mapping[Table, Mapping[str, Any]] = {
    KUMIAIIN: {
        "shimei_kanji": "試験　太郎",
        "shimei_kana": "ｼｹﾝ ﾀﾛｳ",
        "kubun": "01",
        "jotai": "1",
        "kanyubi": "R020401",
    },
    SHUSSIKIN: {"kuchisu": "0005", "kingaku": 5000, "moshikomibi": "R020401", "nyukinbi": "R020401"},
    HOGOSHA: {"shimei_kanji": "試験　一郎", "shimei_kana": "ｼｹﾝ ｲﾁﾛｳ", "zokugara": "01"},
    KUMIAIINSHO: {"hakkobi": "R020401", "jotai": "1", "saihakko_kaisu": "00"},
    SEIKYU: {"seikyu_nengetsu": "202004", "shimebi": "R020320", "meisai_kensu": "000", "gokei": 0},
    SEIKYU_MEISAI: {"seikyu_nengetsu": "202004", "gyo_no": "001", "riyobi": "R020301", "kingaku": 0},
    HENKO_UKETSUKE: {"komoku": "01", "shori_flg": "1", "shoribi": "R020401"},
}
"""What a row says where a test does not say otherwise; everything else is blank."""


@dataclass(frozen=True, slots=True)
class Databases:
    """The URLs of one engine's registries: both co-ops' as the loader fills them, one to write in."""

    hirosaki: str
    hokkaido: str
    for_clerks: str


class Clerk:
    """Writes rows into a registry, on every engine padded as `CHAR` columns are."""

    def __init__(self, url: str) -> None:
        self._numbers = count(90_000_001)
        self._engine = create_async_engine(url)

    async def member(self, **columns: Any) -> MemberNumber:
        """A member of the next free number, with a row of KUMIAIIN."""
        number = MemberNumber(str(next(self._numbers)))
        await self.row(KUMIAIIN, number, **columns)
        return number

    async def row(self, table: Table, number: MemberNumber, **columns: Any) -> None:
        """A row about a member."""
        await self.rows(table, number, [columns])

    async def rows(self, table: Table, number: MemberNumber, rows: Sequence[Mapping[str, Any]]) -> None:
        """Some rows about a member."""
        written = [_padded(table, {**WELL_WRITTEN[table], "kumiaiin_no": number, **row}) for row in rows]
        async with self._engine.begin() as connection:
            await connection.execute(insert(table), written)

    async def execute(self, statement: str) -> None:
        """Anything else that may happen to a database."""
        async with self._engine.begin() as connection:
            await connection.execute(text(statement))

    async def close(self) -> None:
        await self._engine.dispose()


def _padded(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    blank = {column.name: "" for column in table.columns}
    return {
        name: value if isinstance(value, int) else value.ljust(table.columns[name].type.length)  # type: ignore[attr-defined]
        for name, value in {**blank, **row}.items()
    }


async def filled(databases: Databases) -> Databases:
    """The same databases, filled by the loader; the one for clerks has tables and not a row."""
    await load(databases.hirosaki, Population("hirosaki", MEMBERS, NOW), show_progress=False)
    await load(databases.hokkaido, Population("hokkaido", MEMBERS, NOW), show_progress=False)
    engine = create_async_engine(databases.for_clerks)
    async with engine.begin() as connection:
        await connection.run_sync(REGISTRY.create_all)
    await engine.dispose()
    return databases


def through(driver: str, url: str) -> str:
    """The same database, reached by another driver."""
    return make_url(url).set(drivername=driver).render_as_string(hide_password=False)


def registry_at(url: str) -> MemberRegistry:
    """The adapter under test."""
    return connect("test/registry", RegistrySqlConfig(url, POLICY))
