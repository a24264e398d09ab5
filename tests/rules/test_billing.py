"""毎月20日締めで翌月のご請求 (E12, X17)."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from adapters.records import YearMonth
from gateway.rules.billing import billing_month
from tests.rules.strategies import CLOSING_DAYS, DAYS


@pytest.mark.parametrize(
    ("used_on", "billed_in"),
    [
        (date(2020, 3, 20), YearMonth(2020, 4)),
        (date(2020, 3, 21), YearMonth(2020, 5)),
        (date(2020, 12, 20), YearMonth(2021, 1)),
        (date(2020, 12, 21), YearMonth(2021, 2)),
    ],
)
def test_the_twentieth_itself_is_billed_in_the_next_month(used_on: date, billed_in: YearMonth) -> None:
    """X17: the vectors of the rules, and over the turn of a year."""
    assert billing_month(used_on, 20) == billed_in


def test_closing_on_the_thirty_first_is_closing_on_the_last_day_of_every_month() -> None:
    """BillingRules."""
    assert billing_month(date(2026, 2, 28), 31) == YearMonth(2026, 3)
    assert billing_month(date(2026, 3, 1), 31) == YearMonth(2026, 4)


@given(DAYS, CLOSING_DAYS)
def test_a_new_month_is_billed_from_the_day_after_the_closing_day(used_on: date, closing_day: int) -> None:
    """X17: and where the month is too short for it, from the first of the next."""
    tomorrow = used_on + timedelta(days=1)
    closed = used_on.day == closing_day or (tomorrow.day == 1 and used_on.day < closing_day)
    assert billing_month(tomorrow, closing_day) == billing_month(used_on, closing_day).plus(int(closed))
