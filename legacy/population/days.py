"""Days that matter to a co-op."""

from datetime import date, timedelta
from random import Random

from holidays import country_holidays

_HOLIDAYS = country_holidays("JP")
_SUNDAY = 6


def academic_year(day: date) -> int:
    """年度: begins in April."""
    return day.year if day.month >= 4 else day.year - 1


def year_start(day: date) -> date:
    """The first of April before: what is dated by it stays where it is from one day to the next."""
    return date(academic_year(day), 4, 1)


def is_office_day(day: date) -> bool:
    """Monday to Friday without holidays: when an office takes up what it received."""
    return day.weekday() < 5 and day not in _HOLIDAYS


def previous_office_day(day: date) -> date:
    """The last office day before a day."""
    before = day - timedelta(days=1)
    while not is_office_day(before):
        before -= timedelta(days=1)
    return before


def previous_business_day(day: date) -> date:
    """The last day before that the stores were open: neither Sunday nor holiday, Saturday counts (X6)."""
    before = day - timedelta(days=1)
    while before.weekday() == _SUNDAY or before in _HOLIDAYS:
        before -= timedelta(days=1)
    return before


def next_office_day(day: date) -> date:
    """The day itself, or the next office day when it is none."""
    while not is_office_day(day):
        day += timedelta(days=1)
    return day


def day_between(rng: Random, first: date, last: date) -> date:
    """Some day from `first` to `last`, both inclusive; `last` when they are the wrong way round."""
    span = (last - first).days
    return first + timedelta(days=int(rng.random() * (span + 1))) if span > 0 else last


def latest_between(rng: Random, today: date, first: tuple[int, int], last: tuple[int, int]) -> date:
    """Some day between two days of the year (month, day), of its last occurrence before today."""
    day = day_between(rng, date(today.year, *first), date(today.year, *last))
    return day if day < today else plus_years(day, -1)


def plus_years(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
