"""When members may be reminded by mail."""

from datetime import date, datetime

import pytest

from gateway.clock import JAPAN
from gateway.coop_config.rules import ReminderRules
from gateway.rules.reminder_hours import next_reminding, next_round

RULES = ReminderRules(from_hour=9, until_hour=20)
CLOSED = {date(2026, 12, day) for day in (29, 30, 31)} | {date(2027, 1, 2), date(2027, 1, 3)}


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at(11, 20, 9), at(11, 20, 9)),
        (at(11, 20, 19, 59), at(11, 20, 19, 59)),
        (at(11, 20, 8, 59), at(11, 20, 9)),
        (at(11, 20, 0), at(11, 20, 9)),
        (at(11, 20, 20), at(11, 21, 9)),
        (at(11, 22, 12), at(11, 24, 9)),
        (at(12, 28, 21), at(1, 4, 9, year=2027)),
    ],
)
def test_reminders_go_out_at_daytime_on_days_on_which_the_co_op_is_open(
    now: datetime, then: datetime
) -> None:
    """X6: a Saturday is one, a Sunday, a holiday and the turn of the year are not."""
    assert next_reminding(now, RULES, CLOSED) == then


def test_everybody_is_looked_at_again_on_the_next_open_day() -> None:
    assert next_round(at(11, 20, 9), RULES, CLOSED) == at(11, 21, 9)
    assert next_round(at(11, 21, 15), RULES, CLOSED) == at(11, 24, 9)
