"""CSV as Excel opens it: UTF-8 with its mark, CRLF, figures as figures, and no text that it would compute."""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence

from gateway.exports.sheet import Cell, Row

BYTE_ORDER_MARK = "\ufeff"
"""Excel takes a file without it for Shift_JIS."""

FORMULA_TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula, in Japan full-width too (OWASP, CSV Injection)."""


async def csv_chunks(headings: Sequence[str], pages: AsyncIterator[Sequence[Row]]) -> AsyncIterator[bytes]:
    """The file, page by page as it is read; the first chunk holds the headings and the first page."""
    head = BYTE_ORDER_MARK + _lines([headings])
    async for page in pages:
        yield (head + _lines(row.cells for row in page if not row.is_total)).encode()
        head = ""


def _lines(rows: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows([_written(cell) for cell in row] for row in rows)
    return written.getvalue()


def _written(cell: Cell) -> str:
    """A figure as it is, so that it can be added up; a text that begins like a formula with an apostrophe before it."""
    if isinstance(cell, str) and cell.startswith(FORMULA_TRIGGERS):
        return f"'{cell}"
    return "" if cell is None else str(cell)
