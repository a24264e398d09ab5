"""Statements that ask for many keys at once, each text built once and kept.

The number of keys differs from call to call, and a text of its own for every number would have to be
compiled here and prepared in the database again and again. So keys are filled up to a power of two: eight
texts serve every batch of up to 128 keys, on all engines alike.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import CTE, Column, Integer, Select, bindparam, literal_column, select, union_all
from sqlalchemy.types import TypeEngine

from adapters.records import MemberNumber
from adapters.registry_sql.tables import NUMBER

NUMBER_WIDTH = 12

Asking = tuple[Select[Any], Mapping[str, object]]
"""A statement and its parameters."""


def padded(number: str) -> str:
    """A member number as `CHAR(12)` holds it.

    Some engines tell it from the bare one, none from the padded one.
    """
    return number.ljust(NUMBER_WIDTH)


def filled_size(keys: int) -> int:
    """The smallest power of two that holds so many keys."""
    return 1 << (keys - 1).bit_length()


class ByNumber:
    """`statement`, of those rows whose `column` holds one of the member numbers asked for."""

    def __init__(self, statement: Select[Any], column: Column[str]) -> None:
        self._statement = statement
        self._column = column
        self._of_size = lru_cache(self._build)

    def about(self, numbers: Sequence[MemberNumber]) -> Asking:
        """Ask about these members; at least one."""
        size = filled_size(len(numbers))
        keys = [*numbers, *[numbers[-1]] * (size - len(numbers))]
        return self._of_size(size), {f"number_{i}": padded(number) for i, number in enumerate(keys)}

    def _build(self, size: int) -> Select[Any]:
        parameters = [bindparam(f"number_{i}", type_=NUMBER) for i in range(size)]
        return self._statement.where(self._column.in_(parameters))


class ByKey:
    """A statement over `asked`: a row for each key, with its `place` in the call and its parts in `columns`.

    `nobody` is a key that nothing answers to, to fill up with.
    """

    def __init__(
        self,
        columns: Mapping[str, TypeEngine[Any]],
        nobody: Sequence[object],
        build: Callable[[CTE], Select[Any]],
    ) -> None:
        self._columns = columns
        self._nobody = nobody
        self._statement_over = build
        self._of_size = lru_cache(self._build)

    def about(self, keys: Sequence[Sequence[object]]) -> Asking:
        """Ask for these keys; at least one. The answer's rows say by `place` which key they belong to."""
        size = filled_size(len(keys))
        filled = [*keys, *[self._nobody] * (size - len(keys))]
        parameters = {
            f"{name}_at_{place}": part
            for place, key in enumerate(filled)
            for name, part in zip(self._columns, key, strict=True)
        }
        return self._of_size(size), parameters

    def _build(self, size: int) -> Select[Any]:
        rows = [self._row(place) for place in range(size)]
        return self._statement_over(union_all(*rows).cte("asked"))

    def _row(self, place: int) -> Select[Any]:
        parts = [
            bindparam(f"{name}_at_{place}", type_=column_type).label(name)
            for name, column_type in self._columns.items()
        ]
        return select(literal_column(str(place), Integer).label("place"), *parts)
