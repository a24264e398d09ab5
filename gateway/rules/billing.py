"""請求: what is used until the closing day, itself included, is billed in the month after (E12, X17)."""

from datetime import date

from adapters.records import YearMonth


def billing_month(used_on: date, closing_day: int) -> YearMonth:
    """請求月 of something used on a day: with closing day 20, March 20 → April, March 21 → May (X17)."""
    months_until_billed = 1 if used_on.day <= closing_day else 2
    return YearMonth.of(used_on).plus(months_until_billed)
