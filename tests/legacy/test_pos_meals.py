"""The meal card over the wire (C1–C4)."""

import re
from decimal import Decimal

from tests.legacy.pos_client import Pos, elements, number, value

HOLDER = 1
THIS_YEAR = {"TSUBAN": 1, "KAISHI": "20260401", "SHURYO": "20270331"}
NUTRIENTS = ("KCAL", "TANPAKU", "SHISHITSU", "TANSUI", "ENBUN", "AKA", "MIDORI", "KI")


async def days(pos: Pos) -> list[bytes]:
    """The holder's days of this year."""
    return elements("HI", await pos.record("MEALBI", HOLDER, **THIS_YEAR))


async def test_the_contracts_totals_are_the_sums_of_its_days(pos: Pos) -> None:
    """C1, C2: days used, visits, amount."""
    contract, used = await pos.record("MEAL", HOLDER), await days(pos)
    heads = [each.partition(b"<SHOKU>")[0] for each in used]
    assert number("NISSU", contract) == len(used) > 60
    assert number("KAISU", contract) == sum(number("KAISU", each) for each in heads)
    assert number("KINGAKU", contract) == sum(number("KINGAKU", each) for each in heads)


async def test_the_dishes_of_a_day_come_to_its_amount(pos: Pos) -> None:
    """C2."""
    for day in await days(pos):
        head, *_ = day.partition(b"<SHOKU>")
        dishes = elements("SHOKU", day)
        assert sum(number("KINGAKU", each) for each in dishes) == number("KINGAKU", head)


async def test_nutrition_has_one_place_and_its_points_are_of_80_kcal(pos: Pos) -> None:
    """C2: red, green and yellow points together are the energy, give or take a rounding."""
    for dish in (dish for day in await days(pos) for dish in elements("SHOKU", day)):
        told = {name: value(name, dish) for name in NUTRIENTS}
        assert all(re.fullmatch(r"\d{4}\.\d", each) for each in told.values())
        points = sum(Decimal(told[name]) for name in ("AKA", "MIDORI", "KI"))
        assert abs(points * 80 - Decimal(told["KCAL"])) <= 20


async def test_days_of_use_are_weekdays_up_to_the_previous_business_day(pos: Pos) -> None:
    """B2."""
    told = [value("HIZUKE", each) for each in await days(pos)]
    assert told == sorted({*told})
    assert told[0] >= "20260408"
    assert told[-1] <= "20261119"


async def test_visits_with_the_meal_card_stand_in_the_journal(pos: Pos) -> None:
    """B25: 食の履歴."""
    contract = await pos.record("MEAL", HOLDER)
    spent = elements(
        "TSUKI", await pos.record("TSUKI", HOLDER, TSUBAN=1, KAISHI="202604", SHURYO="202611", SHIHARAI="4")
    )
    assert sum(number("KINGAKU", each) for each in spent) == number("KINGAKU", contract)
    assert sum(number("KENSU", each) for each in spent) == number("KAISU", contract)


async def test_no_days_are_told_of_who_has_no_meal_card(pos: Pos) -> None:
    """C3: 津軽 花子."""
    record = await pos.record("MEALBI", 2, **THIS_YEAR)
    assert (value("KEKKA", record), value("TSUBAN", record), elements("HI", record)) == ("1002", "1", [])
