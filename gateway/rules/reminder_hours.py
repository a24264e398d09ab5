"""When members are reminded by mail: on days on which the co-op is open, at hours at which one may be disturbed."""

from datetime import date, datetime, time, timedelta

from gateway.coop_config.rules import ReminderRules
from gateway.rules.business_days import ClosedDays, is_collection_day

_ONE_DAY = timedelta(days=1)


def next_reminding(now: datetime, rules: ReminderRules, closed_days: ClosedDays) -> datetime:
    """`now` when members may be reminded now, else when they may be next."""
    if is_collection_day(now.date(), closed_days):
        if rules.from_hour <= now.hour < rules.until_hour:
            return now
        if now.hour < rules.from_hour:
            return _opening(now, now.date(), rules)
    return next_round(now, rules, closed_days)


def next_round(now: datetime, rules: ReminderRules, closed_days: ClosedDays) -> datetime:
    """When everybody is looked at the next time: as soon as reminding begins on the next day that is open."""
    day = now.date() + _ONE_DAY
    while not is_collection_day(day, closed_days):
        day += _ONE_DAY
    return _opening(now, day, rules)


def _opening(now: datetime, day: date, rules: ReminderRules) -> datetime:
    return datetime.combine(day, time(rules.from_hour), now.tzinfo)
