"""Who has number n is a pure function of co-op, index and seed, at any size, on any day."""

from dataclasses import replace
from datetime import timedelta

import pytest

from legacy.population import Population
from legacy.population.person import Person, Status
from tests.running import NOW


def at(day: Person, other: Person) -> Person:
    """Somebody as seen on another's day."""
    return replace(day, today=other.today)


@pytest.mark.parametrize("coop", ["hirosaki", "hokkaido"])
def test_the_same_number_is_the_same_person_in_every_order_of_asking(coop: str) -> None:
    walked = list(Population(coop, 300, NOW).people())
    population = Population(coop, 300, NOW)
    asked = [population.person(number) for number in reversed(list(population.numbers()))]
    assert asked == walked[::-1]


@pytest.mark.parametrize("coop", ["hirosaki", "hokkaido"])
def test_a_person_does_not_depend_on_the_size_of_the_coop(coop: str) -> None:
    small, large = Population(coop, 200, NOW), Population(coop, 1_500_000, NOW)
    assert [large.person(number) for number in small.numbers()] == list(small.people())


@pytest.mark.parametrize(("coop", "last"), [("hirosaki", "210101500000"), ("hokkaido", "11500000")])
def test_a_coop_of_one_and_a_half_million_has_a_last_member_and_none_after(coop: str, last: str) -> None:
    population = Population(coop, 1_500_000, NOW)
    person = population.person(last)
    assert person is not None
    assert (person.number, person.index) == (last, 1_500_000)
    assert population.person(str(int(last) + 1)) is None


@pytest.mark.parametrize(
    "number",
    [
        "",
        "210100000000",
        "210100000201",
        "2101000001",
        "2101000000001",
        "220100000001",
        "2101 0000 0001",
        "２１０１",
    ],
)
def test_nobody_has_a_number_that_is_not_one_of_the_coop(number: str) -> None:
    assert Population("hirosaki", 200, NOW).person(number) is None


def test_the_numbers_of_a_coop_ascend_from_the_first() -> None:
    assert list(Population("hirosaki", 3, NOW).numbers()) == ["210100000001", "210100000002", "210100000003"]
    assert list(Population("hokkaido", 3, NOW).numbers()) == ["10000001", "10000002", "10000003"]


def test_a_school_coop_of_more_than_9999_members_goes_on_counting() -> None:
    assert Population("hokkaido", 20_000, NOW).person("10010000") is not None


def test_another_seed_makes_other_people_and_the_same_cast() -> None:
    usual, other = Population("hirosaki", 200, NOW), Population("hirosaki", 200, NOW, seed=1)
    usual_people, other_people = list(usual.people()), list(other.people())
    assert [p.name for p in usual_people[:15]] == [p.name for p in other_people[:15]]
    assert [p.figures for p in usual_people[:15]] == [p.figures for p in other_people[:15]]
    assert (
        sum(a.birth_date == b.birth_date for a, b in zip(usual_people[15:], other_people[15:], strict=True))
        < 5
    )


def test_people_are_the_same_tomorrow_but_for_those_in_the_middle_of_joining_or_leaving() -> None:
    today, tomorrow = (
        Population("hirosaki", 1_000, NOW),
        Population("hirosaki", 1_000, NOW + timedelta(days=1)),
    )
    settled = [
        (before, after)
        for before, after in zip(today.people(), tomorrow.people(), strict=True)
        if before.status in {Status.ACTIVE, Status.WITHDRAWN} and before.index > 15
    ]
    assert len(settled) > 900
    assert all(at(before, after) == after for before, after in settled)


def test_the_clock_is_read_in_japan() -> None:
    evening_in_utc = NOW.replace(hour=1).astimezone(tz=None) - timedelta(hours=2)
    assert Population("hirosaki", 1, evening_in_utc).today == (NOW - timedelta(days=1)).date()


def test_a_stream_is_named_by_its_topic_and_always_the_same() -> None:
    person = Population("hirosaki", 20, NOW).person("210100000020")
    assert person is not None
    first = person.rng("receipts/2026-04").random()
    assert person.rng("receipts/2026-04").random() == first
    assert person.rng("receipts/2026-05").random() != first


def test_a_stream_gives_the_same_figures_in_every_release() -> None:
    """Whoever loaded a registry yesterday meets the same people today: this value may never change."""
    person = Population("hirosaki", 20, NOW).person("210100000020")
    assert person is not None
    assert person.rng("receipts/2026-04").randrange(1_000_000) == 383_320
