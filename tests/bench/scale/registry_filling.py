"""Fills a registry of any size within minutes.

The generator of `legacy.registry` makes a fraction of the members one by one; the database multiplies them, with
member numbers, card numbers, mobile phones and e-mail addresses of their own. Names are repeated, as they are among
so many.
"""

from collections.abc import Iterator

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import Table

from adapters.registry_sql.phone_digits import FULL_WIDTH, HALF_WIDTH, PUNCTUATION
from legacy.registry.tables import REGISTRY

OWN = {
    "kumiaiin_no": "(kumiaiin_no::bigint + {shift})::text",
    "card_no": "lpad(next::text, 14, '0') || lpad((next % 97)::text, 2, '0')",
    "tel_keitai": "'090-' || to_char((kumiaiin_no::bigint + {shift}) * 7919 % 100000000, 'FM0000-0000')",
    "mail": "CASE WHEN mail = '' THEN mail ELSE 'c{shift}.' || mail END",
    "uketsuke_no": "lpad((uketsuke_no::bigint + {shift} * 100)::text, 10, '0')",
}
"""What is a copy's own, by column."""

INDEXES = tuple(
    f"CREATE INDEX search_{name} ON kumiaiin ({expression})"
    for name, expression in {
        "kana": "shimei_kana bpchar_pattern_ops, kumiaiin_no",
        "mail": "lower(mail) text_pattern_ops",
        "home": f"translate(tel_jitaku, '{FULL_WIDTH}{PUNCTUATION}', '{HALF_WIDTH}') text_pattern_ops",
        "mobile": f"translate(tel_keitai, '{FULL_WIDTH}{PUNCTUATION}', '{HALF_WIDTH}') text_pattern_ops",
    }.items()
)
"""What docs/operators/connect-a-registry.md asks for."""

FINE_STATISTICS = (
    "ALTER TABLE kumiaiin ALTER shimei_kana SET STATISTICS 1000",
    *(f"ALTER INDEX search_{name} ALTER COLUMN 1 SET STATISTICS 1000" for name in ("mail", "home", "mobile")),
)
"""And this, of several hundred thousand members."""


async def multiply(connection: "asyncpg.Connection[asyncpg.Record]", made: int, members: int) -> None:
    """Brings a registry of so many `made` members to `members`, a multiple of it, and makes the indexes."""
    for shift in range(made, members, made):
        for statement in _copies(shift, made):
            await connection.execute(statement)
    await connection.execute("SET maintenance_work_mem = '512MB'")
    for statement in (*INDEXES, *FINE_STATISTICS):
        await connection.execute(statement)
    await connection.execute("VACUUM ANALYZE")


def _copies(shift: int, made: int) -> Iterator[str]:
    for table in REGISTRY.sorted_tables:
        yield _copy(table, shift, made)


def _copy(table: Table, shift: int, made: int) -> str:
    names = table.columns.keys()
    values = ", ".join(OWN.get(name, name).format(shift=shift) for name in names)
    originals = f"kumiaiin_no < (SELECT (min(kumiaiin_no)::bigint + {made})::text FROM kumiaiin)"  # noqa: S608 - of constants
    return (
        f"INSERT INTO {table.name} ({', '.join(names)}) "  # noqa: S608 - of constants
        f"SELECT {values} FROM {_source(table, shift)} WHERE {originals}"
    )


def _source(table: Table, shift: int) -> str:
    if "card_no" not in table.columns:
        return table.name
    following = f"substr(card_no, 1, 14)::bigint + {shift} * 100"
    return f"{table.name}, LATERAL (SELECT {following}) AS numbered (next)"


def copied_phone(number: str) -> str:
    """The digits of a copy's mobile phone, by its member number."""
    return f"090{int(number) * 7919 % 100_000_000:08d}"


def copied_mail(address: str, shift: int) -> str:
    """A copy's e-mail address."""
    return f"c{shift}.{address}"
