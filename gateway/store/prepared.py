"""Statements as the driver takes them, made once of SQLAlchemy's."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import asyncpg

_DIALECT: sa.Dialect = asyncpg.dialect()  # type: ignore[no-untyped-call]

Kept = sa.Select[Any] | sa.CompoundSelect[Any] | sa.Insert | sa.Update
"""What is kept in a module and asked again and again; an INSERT or UPDATE without RETURNING."""


class Row(Protocol):
    """A row: its columns are attributes, in the types that the tables name."""

    def __getattr__(self, column: str) -> Any: ...


class Prepared:
    """One statement: its text, how values go in, and how rows come out, in the same types as through SQLAlchemy."""

    def __init__(self, statement: Kept) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        columns = [] if isinstance(statement, sa.Insert | sa.Update) else list(statement.selected_columns)
        self.text = compiled.string
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}
        self._into = [(name, _bind(compiled.binds[name])) for name in compiled.positiontup or ()]
        self._out_of = [(place, convert) for place, each in enumerate(columns) if (convert := _result(each))]
        self._row: Any = namedtuple("Row", [column.key for column in columns])  # type: ignore[misc]

    def arguments(self, values: Mapping[str, Any]) -> list[Any]:
        """The values of the parameters in their places; what the statement has no parameter for is left out."""
        known = {**self._constants, **values}
        return [known[name] if convert is None else convert(known[name]) for name, convert in self._into]

    def rows(self, records: Iterable[Sequence[Any]]) -> list[Row]:
        """What the driver has answered."""
        return [self._row._make(self._converted(record)) for record in records]

    def _converted(self, record: Sequence[Any]) -> list[Any]:
        values = list(record)
        for place, convert in self._out_of:
            values[place] = convert(values[place])
        return values


def _bind(parameter: sa.BindParameter[Any]) -> Callable[[Any], Any] | None:
    return parameter.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)


def _result(column: sa.ColumnElement[Any]) -> Callable[[Any], Any] | None:
    return column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
