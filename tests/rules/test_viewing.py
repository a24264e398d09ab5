"""マイページへご登録いただいた翌月より閲覧できます。 (E9)"""

from datetime import date

from hypothesis import given

from gateway.coop_config.rules import ViewingRules
from gateway.rules.viewing import viewable_from
from tests.rules.strategies import DAYS

NEXT_MONTH = ViewingRules(from_next_month=True)
AT_ONCE = ViewingRules(from_next_month=False)


def test_viewing_starts_on_the_first_of_the_month_after_registration() -> None:
    """E9."""
    assert viewable_from(date(2026, 11, 1), NEXT_MONTH) == date(2026, 12, 1)
    assert viewable_from(date(2026, 12, 31), NEXT_MONTH) == date(2027, 1, 1)


def test_viewing_starts_at_once_where_the_co_op_says_so() -> None:
    """X16: E9 is one co-op's rule."""
    assert viewable_from(date(2026, 11, 20), AT_ONCE) == date(2026, 11, 20)


@given(DAYS)
def test_nobody_waits_longer_than_a_month(registered_on: date) -> None:
    """E9."""
    first_day = viewable_from(registered_on, NEXT_MONTH)
    assert first_day.day == 1
    assert 1 <= (first_day - registered_on).days <= 31
