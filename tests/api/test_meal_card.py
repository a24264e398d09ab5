"""ミールカード: use and nutrition, and no balance anywhere."""

import json
import re
from typing import Any

import httpx
from graphql import GraphQLObjectType, build_schema, get_named_type

from gateway.schema.build import printed_schema
from tests.api.asking import Api
from tests.api.walking import PAGE, cursor, refused, refuses_wrong_pages, same_in_pages_of, walked
from tests.legacy.pos_client import TERMINAL, Pos, number
from tests.running import LegacySystems

DAYS = f"""
query ($from: Date, $until: Date, $first: Int!, $after: String) {{ viewer {{ member {{ mealCard {{
  days(from: $from, until: $until, first: $first, after: $after) {{
    edges {{ cursor node {{
      date visits amount
      meals {{ name amount nutrition {{ energy protein fat carbohydrate salt red green yellow }} }}
      nutrition {{ energy protein fat carbohydrate salt red green yellow }}
    }} }}
    {PAGE}
  }}
}} }} }} }}
"""
PATH = "viewer.member.mealCard.days"
CARD = """
{ viewer { member { mealCard {
  asOf snapshot planName validFrom validUntil total { daysUsed visits amount } balanceNotice
  nutrition { energy protein fat carbohydrate salt red green yellow }
} } } }
"""
NUTRITION = """
query ($from: Date, $until: Date) { viewer { member { mealCard { nutrition(from: $from, until: $until) {
  energy protein fat carbohydrate salt red green yellow
} } } } }
"""

Node = dict[str, Any]


async def card(api: Api) -> Node:
    """The card itself."""
    shown: Node = (await api.data(CARD))["viewer"]["member"]["mealCard"]
    return shown


async def nutrition(api: Api, since: str, until: str) -> Node:
    """What was eaten between two days."""
    data = await api.data(NUTRITION, **{"from": since, "until": until})
    eaten: Node = data["viewer"]["member"]["mealCard"]["nutrition"]
    return eaten


def together(parts: list[Node]) -> Node:
    """The sum, to the one place after the point that the POS gives."""
    return {name: round(sum(part[name] for part in parts), 1) for name in parts[0]}


async def test_a_holder_sees_the_total_use_of_this_years_card(taro: Api) -> None:
    """C1, C2."""
    shown = await card(taro)

    assert (shown["asOf"], shown["snapshot"]) == ("2026-11-19", "CURRENT")
    assert shown["planName"].startswith("ミールカードＡ-1200円")
    assert (shown["validFrom"], shown["validUntil"]) == ("2026-04-08", "2027-02-10")
    assert shown["total"] == {"daysUsed": 78, "visits": 105, "amount": 51998}


async def test_the_days_add_up_to_the_total(taro: Api) -> None:
    """C1, C2: days, visits, amount and nutrition."""
    days = await walked(taro, DAYS, PATH, 100)

    shown = await card(taro)
    assert shown["total"] == {
        "daysUsed": len(days),
        "visits": sum(day["visits"] for day in days),
        "amount": sum(day["amount"] for day in days),
    }
    assert shown["nutrition"] == together([day["nutrition"] for day in days])


async def test_a_day_lists_its_dishes_and_their_nutrition(taro: Api) -> None:
    """C1, C2: exactly as the register knows them, 髙 included."""
    data = await taro.data(DAYS, first=1)

    (edge,) = data["viewer"]["member"]["mealCard"]["days"]["edges"]
    day = edge["node"]
    assert (day["date"], day["visits"], day["amount"]) == ("2026-11-19", 1, 667)
    assert [(meal["name"], meal["amount"]) for meal in day["meals"]][:2] == [
        ("髙原牛すき煮丼", 528),
        ("納豆", 53),
    ]
    assert day["nutrition"] == {
        "energy": 890.0,
        "protein": 35.0,
        "fat": 33.8,
        "carbohydrate": 108.2,
        "salt": 5.1,
        "red": 4.7,
        "green": 0.7,
        "yellow": 5.7,
    }
    assert day["nutrition"] == together([meal["nutrition"] for meal in day["meals"]])
    assert day["amount"] == sum(meal["amount"] for meal in day["meals"])


