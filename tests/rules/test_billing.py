"""毎月20日締めで翌月のご請求 (E12, X17)."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from adapters.records import YearMonth
from gateway.rules.billing import billing_month, closing_date, next_billing_month
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


def test_share_capital_applied_for_today_is_billed_in_the_open_month() -> None:
    """E12."""
    assert next_billing_month(date(2026, 11, 20), 20) == YearMonth(2026, 12)
    assert next_billing_month(date(2026, 11, 21), 20) == YearMonth(2027, 1)


def test_a_statement_is_closed_in_the_month_before_it_is_billed() -> None:
    """X17."""
    assert closing_date(YearMonth(2020, 4), 20) == date(2020, 3, 20)
    assert closing_date(YearMonth(2021, 1), 20) == date(2020, 12, 20)


def test_closing_on_the_thirty_first_is_closing_on_the_last_day() -> None:
    """BillingRules."""
    assert closing_date(YearMonth(2026, 3), 31) == date(2026, 2, 28)
    assert closing_date(YearMonth(2028, 3), 31) == date(2028, 2, 29)


@given(DAYS, CLOSING_DAYS)
def test_the_closing_date_is_the_last_day_billed_in_its_month(used_on: date, closing_day: int) -> None:
    """X17, for every closing day."""
    month = billing_month(used_on, closing_day)
    closed_on = closing_date(month, closing_day)
    assert used_on <= closed_on
    assert billing_month(closed_on, closing_day) == month
    assert billing_month(closed_on + timedelta(days=1), closing_day) == month.plus(1)
