"""The plan of a statement, as `EXPLAIN (FORMAT JSON)` tells it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ClauseElement, Executable
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

DIALECT: Dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]
NO_OTHER_WAY = ("enable_seqscan", "enable_mergejoin", "enable_hashjoin")
"""Switched off, a table is read whole only where no index leads to its rows."""

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """The topmost node, with figures where the statement was carried out; `milliseconds` within the database."""

    node: Node
    milliseconds: float = 0.0

    @property
    def pages(self) -> int:
        """How many pages of the database were looked at."""
        return int(self.node["Shared Hit Blocks"]) + int(self.node["Shared Read Blocks"])

    def whole_scans(self) -> Sequence[str]:
        """The tables, and indexes, that are read from end to end."""
        return [*_whole_scans(self.node)]

    def indexes(self) -> frozenset[str]:
        """The indexes by which rows are found."""
        return frozenset(node["Index Name"] for node in _nodes(self.node) if "Index Cond" in node)

    def rows_read(self, table: str) -> int:
        """How many rows of a table were looked at; an index that tells all by itself spares them."""
        return sum(_rows_read(node) for node in _nodes(self.node) if node.get("Relation Name") == table)


async def plan_for_any_values(connection: AsyncConnection, statement: ClauseElement) -> Plan:
    """The plan that does whatever the parameters are."""
    compiled = statement.compile(dialect=DIALECT)
    assert isinstance(compiled, SQLCompiler)
    expanded = compiled.construct_expanded_state(compiled.params)
    nothing = ", ".join(["NULL"] * len(expanded.positiontup or ()))
    await connection.exec_driver_sql(f"PREPARE explained AS {expanded.statement}")
    told = await connection.exec_driver_sql(
        f"EXPLAIN (FORMAT JSON) EXECUTE explained{nothing and f'({nothing})'}"
    )
    plan = _read(told.scalar_one())
    await connection.exec_driver_sql("DEALLOCATE explained")
    return plan


class CarriedOut(Executable, ClauseElement):
    """A statement that answers with its plan and what it took. It takes effect."""

    inherit_cache = False

    def __init__(self, statement: Executable) -> None:
        assert isinstance(statement, ClauseElement)
        self.statement = statement


@compiles(CarriedOut)
def _explaining(element: CarriedOut, compiler: SQLCompiler, **_: Any) -> str:
    return f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {compiler.process(element.statement)}"


async def plan_carried_out(
    connection: AsyncConnection, statement: Executable, values: Mapping[str, object]
) -> Plan:
    """The plan for these values, with what it took."""
    return _read((await connection.execute(CarriedOut(statement), values)).scalar_one())


def _read(told: Any) -> Plan:
    (explained,) = json.loads(told) if isinstance(told, str) else told
    return Plan(explained["Plan"], explained.get("Execution Time", 0.0))


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _rows_read(node: Node) -> int:
    if node["Node Type"] == "Index Only Scan":  # but for pages VACUUM could not have
        return 0
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + removed) * node["Actual Loops"])


def _whole_scans(node: Node) -> Iterator[str]:
    for each in _nodes(node):
        kind = each["Node Type"]
        if kind == "Seq Scan":
            yield each["Relation Name"]
        elif kind in ("Index Scan", "Index Only Scan", "Bitmap Index Scan") and "Index Cond" not in each:
            yield each["Index Name"]
