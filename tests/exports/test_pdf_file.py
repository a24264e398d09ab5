"""PDF: every line on some page, whatever is in it."""

import io
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from gateway.cannot_start import CannotStart
from gateway.exports.pdf_file import pdf_of
from gateway.exports.sheet import Column, Row, Sheet
from gateway.exports.typeface import Typeface
from gateway.settings import Settings


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    """The font that `make` installs."""
    read = Typeface.read(Settings.model_fields["pdf_font"].default)
    assert read is not None, "install it: make japanese-font"
    return read


async def pages(*given_pages: Sequence[Row]) -> AsyncIterator[Sequence[Row]]:
    for page in given_pages:
        yield page


async def printed(
    typeface: Typeface, *given_pages: Sequence[Row], widths: Sequence[float] = (40, 20)
) -> PdfReader:
    """A sheet of two columns on paper."""
    columns = tuple(Column(heading, width) for heading, width in zip(("品名", "金額"), widths, strict=True))
    sheet = Sheet("見本", "見本", columns, ("ある生協",), pages(*given_pages))
    (file,) = [part async for part in pdf_of(sheet, typeface)]
    return PdfReader(io.BytesIO(file))


async def test_every_line_stands_on_some_page(typeface: Typeface) -> None:
    lines = [Row((f"品{number}号", number)) for number in range(300)]

    pdf = await printed(typeface, lines[:100], lines[100:])

    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert [number for number in range(300) if f"品{number}号" not in text] == []
    assert len(pdf.pages) == 6
    assert pdf.metadata is not None
    assert pdf.metadata.title == "見本"


async def test_a_long_text_is_broken_and_nothing_of_it_lost(typeface: Typeface) -> None:
    long = "髙原牛すき煮丼、" * 40

    pdf = await printed(typeface, [Row((long, 1))])

    assert pdf.pages[0].extract_text().replace("\n", "").count("髙原牛すき煮丼、") == 40


def test_no_line_begins_with_a_mark_that_must_not(typeface: Typeface) -> None:
    """行頭禁則: what would stand before it goes to the next line as well."""
    eight_wide = typeface.wrapped("あいうえおかきくけこ", 10, 80)

    assert eight_wide == ["あいうえおかきく", "けこ"]
    assert typeface.wrapped("あいうえおかきく、けこ", 10, 80) == ["あいうえおかき", "く、けこ"]
    assert typeface.wrapped("、、", 10, 5) == ["、", "、"]


async def test_what_the_font_lacks_is_printed_as_the_stand_in(typeface: Typeface) -> None:
    """Private use, emoji, a kanji beyond it: as everywhere in the house 〓."""
    pdf = await printed(typeface, [Row(("藤\ue000と😀と𠮷と髙﨑①", 1))])

    assert "藤〓と〓と〓と髙﨑①" in pdf.pages[0].extract_text()


@pytest.mark.parametrize(("widths", "is_upright"), [((100, 80), True), ((200, 60), False)])
async def test_wide_sheets_lie_across(
    typeface: Typeface, widths: tuple[float, float], is_upright: bool
) -> None:
    page = (await printed(typeface, [Row(("品", 1))], widths=widths)).pages[0]

    assert (page.mediabox.height > page.mediabox.width) is is_upright


async def test_figures_are_grouped_and_a_reversal_is_negative(typeface: Typeface) -> None:
    text = (await printed(typeface, [Row(("取消", -12110))])).pages[0].extract_text()

    assert "-12,110" in text


def test_a_file_that_is_no_font_keeps_the_gateway_from_starting(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.ttf"
    wrong.write_text("no font", encoding="utf-8")

    with pytest.raises(
        CannotStart, match=r"GATEWAY_PDF_FONT: .*wrong\.ttf is no TrueType font that can be embedded"
    ):
        Typeface.read(wrong)


def test_without_the_file_there_is_none(tmp_path: Path) -> None:
    assert Typeface.read(tmp_path / "none.ttf") is None
