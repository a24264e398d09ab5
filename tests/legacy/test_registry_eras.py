"""Era dates at the days where eras meet."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legacy.registry.eras import era_date, era_date_of_the_era_before


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2002, 4, 3), "H140403"),
        (date(2020, 4, 1), "R020401"),
        (date(2019, 4, 30), "H310430"),
        (date(2019, 5, 1), "R010501"),
        (date(1989, 1, 7), "S640107"),
        (date(1989, 1, 8), "H010108"),
        (date(1926, 12, 24), "T151224"),
        (date(1926, 12, 25), "S011225"),
        (date(1912, 7, 29), "M450729"),
        (date(1912, 7, 30), "T010730"),
        (date(1868, 1, 25), "M010125"),
        (date(2000, 2, 29), "H120229"),
    ],
)
def test_a_day_is_written_in_the_era_it_lies_in(day: date, written: str) -> None:
    assert era_date(day) == written


def test_a_day_before_meiji_has_no_era_date() -> None:
    with pytest.raises(ValueError, match="1868-01-24 is before Meiji"):
        era_date(date(1868, 1, 24))


def test_a_careless_clerk_goes_on_counting_heisei() -> None:
    assert era_date_of_the_era_before(date(2020, 4, 1)) == "H320401"


@given(st.dates(date(1868, 1, 25), date(2100, 12, 31)))
def test_an_era_date_has_seven_characters_and_counts_to_its_day(day: date) -> None:
    written = era_date(day)
    first_year = {"M": 1868, "T": 1912, "S": 1926, "H": 1989, "R": 2019}[written[0]]
    assert len(written) == 7
    assert date(first_year + int(written[1:3]) - 1, int(written[3:5]), int(written[5:])) == day
