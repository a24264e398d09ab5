"""Looks a co-op's database over before the gateway relies on it: `python -m adapters.registry_sql URL`."""

from collections.abc import AsyncIterator, Awaitable, Mapping, Sequence
from time import perf_counter
from typing import Any, Final, NamedTuple

from sqlalchemy import Column, Table, select

from adapters.errors import AdapterError
from adapters.records import MemberNumber, StatementsQuery
from adapters.registry_sql.database import Database
from adapters.registry_sql.lookups import Lookups
from adapters.registry_sql.tables import kumiaiin, metadata

SAMPLE: Final = 100
"""So many members are read, with everything about them."""

STATEMENTS_A_PAGE: Final = 12


class Finding(NamedTuple):
    """One line about the database; `is_good` is false for what has to be put right."""

    is_good: bool
    text: str


async def findings(database: Database) -> AsyncIterator[Finding]:
    """From the connection over the tables to what is in them; stops where the rest would only repeat it."""
    try:
        await database.ping()
    except AdapterError as error:
        yield Finding(False, f"no connection: {error.detail}")
        return
    yield Finding(True, "connected")
    flaws = [flaw for table in metadata.sorted_tables for flaw in await _flaws(database, table)]
    for flaw in flaws:
        yield flaw
    if not flaws:
        yield Finding(True, f"{len(metadata.tables)} tables with all their columns")
        async for finding in _readings(database):
            yield finding


async def _flaws(database: Database, table: Table) -> Sequence[Finding]:
    """Nothing for a table that can be read; else what is wrong with it, or with some of its columns."""
    refusal = await _refusal(database, table.columns.values())
    if refusal is None:
        return []
    columns = {column.name: await _refusal(database, [column]) for column in table.columns}
    if all(columns.values()):
        return [Finding(False, f"{table.name}: {refusal}")]
    return [Finding(False, f"{table.name}.{name}: {why}") for name, why in columns.items() if why is not None]


async def _refusal(database: Database, columns: Sequence[Column[Any]]) -> str | None:
    """Why the columns cannot be read; None when they can."""
    try:
        await database.rows(kumiaiin, (select(*columns).limit(1), {}))
    except AdapterError as error:
        return error.detail
    return None


async def _readings(database: Database) -> AsyncIterator[Finding]:
    """Reads as the gateway does: how long each question takes, and for how many members it cannot be answered."""
    numbers = await _sample(database)
    if not numbers:
        yield Finding(False, "there is no member")
        return
    lookups = Lookups(database)
    pages = [StatementsQuery(number, None, STATEMENTS_A_PAGE) for number in numbers]
    yield await _timed("members", lookups.members(numbers), len(numbers))
    yield await _timed("guardians", lookups.guardians(numbers), len(numbers))
    yield await _timed("cards", lookups.cards(numbers), len(numbers))
    yield await _timed("changes of name", lookups.name_changes(numbers), len(numbers))
    yield await _timed("statements", lookups.statements(pages), len(numbers))


async def _sample(database: Database) -> Sequence[MemberNumber]:
    """The first members by number."""
    number = kumiaiin.c.kumiaiin_no
    rows = await database.rows(kumiaiin, (select(number).order_by(number).limit(SAMPLE), {}))
    return [row.member_number for row in rows]


async def _timed(what: str, answering: Awaitable[Mapping[Any, Any]], asked: int) -> Finding:
    began = perf_counter()
    try:
        answers = await answering
    except AdapterError as error:
        return Finding(False, f"{what}: {error.detail}")
    milliseconds = (perf_counter() - began) * 1000
    unreadable = asked - len(answers)
    remark = f", {unreadable} cannot be read (see the log lines above)" if unreadable else ""
    return Finding(not unreadable, f"{what} of {asked} members in {milliseconds:.0f} ms{remark}")
