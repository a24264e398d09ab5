"""営業日: the two calendars of the co-ops (X6, X18).

A *collection day* is neither a Sunday nor a national holiday; Saturdays count (日祝除く, X6).
A *business day* is a Monday to Friday that is no national holiday (X18).
In both calendars the co-op's own closed days count as holidays.
"""

from collections.abc import Callable, Container
from datetime import date, timedelta

import holidays

ClosedDays = Container[date]

_NATIONAL_HOLIDAYS = holidays.country_holidays("JP")
_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


def collection_day(requested_on: date, closed_days: ClosedDays) -> date:
    """翌々営業日（日祝除く): the day from which moved Web points are handed out (B8, B9, X6)."""
    return _nth_day_after(requested_on, 2, lambda day: is_collection_day(day, closed_days))


def card_name_day(accepted_on: date, closed_days: ClosedDays) -> date:
    """3営業日後: the day by which a new name stands on the digital card (E21, X18)."""
    return _nth_day_after(accepted_on, 3, lambda day: _is_business_day(day, closed_days))


def is_collection_day(day: date, closed_days: ClosedDays) -> bool:
    """Whether stores are open, so that money can be collected (X6)."""
    return day.weekday() != _SUNDAY and day not in _NATIONAL_HOLIDAYS and day not in closed_days


def _is_business_day(day: date, closed_days: ClosedDays) -> bool:
    return day.weekday() != _SATURDAY and is_collection_day(day, closed_days)


def _nth_day_after(start: date, count: int, counts: Callable[[date], bool]) -> date:
    day, counted = start, 0
    while counted < count:
        day += _ONE_DAY
        if counts(day):
            counted += 1
    return day
