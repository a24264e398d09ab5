"""CSV: what a spreadsheet makes of it."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.exports.csv_file import FORMULA_TRIGGERS, csv_chunks
from gateway.exports.sheet import Cell, Row


async def pages(*given_pages: Sequence[Row]) -> AsyncIterator[Sequence[Row]]:
    for page in given_pages:
        yield page


async def written(*given_pages: Sequence[Row]) -> list[bytes]:
    return [part async for part in csv_chunks(["見出し"], pages(*given_pages))]


def cells(file: bytes) -> list[str]:
    """Those below the heading, as a spreadsheet reads them."""
    rows = csv.reader(io.StringIO(file.decode("utf-8-sig"), newline=""))
    return [cell for row in list(rows)[1:] for cell in row]


async def test_every_page_is_a_part_and_the_first_has_the_mark_and_the_headings() -> None:
    assert await written([Row((1,))], [], [Row((2,))]) == ["\ufeff見出し\r\n1\r\n".encode(), b"", b"2\r\n"]


async def test_an_empty_list_is_a_file_of_headings() -> None:
    assert await written([]) == ["\ufeff見出し\r\n".encode()]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (-500, "-500"),
        (Decimal("35.0"), "35.0"),
        (None, ""),
        ("-500", "'-500"),
        ('=HYPERLINK("http://evil.example")', '\'=HYPERLINK("http://evil.example")'),
        ("＝１＋１", "'＝１＋１"),
        ("\n=1", "'\n=1"),
        ('チョコ"大", 2個', 'チョコ"大", 2個'),
    ],
)
async def test_figures_stay_figures_and_texts_stay_texts(cell: Cell, expected: str) -> None:
    """A reversal is negative and can be added up; a text is never computed."""
    (file,) = await written([Row((cell,))])

    assert cells(file) == [expected]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
async def test_no_text_whatever_begins_like_a_formula(text: str) -> None:
    (file,) = await written([Row((text,))])

    (cell,) = cells(file) or [""]
    assert not cell.startswith(FORMULA_TRIGGERS)
    assert cell.removeprefix("'") == text.removeprefix("'")


async def test_a_total_is_left_to_the_spreadsheet() -> None:
    """A column that is added up must not hold its sum already."""
    (file,) = await written([Row((200,)), Row((200,), is_total=True)])

    assert cells(file) == ["200"]
