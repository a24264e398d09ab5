"""The meal card: use and nutrition, and never a balance."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

from adapters.ports import PointOfSale
from adapters.records import MealCardContract, MealDaysQuery, MealUsage
from tests.adapters.people import HANAKO, SORA, TARO

YESTERDAY = date(2026, 11, 19)


async def contract(pos: PointOfSale) -> MealCardContract:
    """Taro's."""
    found = (await pos.meal_cards([TARO])).of(TARO)
    assert found is not None
    return found


async def test_holders_have_a_meal_card_and_others_none(pos: PointOfSale) -> None:
    """C1, C3."""
    card = await contract(pos)
    assert (card.member_number, card.as_of) == (TARO, YESTERDAY)
    assert card.plan_name.startswith("ミールカード")
    assert card.valid_from < YESTERDAY < card.valid_until
    assert (await pos.meal_cards([HANAKO])).of(HANAKO) is None


async def test_the_days_add_up_to_the_total(pos: PointOfSale) -> None:
    """C1."""
    card = await contract(pos)
    asked = MealDaysQuery(TARO, card.valid_from, card.valid_until)
    days = (await pos.meal_days([asked])).of(asked)
    assert (
        MealUsage(len(days), sum(day.visits for day in days), sum(day.amount for day in days)) == card.total
    )
    assert all(day.amount == sum(meal.amount for meal in day.meals) for day in days)
    assert all(card.valid_from <= day.day <= YESTERDAY for day in days)


async def test_a_meal_has_its_nutrition(pos: PointOfSale) -> None:
    """C2: 80 kcal a point of the three food groups."""
    asked = MealDaysQuery(TARO, date(2026, 10, 1), date(2026, 10, 31))
    meals = [meal for day in (await pos.meal_days([asked])).of(asked) for meal in day.meals]
    assert meals
    for meal in meals:
        facts = meal.nutrition
        assert facts.energy == facts.energy.quantize(Decimal("0.1")) > 0
        assert min(facts.protein, facts.fat, facts.carbohydrate, facts.salt) >= 0


async def test_two_ranges_of_one_member_keep_their_own_days(pos: PointOfSale) -> None:
    october = MealDaysQuery(TARO, date(2026, 10, 1), date(2026, 10, 31))
    november = MealDaysQuery(TARO, date(2026, 11, 1), date(2026, 11, 30))
    answers = await pos.meal_days([november, october])
    assert {day.day.month for day in answers.of(october)} == {10}
    assert {day.day.month for day in answers.of(november)} == {11}


async def test_of_members_without_a_meal_card_there_are_no_days(pos: PointOfSale) -> None:
    asked = [MealDaysQuery(number, date(2026, 4, 1), YESTERDAY) for number in (HANAKO, SORA)]
    answers = await pos.meal_days(asked)
    assert [answers.of(question) for question in asked] == [(), ()]


def test_there_is_no_place_for_a_balance() -> None:
    """C4."""
    names = {field.name for kind in (MealCardContract, MealUsage) for field in fields(kind)}
    assert names == {
        "member_number",
        "as_of",
        "plan_name",
        "valid_from",
        "valid_until",
        "total",
        "days_used",
        "visits",
        "amount",
    }
