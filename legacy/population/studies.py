"""What brought somebody to a university, when, and when it will end."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import NamedTuple, TypeVar

from legacy.population.affiliations import FACULTY, GRADUATE, UNDERGRADUATE
from legacy.population.days import academic_year, day_between
from legacy.population.person import Kind

T = TypeVar("T")


class Study(NamedTuple):
    """`graduates_on` is None where the registry does not say."""

    kind: Kind
    affiliation: str
    birth_date: date
    joined_on: date
    admission_year: int | None
    graduates_on: date | None


def study_of(rng: Random, today: date) -> Study:
    """72% undergraduates, 12% graduate students, 10% staff, 6% others."""
    draw = rng.random()
    year = academic_year(today)
    if draw < 0.72:
        return _undergraduate(rng, year)
    if draw < 0.84:
        return _graduate(rng, year)
    return _staff(rng, year) if draw < 0.94 else _alumnus(rng, year)


def born_for_admission(rng: Random, year: int) -> date:
    """Eighteen when admitted, or a year or two older."""
    draw = rng.random()
    waited = 0 if draw < 0.70 else 1 if draw < 0.92 else 2
    return day_between(rng, date(year - 19 - waited, 4, 2), date(year - 18 - waited, 4, 1))


def joined_for_admission(rng: Random, year: int) -> date:
    """Mostly in February and March before admission (X5)."""
    return day_between(rng, date(year, 2, 10), date(year, 4, 10))


def _undergraduate(rng: Random, year: int) -> Study:
    course = _one_of(rng, UNDERGRADUATE)
    repeats = rng.random() < 0.07
    behind = course.years + int(rng.random() * 4) if repeats else int(rng.random() * course.years)
    admitted = year - behind
    return Study(
        Kind.UNDERGRADUATE,
        course.name,
        born_for_admission(rng, admitted),
        joined_for_admission(rng, admitted),
        admitted,
        _graduation(rng, max(admitted + course.years, year + 1)),
    )


def _graduate(rng: Random, year: int) -> Study:
    """Three in five came as undergraduates of the same university and stayed members since."""
    course = _one_of(rng, GRADUATE)
    entered = year - int(rng.random() * course.years)
    admitted = entered - 4 - int(rng.random() * 3) if rng.random() < 0.6 else entered
    first_admitted = admitted if admitted < entered else entered - 4
    return Study(
        Kind.GRADUATE,
        course.name,
        born_for_admission(rng, first_admitted),
        joined_for_admission(rng, admitted),
        admitted,
        _graduation(rng, entered + course.years),
    )


def _staff(rng: Random, year: int) -> Study:
    """One in five was admitted as a student once."""
    if rng.random() < 0.2:
        return _former_student(rng, Kind.FACULTY, _one_of(rng, FACULTY), year - 8 - int(rng.random() * 25))
    joined = year - 1 - int(rng.random() * 30)
    born = day_between(rng, date(max(joined - 45, year - 65), 1, 1), date(joined - 24, 12, 31))
    joined_on = day_between(rng, date(joined, 4, 1), date(joined + 1, 3, 1))
    return Study(Kind.FACULTY, _one_of(rng, FACULTY), born, joined_on, None, None)


def _alumnus(rng: Random, year: int) -> Study:
    return _former_student(rng, Kind.OTHER, "", year - 5 - int(rng.random() * 13))


def _former_student(rng: Random, kind: Kind, affiliation: str, admitted: int) -> Study:
    born, joined = born_for_admission(rng, admitted), joined_for_admission(rng, admitted)
    return Study(kind, affiliation, born, joined, admitted, None)


def _graduation(rng: Random, year: int) -> date | None:
    """The end of March; for a few the end of the September before (X11), for some unknown."""
    draw = rng.random()
    if draw < 0.10:
        return None
    return date(year - 1, 9, 30) if draw < 0.11 else date(year, 3, 31)


def _one_of(rng: Random, choices: Sequence[T]) -> T:
    return choices[int(rng.random() * len(choices))]
