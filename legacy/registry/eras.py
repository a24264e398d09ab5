"""Era dates (和暦) as the registry stores them: era letter and YYMMDD."""

from datetime import date
from functools import lru_cache

_ERAS = (
    ("R", date(2019, 5, 1)),
    ("H", date(1989, 1, 8)),
    ("S", date(1926, 12, 25)),
    ("T", date(1912, 7, 30)),
    ("M", date(1868, 1, 25)),
)
NONE = "0000000"


@lru_cache(maxsize=100_000)
def era_date(day: date) -> str:
    """`R020401` for 2020-04-01. Days before Meiji raise ValueError."""
    for letter, first_day in _ERAS:
        if day >= first_day:
            return _in_era(letter, first_day, day)
    raise ValueError(f"{day} is before Meiji")


def era_date_of_the_era_before(day: date) -> str:
    """`H320401` for 2020-04-01: typed by somebody to whom Heisei had not ended. Heisei and Reiwa only."""
    letter, first_day = _ERAS[1]
    return _in_era(letter, first_day, day)


def _in_era(letter: str, first_day: date, day: date) -> str:
    return f"{letter}{day.year - first_day.year + 1:02d}{day:%m%d}"
