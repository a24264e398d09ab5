"""Text of legacy systems: decoding it whatever it holds, and tidying it for people and for comparison.

CP932 is Shift_JIS as Microsoft understands it. Three things in it break naive code: characters cut in half at
the end of a fixed-width field, private-use characters (外字) that only old terminals drew, half-width kana.
"""

import re
import unicodedata

import jaconv

STAND_IN = "〓"
"""下駄記号, the printers' mark for a character that is not at hand."""

PADDING = " \u3000"

_NOT_FOR_DISPLAY = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]")
_NOT_AS_IT_IS = re.compile(f"{_NOT_FOR_DISPLAY.pattern}|{_HALF_WIDTH_KANA.pattern}")
_NOT_A_DIGIT = re.compile("[^0-9]")


def decode(raw: bytes) -> str:
    """CP932 bytes as text. A byte that belongs to no character (half of one, say) becomes 〓."""
    return raw.decode("cp932", errors="replace").replace("\ufffd", STAND_IN)


def trimmed(text: str) -> str:
    """Without the padding, full-width or half-width, at either end."""
    return text.strip(PADDING)


def shown(text: str) -> str:
    """What a person may be shown: no padding, full-width kana, 〓 for private-use and control characters."""
    typed = trimmed(text)
    if _NOT_AS_IT_IS.search(typed) is None:  # most text
        return typed
    readable = _NOT_FOR_DISPLAY.sub(STAND_IN, typed)
    if _HALF_WIDTH_KANA.search(readable) is None:  # jaconv looks at every character
        return readable
    full_width: str = jaconv.h2z(readable, kana=True, ascii=False, digit=False)
    return full_width


def identifier(text: str) -> str:
    """A code or number for comparison: no padding, half width (NFKC). Not for names: ㈱ would become (株)."""
    return text.strip() if text.isascii() else unicodedata.normalize("NFKC", text).strip()


def half_width_kana(text: str) -> str:
    """Kana of any kind as the old systems keep names: half-width katakana, ﾋﾛｻｷ ﾀﾛｳ."""
    katakana: str = jaconv.hira2kata(unicodedata.normalize("NFKC", text))
    return jaconv.z2h(katakana, kana=True, ascii=False, digit=False)


def digits(text: str) -> str:
    """The digits alone, in half width: of a telephone number or a postal code however it was typed."""
    return _NOT_A_DIGIT.sub("", text if text.isascii() else unicodedata.normalize("NFKC", text))