async def test_days_are_newest_first_and_within_the_span_asked_for(taro: Api) -> None:
    everything = await walked(taro, DAYS, PATH, 100)
    span = {"from": "2026-06-01", "until": "2026-06-30"}

    june = await walked(taro, DAYS, PATH, 100, **span)

    assert june == [day for day in everything if day["date"].startswith("2026-06")]
    assert [day["date"] for day in june] == sorted((day["date"] for day in june), reverse=True)
    assert await nutrition(taro, since="2026-06-01", until="2026-06-30") == together(
        [day["nutrition"] for day in june]
    )


async def test_days_outside_the_cards_validity_are_empty_and_backward_spans_are_refused(taro: Api) -> None:
    """The figures are those of the day before; the card of last year is not this card."""
    for span in (("2026-11-20", "2030-01-01"), ("2020-01-01", "2026-04-07")):
        assert await walked(taro, DAYS, PATH, 100, **dict(zip(("from", "until"), span, strict=True))) == []
    assert (await nutrition(taro, "2020-01-01", "2020-02-01"))["energy"] == 0.0
    backward = await taro.ask(DAYS, first=5, **{"from": "2026-05-02", "until": "2026-05-01"})
    assert refused(backward, "from")


async def test_the_days_are_the_same_in_pages_of_any_size(taro: Api) -> None:
    assert await same_in_pages_of([7, 39], taro, DAYS, PATH) == 78


async def test_wrong_cursors_and_page_sizes_are_bad_input(taro: Api) -> None:
    await refuses_wrong_pages(taro, DAYS, cursor("2026-11-31"), cursor(20261120), cursor("2026-11-20", "1"))


async def test_whoever_has_no_meal_card_sees_none(api: Api) -> None:
    """C3."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    data = await takasaki.data("{ viewer { member { mealCard { planName } } } }")

    assert data["viewer"]["member"] == {"mealCard": None}


async def test_the_notice_says_why_there_is_no_balance(taro: Api) -> None:
    """C4."""
    notice = (await card(taro))["balanceNotice"]

    assert (
        notice
        == "ミールカードの残高について：システムの都合上、残高はご確認いただけませんので、ご了承ください。"
    )


async def test_the_balance_the_pos_sends_reaches_no_answer(taro: Api, legacy_systems: LegacySystems) -> None:
    """C4: MZAN is on the wire; neither it nor the price it could be reckoned from goes any further."""
    url = legacy_systems.hirosaki.pos.url
    async with httpx.AsyncClient(base_url=url, headers=TERMINAL, trust_env=False) as http:
        balance = number("MZAN", await Pos(http).record("MEAL", 1))
    price = balance + 51998

    answers = [await taro.ask(CARD), await taro.ask(DAYS, first=100)]

    figures = {int(figure) for answer in answers for figure in re.findall(r"\d+", json.dumps(answer.data))}
    assert balance > 0
    assert figures.isdisjoint({balance, price})


def test_no_field_under_the_meal_card_speaks_of_a_balance() -> None:
    """C4: but the notice that says so."""
    schema = build_schema(printed_schema())
    seen: set[str] = set()
    waiting = ["MealCard"]
    fields = []
    while waiting:
        type_ = schema.type_map[waiting.pop()]
        if isinstance(type_, GraphQLObjectType) and type_.name not in seen:
            seen.add(type_.name)
            fields += [f"{type_.name}.{name}" for name in type_.fields]
            waiting += [get_named_type(field.type).name for field in type_.fields.values()]

    assert {"MealUsage", "MealDay", "Meal", "Nutrition"} <= seen
    told = re.compile("balance|remaining|price|prepaid", re.IGNORECASE)
    assert [field for field in fields if told.search(field)] == ["MealCard.balanceNotice"]
