"""請求: what is used until the closing day, itself included, is billed in the month after (E12, X17)."""

import calendar
from datetime import date

from adapters.records import YearMonth


def billing_month(used_on: date, closing_day: int) -> YearMonth:
    """請求月 of something used on a day: with closing day 20, March 20 → April, March 21 → May (X17)."""
    months_until_billed = 1 if used_on.day <= closing_day else 2
    return YearMonth.of(used_on).plus(months_until_billed)


def next_billing_month(today: date, closing_day: int) -> YearMonth:
    """The billing month that is open today: share capital applied for today is billed in it (E12)."""
    return billing_month(today, closing_day)


def closing_date(month: YearMonth, closing_day: int) -> date:
    """締め日: the last day whose use is billed in a month. Closing day 31 is the last day of any month."""
    closed = month.plus(-1)
    last_day = calendar.monthrange(closed.year, closed.month)[1]
    return date(closed.year, closed.month, min(closing_day, last_day))
