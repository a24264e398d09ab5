"""A sheet: a table with a title, whatever file it will stand in."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

Cell = str | int | Decimal | date | None


class NothingToExport(LookupError):
    """There is no such sheet. The message is Japanese and for the member's eyes."""


class Column(NamedTuple):
    """A heading, and the width on paper in millimetres."""

    heading: str
    width: float


class Row(NamedTuple):
    """A line. A total repeats what stands above it: paper has it, a spreadsheet adds up by itself."""

    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on its way: `pages` yields once at least, and raises what the resolvers raise.

    `notes` stand above the table, on paper only; a spreadsheet gets nothing but the table.
    """

    title: str
    file_name: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    pages: AsyncIterator[Sequence[Row]]
