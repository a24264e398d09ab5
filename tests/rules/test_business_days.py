"""営業日: two calendars (B8, B9, E21, X6, X18)."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given

from gateway.rules.business_days import card_name_day, collection_day
from tests.rules.strategies import CLOSED_DAYS, DAYS

NATIONAL_HOLIDAYS = holidays.country_holidays("JP")
NONE: frozenset[date] = frozenset()


@pytest.mark.parametrize(
    ("requested_on", "collected_from"),
    [
        (date(2020, 5, 1), date(2020, 5, 7)),
        (date(2020, 6, 6), date(2020, 6, 9)),
        (date(2026, 9, 18), date(2026, 9, 24)),
    ],
    ids=["over Golden Week", "from a Saturday", "over the September holidays"],
)
def test_web_points_can_be_collected_on_the_second_day_without_sundays_and_holidays(
    requested_on: date, collected_from: date
) -> None:
    """X6, B8, B9: the vectors of the rules."""
    assert collection_day(requested_on, NONE) == collected_from


def test_saturday_counts_for_collecting_web_points() -> None:
    """X6: Thursday → Friday, Saturday."""
    assert collection_day(date(2026, 11, 12), NONE) == date(2026, 11, 14)


def test_a_new_name_stands_on_the_card_after_three_days_from_monday_to_friday() -> None:
    """E21, X18: Thursday → Friday, Monday, Tuesday."""
    assert card_name_day(date(2026, 11, 12), NONE) == date(2026, 11, 17)


def test_saturday_does_not_count_for_the_name_on_the_card() -> None:
    """X18: a different calendar from X6."""
    thursday = date(2026, 11, 12)
    assert card_name_day(thursday, NONE) - collection_day(thursday, NONE) == timedelta(days=3)


def test_a_holiday_on_a_monday_delays_the_name_on_the_card() -> None:
    """E21, X18: Friday, then 勤労感謝の日 on Monday 2026-11-23."""
    assert card_name_day(date(2026, 11, 20), NONE) == date(2026, 11, 26)


def test_the_co_ops_own_closed_days_count_as_holidays() -> None:
    """X6, X18."""
    closed = frozenset({date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 2)})
    assert collection_day(date(2026, 12, 28), closed) == date(2027, 1, 5)
    assert card_name_day(date(2026, 12, 28), closed) == date(2027, 1, 6)


@given(DAYS, CLOSED_DAYS)
def test_nothing_is_collected_on_a_closed_day(requested_on: date, closed: frozenset[date]) -> None:
    """X6."""
    day = collection_day(requested_on, closed)
    assert day >= requested_on + timedelta(days=2)
    assert day.weekday() != 6
    assert day not in NATIONAL_HOLIDAYS
    assert day not in closed


@given(DAYS, CLOSED_DAYS)
def test_no_name_is_changed_on_a_closed_day(accepted_on: date, closed: frozenset[date]) -> None:
    """X18."""
    day = card_name_day(accepted_on, closed)
    assert day >= accepted_on + timedelta(days=3)
    assert day.weekday() < 5
    assert day not in NATIONAL_HOLIDAYS
    assert day not in closed
