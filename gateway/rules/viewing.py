"""When a newly registered member first sees profile and statements."""

from datetime import date

from adapters.records import YearMonth
from gateway.coop_config.rules import ViewingRules


def viewable_from(registered_on: date, rule: ViewingRules) -> date:
    """The first day: at once, or マイページへご登録いただいた翌月より (E9, X16)."""
    if not rule.from_next_month:
        return registered_on
    return YearMonth.of(registered_on).plus(1).first_day()
