"""Five thousand people are mixed as the data recipe says."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from statistics import mean

import pytest

from legacy.population import Population
from legacy.population.person import CardState, Dirt, Kind, Person, Portal, Status
from tests.running import NOW

SIZE = 5_000
Trait = Callable[[Person], bool]


@pytest.fixture(scope="module")
def students() -> Sequence[Person]:
    return list(Population("hirosaki", SIZE, NOW).people())


@pytest.fixture(scope="module")
def teachers() -> Sequence[Person]:
    return list(Population("hokkaido", SIZE, NOW).people())


def share(people: Sequence[Person], trait: Trait) -> float:
    """How many of the people have a trait, 0 to 1."""
    return sum(map(trait, people)) / len(people)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.UNDERGRADUATE, 0.72), (Kind.GRADUATE, 0.12), (Kind.FACULTY, 0.10), (Kind.OTHER, 0.06)],
)
def test_a_university_coop_is_mostly_undergraduates(
    students: Sequence[Person], kind: Kind, expected: float
) -> None:
    assert share(students, lambda person: person.kind is kind) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize(
    ("portal", "expected"), [(Portal.REGISTERED, 0.60), (Portal.PROVISIONAL, 0.35), (Portal.NONE, 0.05)]
)
def test_three_in_five_are_registered_and_a_third_is_provisional(
    students: Sequence[Person], portal: Portal, expected: float
) -> None:
    assert share(students, lambda person: person.portal is portal) == pytest.approx(expected, abs=0.02)


def test_admission_years_lie_on_both_sides_of_2014_and_of_2020(students: Sequence[Person]) -> None:
    """The provisional password goes by admission year: none, phone number, birth date (A10, A12, A14)."""
    years = [person.admission_year for person in students if person.admission_year is not None]
    assert {2012, 2013, 2014, 2019, 2020, 2026} < set(years)
    assert max(years) == 2026


def test_four_in_five_undergraduates_have_a_guardian_and_three_in_ten_of_these_registered(
    students: Sequence[Person],
) -> None:
    undergraduates = [person for person in students if person.kind is Kind.UNDERGRADUATE]
    parents = [person.parent for person in undergraduates if person.parent is not None]
    assert len(parents) / len(undergraduates) == pytest.approx(0.80, abs=0.03)
    assert mean(parent.registered for parent in parents) == pytest.approx(0.30, abs=0.03)


def test_nobody_who_joined_before_2014_is_provisional(students: Sequence[Person]) -> None:
    """(A14, A15)"""
    early = [person for person in students if person.joined_on.year < 2014]
    assert len(early) > 100
    assert Portal.PROVISIONAL not in {person.portal for person in early}


def test_the_flag_of_the_provisional_credential_is_given_denied_and_blank(students: Sequence[Person]) -> None:
    """And sometimes it contradicts the year of joining: it wins (X1)."""
    assert {person.kari_flag for person in students} == {"1", "0", " "}
    assert any(person.kari_flag == "1" and person.joined_on.year < 2014 for person in students)
    assert all(person.kari_flag != "0" for person in students if person.portal is Portal.PROVISIONAL)


@pytest.mark.parametrize(
    ("dirt", "expected", "leeway"),
    [
        (Dirt.PRIVATE_USE, 0.005, 0.003),
        (Dirt.VARIANT_KANJI, 0.02, 0.006),
        (Dirt.FULL_WIDTH_PHONE, 0.01, 0.004),
        (Dirt.UNDELIVERABLE, 0.01, 0.004),
        (Dirt.DUPLICATE, 0.003, 0.002),
    ],
)
@pytest.mark.parametrize("people", ["students", "teachers"])
def test_records_are_dirty_as_often_as_real_ones(
    request: pytest.FixtureRequest, people: str, dirt: Dirt, expected: float, leeway: float
) -> None:
    found = share(request.getfixturevalue(people), lambda person: dirt in person.dirt)
    assert found == pytest.approx(expected, abs=leeway)


def test_dirt_is_what_it_is_called(students: Sequence[Person]) -> None:
    def named(dirt: Dirt) -> list[Person]:
        return [person for person in students if dirt in person.dirt]

    assert all(set("髙﨑") & set(person.name.kanji) for person in named(Dirt.VARIANT_KANJI))
    assert all(
        any("\ue000" <= character <= "\ue757" for character in person.name.kanji + person.address)
        for person in named(Dirt.PRIVATE_USE)
    )
    assert all(
        person.email is not None and (".." in person.email or ".@" in person.email)
        for person in named(Dirt.UNDELIVERABLE)
    )


def test_a_duplicate_is_the_person_before_under_another_number(students: Sequence[Person]) -> None:
    duplicates = [person for person in students if Dirt.DUPLICATE in person.dirt]
    originals = [students[person.index - 2] for person in duplicates]
    assert [(p.name, p.birth_date, p.home_phone) for p in duplicates] == [
        (p.name, p.birth_date, p.home_phone) for p in originals
    ]
    assert all(person.number != other.number for person, other in zip(duplicates, originals, strict=True))
    assert all(
        person.cards != other.cards or not person.cards
        for person, other in zip(duplicates, originals, strict=True)
    )


def test_members_are_in_every_state_and_their_dates_fit(students: Sequence[Person]) -> None:
    assert {person.status for person in students} == set(Status)
    for person in students:
        noticed, refunded, paid = person.withdrawal_noticed_on, person.share_refunded_on, person.share.paid_on
        assert (noticed is not None) == (person.status in {Status.WITHDRAWING, Status.WITHDRAWN})
        assert (refunded is not None) == (person.status is Status.WITHDRAWN)
        assert (paid is None) == (person.status is Status.AWAITING_PAYMENT)
        days = [person.share.applied_on, person.joined_on, noticed, refunded, person.today]
        known = [day for day in days if day is not None]
        assert known == sorted(known)


def test_a_member_has_one_card_in_use_and_a_reissue_replaces_the_one_before(
    students: Sequence[Person],
) -> None:
    """1.08 cards a member (D7)."""
    holders = [person for person in students if person.cards]
    assert mean(len(person.cards) for person in holders) == pytest.approx(1.08, abs=0.015)
    for person in holders:
        *replaced, last = person.cards
        assert {card.state for card in replaced} <= {CardState.REPLACED}
        assert last.state is (CardState.RETURNED if person.status is Status.WITHDRAWN else CardState.ACTIVE)
        assert [card.reissue_count for card in person.cards] == list(range(len(person.cards)))
        assert [card.issued_on for card in person.cards] == sorted(card.issued_on for card in person.cards)


def test_card_numbers_are_unique_and_have_16_digits(students: Sequence[Person]) -> None:
    numbers = [card.card_number for person in students for card in person.cards]
    assert len(set(numbers)) == len(numbers)
    assert all(len(number) == 16 and number.isdigit() for number in numbers)


def test_seven_percent_of_undergraduates_have_a_meal_card_and_freshmen_twice_as_many(
    students: Sequence[Person],
) -> None:
    undergraduates = [person for person in students if person.kind is Kind.UNDERGRADUATE]
    freshmen = [person for person in undergraduates if person.admission_year == 2026]
    assert share(undergraduates, lambda person: person.has_meal_card) == pytest.approx(0.07, abs=0.015)
    assert share(freshmen, lambda person: person.has_meal_card) == pytest.approx(0.14, abs=0.03)


def test_one_in_250_is_suspended_on_the_web_or_in_a_store(students: Sequence[Person]) -> None:
    stops = [person.stop for person in students if person.stop is not None]
    assert len(stops) / SIZE == pytest.approx(0.004, abs=0.002)
    assert {None} < {stop.store for stop in stops} <= {None, "101", "102", "103"}


def test_students_joined_in_the_spring_of_their_admission_and_most_of_them_before_april(
    students: Sequence[Person],
) -> None:
    """Purchases of February and March before admission stay visible (X5)."""
    freshmen = [
        person
        for person in students
        if person.admission_year == 2026 and person.status is Status.ACTIVE and person.index > 15
    ]
    assert all(date(2026, 2, 10) <= person.joined_on <= date(2026, 4, 10) for person in freshmen)
    assert share(freshmen, lambda person: person.joined_on.month < 4) > 0.75


def test_a_few_students_graduate_in_september_and_for_some_nobody_knows(students: Sequence[Person]) -> None:
    """(X11)"""
    enrolled = [person for person in students if person.kind is Kind.UNDERGRADUATE]
    days = {(day.month, day.day) for person in enrolled if (day := person.graduates_on) is not None}
    assert days == {(3, 31), (9, 30)}
    assert share(enrolled, lambda person: person.graduates_on is None) == pytest.approx(0.10, abs=0.02)


def test_no_phone_number_can_ring_at_somebodys_home(students: Sequence[Person]) -> None:
    """Exchanges beginning with 0 or 1 and mobile numbers like 0900… are never assigned."""
    for person in students[15:]:
        assert person.home_phone is None or len(person.home_phone) == 10
        assert person.mobile_phone is None or person.mobile_phone[:4] in {"0700", "0800", "0900"}


def test_figures_are_spread_as_in_the_recipe(students: Sequence[Person]) -> None:
    figures = [
        person.figures
        for person in students
        if person.status is Status.ACTIVE and person.figures.receipts_a_year
    ]
    balances = [each.prepaid_balance for each in figures]
    assert mean(balance == 0 for balance in balances) == pytest.approx(0.15, abs=0.02)
    assert mean(balance for balance in balances if balance) == pytest.approx(4_500, rel=0.05)
    assert max(balances) <= 50_000
    assert mean(each.receipts_a_year for each in figures) == pytest.approx(136, rel=0.1)
    assert mean(each.points for each in figures) == pytest.approx(99.5, rel=0.05)
    assert max(each.points for each in figures) == 199
    assert mean(each.web_points > 0 for each in figures) == pytest.approx(0.40, abs=0.02)
    assert mean(each.web_points >= 200 for each in figures) == pytest.approx(0.08, abs=0.02)
    assert mean(bool(each.unreceived) for each in figures) == pytest.approx(0.06, abs=0.015)


def test_slips_are_posted_seven_to_ten_days_after_they_were_paid(students: Sequence[Person]) -> None:
    """(B13)"""
    items = [item for person in students[15:] for item in person.figures.unreceived]
    assert all(10_000 <= item.amount <= 50_000 for item in items)
    assert all(
        item.posted_on is None or timedelta(7) <= item.posted_on - item.paid_on <= timedelta(10)
        for item in items
    )
    assert mean(item.paid_on.month in {2, 3, 4} for item in items) > 0.7


def test_a_third_of_those_who_were_freshmen_bought_newcomer_goods(students: Sequence[Person]) -> None:
    """For 150,000 to 350,000 yen (B31)."""
    bought = [
        person.figures.newcomer_purchases for person in students[15:] if person.kind is Kind.UNDERGRADUATE
    ]
    assert mean(amount > 0 for amount in bought) == pytest.approx(0.35, abs=0.03)
    assert all(150_000 <= amount <= 350_000 for amount in bought if amount)


def test_who_never_bought_anything_has_no_figures_but_newcomer_goods(students: Sequence[Person]) -> None:
    for person in students:
        figures = person.figures
        if figures.receipts_a_year == 0:
            nothing = (figures.prepaid_balance, figures.points, figures.web_points, figures.unreceived)
            assert nothing == (0, 0, 0, ())


def test_a_school_coop_has_members_in_service_retired_and_others(teachers: Sequence[Person]) -> None:
    """(E5)"""
    assert share(teachers, lambda person: person.kind is Kind.IN_SERVICE) == pytest.approx(0.74, abs=0.02)
    assert share(teachers, lambda person: person.kind is Kind.RETIRED) == pytest.approx(0.22, abs=0.02)
    assert all(bool(person.affiliation) == (person.kind is Kind.IN_SERVICE) for person in teachers)


def test_one_member_in_a_hundred_of_a_school_coop_changed_names(teachers: Sequence[Person]) -> None:
    changed = [person for person in teachers if person.renaming is not None]
    assert len(changed) / SIZE == pytest.approx(0.01, abs=0.004)
