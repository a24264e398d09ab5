"""One row's columns, and what becomes of those that cannot be read.

Whatever goes wrong is logged by table, key and column and never by value: a birth date or a telephone
number is a provisional password (A10, A12).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import structlog
from sqlalchemy import Table

from adapters.records import MemberNumber

log = structlog.get_logger(__name__)

T = TypeVar("T")


class UnreadableRow(ValueError):
    """A row without one of the fields its record cannot do without."""


class Fields:
    """The columns of one row of `table` about a member, read by name.

    NULL, which a view may give, counts as blank.
    """

    __slots__ = ("_row", "_system", "_table")

    def __init__(self, system: str, table: Table, row: Mapping[str, Any]) -> None:
        self._system = system
        self._table = table
        self._row = row

    @property
    def member_number(self) -> MemberNumber:
        """Whose row it is."""
        return MemberNumber(self._row["kumiaiin_no"].strip())

    def of(self, table: Table) -> "Fields":
        """The same row, read for what it holds of another table."""
        return Fields(self._system, table, self._row)

    def required(self, column: str, read: Callable[[Any], T | None]) -> T:
        """What the column says. Raises `UnreadableRow` when it cannot be read or says nothing."""
        try:
            value = read(self._value(column))
        except ValueError as error:
            raise self.unreadable(column, str(error)) from error
        if value is None:
            raise self.unreadable(column, "blank")
        return value

    def optional(self, column: str, read: Callable[[Any], T | None]) -> T | None:
        """What the column says; None too when it cannot be read: one bad field must not cost the record."""
        try:
            return read(self._value(column))
        except ValueError as error:
            self._report("registry_field_unreadable", column, str(error))
            return None

    def text(self, column: str, read: Callable[[str], str]) -> str:
        """What the column says, whatever that is."""
        return read(self._value(column))

    def unreadable(self, column: str, reason: str) -> UnreadableRow:
        """Puts on record that the row cannot be used, and why; raise what it gives back."""
        self._report("registry_row_unreadable", column, reason)
        return UnreadableRow(f"{self._table.name}.{column}: {reason}")

    def _value(self, column: str) -> Any:
        value = self._row[column]
        return "" if value is None else value

    def _report(self, event: str, column: str, reason: str) -> None:
        key = " ".join(str(self._value(part.name)).strip() for part in self._table.primary_key)
        log.warning(event, system=self._system, table=self._table.name, key=key, column=column, reason=reason)
