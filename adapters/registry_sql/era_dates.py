"""Era dates (和暦) of the registry: `CHAR(7)`, an era's letter and YYMMDD, so `H140403` is 2002-04-03.

Clerks were careless: letters in lower case, digits in full width, years past the end of an era (`H320401` for
what is `R020401`) or before its first day. All of them mean the day they count to. A view over a table that has real
dates may give `20020403` instead.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final
from unicodedata import normalize

YEAR_BEFORE: Final = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}
"""明治, 大正, 昭和, 平成, 令和: the calendar year before an era's year 1."""

FIRST_GREGORIAN_DAY: Final = date(1873, 1, 1)
"""明治6年1月1日. Days before it were counted by the moon and cannot be told from month and day."""

WRITTEN: Final = re.compile(
    r"(?P<era>[MTSHR](?!00))?(?P<year>(?(era)\d\d|\d{4}))(?P<month>\d\d)(?P<day>\d\d)", re.ASCII
)
"""An era begins with its year 1."""

NONE: Final = frozenset({"", "0000000", "00000000"})


@lru_cache(maxsize=16_384)
def era_date(text: str) -> date | None:
    """The day a column says, None when it says there is none (blank or zeros).

    Raises `ValueError` for anything else that is not a day. The text is not in the message: it may be
    somebody's birth date, which is a provisional password (A12).
    """
    typed = normalize("NFKC", text).strip().upper()
    if typed in NONE:
        return None
    day = _day(typed)
    if day < FIRST_GREGORIAN_DAY:
        raise ValueError("a day before 1873 cannot be told from its number")
    return day


def _day(typed: str) -> date:
    match = WRITTEN.fullmatch(typed)
    if match is None:
        raise ValueError("not an era's letter and six digits")
    year = YEAR_BEFORE.get(match["era"], 0) + int(match["year"])
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError as error:
        raise ValueError("no such day in the calendar") from error
