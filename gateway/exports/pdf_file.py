"""PDF for paper: A4, upright or across as the columns need, with the headings on every page."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import date
from decimal import Decimal

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from gateway.exports.sheet import Cell, Row, Sheet
from gateway.exports.typeface import Typeface

MARGIN = 12 * mm
TITLE_SIZE = 14
TEXT_SIZE = 8
LINE_HEIGHT = 11
PADDING = 1.2 * mm
"""On either side of a cell's text."""
HEADINGS_GREY = 0.92


async def pdf_of(sheet: Sheet, typeface: Typeface) -> AsyncIterator[bytes]:
    """The file in one chunk, when everything is in it: a sheet that cannot be read to its end gives none."""
    paper = _Paper(sheet, typeface)
    async for page in sheet.pages:
        for row in page:
            paper.write(row)
    yield await asyncio.to_thread(paper.finished)


class _Paper:
    def __init__(self, sheet: Sheet, typeface: Typeface) -> None:
        self._widths = [column.width * mm for column in sheet.columns]
        self._headings = [column.heading for column in sheet.columns]
        self._typeface = typeface
        size = A4 if sum(self._widths) <= A4[0] - 2 * MARGIN else landscape(A4)
        self._written = io.BytesIO()
        self._canvas = Canvas(self._written, pagesize=size, lang="ja-JP")
        self._canvas.setTitle(sheet.title)
        self._middle, self._top = size[0] / 2, size[1] - MARGIN
        self._begin_page()
        self._write_title(sheet)
        self._write_headings()

    def write(self, row: Row) -> None:
        """The next line, on a new page where this one is full."""
        cells = [self._lines(cell, width) for cell, width in zip(row.cells, self._widths, strict=True)]
        height = _height(cells)
        if self._y - height < MARGIN + LINE_HEIGHT:
            self._end_page()
            self._begin_page()
            self._write_headings()
        if row.is_total:
            self._shade(height)
        self._draw(cells, [isinstance(cell, int | Decimal) for cell in row.cells])

    def finished(self) -> bytes:
        """The file."""
        self._end_page()
        self._canvas.save()
        return self._written.getvalue()

    def _begin_page(self) -> None:
        self._y = self._top
        self._canvas.setFont(self._typeface.name, TEXT_SIZE)

    def _end_page(self) -> None:
        self._canvas.drawCentredString(self._middle, MARGIN, str(self._canvas.getPageNumber()))
        self._canvas.showPage()

    def _write_title(self, sheet: Sheet) -> None:
        self._y -= TITLE_SIZE
        self._canvas.setFont(self._typeface.name, TITLE_SIZE)
        self._canvas.drawString(MARGIN, self._y, sheet.title)
        self._canvas.setFont(self._typeface.name, TEXT_SIZE)
        self._y -= LINE_HEIGHT / 2
        for note in sheet.notes:
            for line in self._typeface.wrapped(note, TEXT_SIZE, sum(self._widths)):
                self._y -= LINE_HEIGHT
                self._canvas.drawString(MARGIN, self._y, line)
        self._y -= LINE_HEIGHT

    def _write_headings(self) -> None:
        cells = [self._lines(*each) for each in zip(self._headings, self._widths, strict=True)]
        self._shade(_height(cells))
        self._draw(cells, [False] * len(cells))

    def _shade(self, height: float) -> None:
        self._canvas.setFillGray(HEADINGS_GREY)
        self._canvas.rect(MARGIN, self._y - height, sum(self._widths), height, stroke=0, fill=1)
        self._canvas.setFillGray(0)

    def _lines(self, cell: Cell, width: float) -> list[str]:
        return self._typeface.wrapped(_shown(cell), TEXT_SIZE, width - 2 * PADDING)

    def _draw(self, cells: Sequence[Sequence[str]], are_figures: Sequence[bool]) -> None:
        """A line of cells, figures at the right, and the rule below it."""
        for (left, right), lines, is_figure in zip(self._edges(), cells, are_figures, strict=True):
            for number, line in enumerate(lines, start=1):
                y = self._y - number * LINE_HEIGHT + (LINE_HEIGHT - TEXT_SIZE) / 2
                if is_figure:
                    self._canvas.drawRightString(right - PADDING, y, line)
                else:
                    self._canvas.drawString(left + PADDING, y, line)
        self._y -= _height(cells)
        self._canvas.setLineWidth(0.2)
        self._canvas.line(MARGIN, self._y, MARGIN + sum(self._widths), self._y)

    def _edges(self) -> Iterator[tuple[float, float]]:
        left = MARGIN
        for width in self._widths:
            yield left, left + width
            left += width


def _height(cells: Sequence[Sequence[str]]) -> float:
    return max(map(len, cells)) * LINE_HEIGHT + LINE_HEIGHT / 4


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case int():
            return f"{cell:,}"
        case date():
            return f"{cell:%Y/%m/%d}"
        case _:
            return str(cell)
