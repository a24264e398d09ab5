"""Era dates (和暦), as careless as docs/wire/registry.md says they are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.registry_sql.era_dates import era_date
from legacy.registry.eras import era_date as written
from legacy.registry.eras import era_date_of_the_era_before

GREGORIAN_DAYS = st.dates(min_value=date(1873, 1, 1), max_value=date(2117, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("H140403", date(2002, 4, 3)),
        ("R020401", date(2020, 4, 1)),
        ("M450729", date(1912, 7, 29)),
        ("T010730", date(1912, 7, 30)),
        ("T151224", date(1926, 12, 24)),
        ("S011225", date(1926, 12, 25)),
        ("S640107", date(1989, 1, 7)),
        ("H010108", date(1989, 1, 8)),
        ("H310430", date(2019, 4, 30)),
        ("R010501", date(2019, 5, 1)),
        ("M060101", date(1873, 1, 1)),
        ("R060229", date(2024, 2, 29)),
    ],
)
def test_eras_meet_within_a_calendar_year(text: str, day: date) -> None:
    assert era_date(text) == day


@pytest.mark.parametrize("text", ["h320401", "H320401", "Ｈ３２０４０１", " R020401", "r020401"])
def test_a_careless_date_means_the_day_it_counts_to(text: str) -> None:
    assert era_date(text) == date(2020, 4, 1)


def test_a_view_may_give_gregorian_days() -> None:
    """docs/operators/connect-a-registry.md."""
    assert (era_date("20020403"), era_date("00000000")) == (date(2002, 4, 3), None)


@pytest.mark.parametrize("text", ["", "       ", "0000000", "　　　　　　　", "０００００００"])
def test_blank_and_zeros_are_no_date(text: str) -> None:
    assert era_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "H140431",
        "R050229",
        "H140003",
        "H141303",
        "H000403",
        "X140403",
        "2002043",
        "H1404",
        "H14-4-3",
        "M051231",
        "?",
        "20021303",
    ],
)
def test_what_is_no_day_is_refused_without_being_repeated(text: str) -> None:
    """A birth date is a provisional password (A12), so it is not in the message."""
    with pytest.raises(ValueError, match=r"^[a-z' 0-9]+$") as refusal:
        era_date(text)
    assert text not in str(refusal.value)


@given(GREGORIAN_DAYS)
def test_every_day_comes_back_from_the_era_it_is_written_in(day: date) -> None:
    assert era_date(written(day)) == day


@given(st.dates(min_value=date(2019, 5, 1), max_value=date(2087, 12, 31)))
def test_every_day_of_reiwa_comes_back_from_heisei(day: date) -> None:
    assert era_date(era_date_of_the_era_before(day)) == day


@given(st.text(max_size=8))
def test_any_text_is_a_day_or_nothing_or_refused(text: str) -> None:
    try:
        day = era_date(text)
    except ValueError:
        return
    assert day is None or day >= date(1873, 1, 1)
