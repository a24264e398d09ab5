"""The journals are what the recipe wants: as many receipts, at such hours, of such sums, paid in such ways."""

from collections import Counter
from datetime import date, timedelta
from statistics import median

import pytest

from legacy.population import Population
from legacy.pos.codes import Genre, Store, Tender, Type
from legacy.pos.journal import Journal
from legacy.pos.ledger import Entry
from legacy.pos.purchases import Purchase
from tests.running import NOW

LAST_DAY = date(2026, 11, 19)
PEOPLE = range(100, 400)


@pytest.fixture(scope="module")
def journals() -> list[Journal]:
    population = Population("hirosaki", 9_200, NOW)
    people = [population.person(f"2101{index:08d}") for index in PEOPLE]
    return [Journal(person, LAST_DAY) for person in people if person and person.status.name == "ACTIVE"]


@pytest.fixture(scope="module")
def receipts(journals: list[Journal]) -> list[Purchase]:
    """Ordinary ones: nothing of newcomers, nothing on the meal card."""
    bought = [each for journal in journals for each in journal.purchases(date(2014, 4, 1), LAST_DAY)]
    special = Store.NEWCOMERS_CENTRE
    return [each for each in bought if each.ware.till.store != special and each.tender != Tender.MEAL_CARD]


def share(receipts: list[Purchase], selected: int) -> float:
    return selected / len(receipts)


def test_somebody_who_buys_often_buys_about_as_often_as_said() -> None:
    population = Population("hirosaki", 9_200, NOW)
    year = date(2025, 4, 1), date(2026, 3, 31)
    people = [population.person(f"2101{index:08d}") for index in PEOPLE]
    old = [
        each for each in people if each and each.joined_on < year[0] and each.withdrawal_noticed_on is None
    ]
    bought = sum(len([*Journal(each, year[1]).purchases(*year)]) for each in old)
    assert bought == pytest.approx(sum(each.figures.receipts_a_year for each in old), rel=0.1)


def test_more_than_half_of_the_receipts_are_of_the_lunch_hour(receipts: list[Purchase]) -> None:
    lunch = sum(41_400 <= each.second < 47_400 for each in receipts)
    assert share(receipts, lunch) == pytest.approx(0.55, abs=0.05)


def test_some_85_of_100_receipts_are_paid_with_pico(receipts: list[Purchase]) -> None:
    """Less the smallest, which are paid with coins."""
    pico = sum(each.tender == Tender.PICO for each in receipts)
    assert share(receipts, pico) == pytest.approx(0.82, abs=0.04)


def test_april_is_full_and_august_is_empty(receipts: list[Purchase]) -> None:
    by_month = Counter(each.day.month for each in receipts)
    assert by_month[4] > 3 * by_month[8]


def test_nothing_is_sold_on_sundays_and_little_on_saturdays(receipts: list[Purchase]) -> None:
    by_weekday = Counter(each.day.weekday() for each in receipts)
    assert by_weekday[6] == 0
    assert by_weekday[5] / by_weekday[2] == pytest.approx(0.15, abs=0.05)


def test_a_tray_costs_some_480_yen_and_a_receipt_has_some_two_lines(receipts: list[Purchase]) -> None:
    trays = [each.ware.basket.amount for each in receipts if each.ware.till.store in {"201", "202"}]
    lines = sum(len(each.ware.basket.lines) for each in receipts)
    assert 430 <= median(trays) <= 530
    assert share(receipts, lines) == pytest.approx(2.2, abs=0.3)


def test_a_book_costs_some_2_400_yen(receipts: list[Purchase]) -> None:
    books = [each.ware.basket.amount for each in receipts if each.ware.genre == Genre.BOOKS]
    assert 2_000 <= median(books) <= 2_900


def test_few_receipts_are_taken_back(receipts: list[Purchase]) -> None:
    assert share(receipts, sum(each.taken_back for each in receipts)) == pytest.approx(0.005, abs=0.002)


def test_newcomers_buy_what_the_figures_say_within_a_month_of_joining() -> None:
    """B31: a computer, furnishings, courses, the driving school."""
    population = Population("hirosaki", 200, NOW)
    taro = population.person("210100000001")
    assert taro
    journal = Journal(taro, LAST_DAY)
    first_weeks = taro.joined_on, taro.joined_on + timedelta(days=30)
    bought = [each for each in journal.newest_first(*first_weeks) if each.newcomer]
    assert sum(each.amount for each in bought) == journal.newcomer_total == 248_000
    assert Genre.COMPUTERS in {each.genre for each in bought}


def test_what_was_bought_does_not_change_with_the_day_it_is_asked() -> None:
    """Keys of sales name them for ever."""
    population = Population("hirosaki", 9_200, NOW)
    person = population.person("210100000120")
    assert person
    later, earlier = Journal(person, LAST_DAY), Journal(person, date(2026, 7, 31))
    window = date(2014, 4, 1), date(2026, 7, 31)
    assert [*later.purchases(*window)] == [*earlier.purchases(*window)]
    assert sales(later, window) == sales(earlier, window)


def sales(journal: Journal, window: tuple[date, date]) -> list[str]:
    entries: list[Entry] = [*journal.newest_first(*window)]
    return [each.key for each in entries if each.type == Type.SALE]
