"""The Japanese font that PDFs are set in, from a file of the machine's."""

from pathlib import Path

import structlog
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from adapters.legacy_text import STAND_IN
from gateway.cannot_start import CannotStart

log = structlog.get_logger("gateway.exports")

NEVER_FIRST = "、。，．・）)」』】〉》〕］ー々っッゃャゅュょョ×"
"""What no line begins with (行頭禁則): the character before it goes to the next line, too."""


class Typeface:
    """A TrueType font; a PDF holds of it what it uses."""

    def __init__(self, font: TTFont) -> None:
        pdfmetrics.registerFont(font)
        self.name: str = font.fontName
        self._font = font

    @classmethod
    def read(cls, path: Path) -> "Typeface | None":
        """The font of a file, None without the file; raises `CannotStart` for a file that is no such font."""
        if not path.exists():
            log.warning("no font for PDF", path=str(path))
            return None
        try:
            return cls(TTFont("export", str(path)))
        except TTFError as error:
            problem = f"GATEWAY_PDF_FONT: {path} is no TrueType font that can be embedded ({error})."
            raise CannotStart(problem) from error

    def drawable(self, text: str) -> str:
        """The text with 〓 for every character that the font lacks."""
        return "".join(each if ord(each) in self._font.face.charToGlyph else STAND_IN for each in text)

    def wrapped(self, text: str, size: float, width: float) -> list[str]:
        """The text in lines no wider than that: Japanese may be broken anywhere."""
        lines, taken = [""], 0.0
        for each in self.drawable(text):
            wide = self._font.stringWidth(each, size)
            if lines[-1] and taken + wide > width:
                carried = lines[-1][-1] if each in NEVER_FIRST and len(lines[-1]) > 1 else ""
                lines[-1] = lines[-1].removesuffix(carried)
                lines.append(carried)
                taken = self._font.stringWidth(carried, size)
            lines[-1] += each
            taken += wide
        return lines
