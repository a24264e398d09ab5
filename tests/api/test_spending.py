"""What was spent: by month, over a lifetime, and in the journal that explains both."""

from collections import Counter
from typing import Any

import pytest

from gateway.store import Store
from tests.api.asking import Api
from tests.api.other_people import sign_in_as
from tests.api.walking import PAGE, refused, walked

SPENDING = """
query ($view: PortalView!, $months: Int!) {
  viewer { member { pico { spending(view: $view, months: $months) { month genre amount receipts } } } }
}
"""
JOURNAL = f"""
query ($view: PortalView!, $kind: HistoryKind!, $first: Int!, $after: String) {{
  viewer {{ member {{ pico {{ transactions(view: $view, kind: $kind, first: $first, after: $after) {{
    edges {{ cursor node {{ id businessDate type genre amount pointsEarned newcomerPurchase reverses }} }}
    {PAGE}
  }} }} }} }}
}}
"""
LIFETIME = """
{ viewer { member { pico {
  lifetime { spent pointsEarned newcomerPurchases breakdown { genre amount } explanation }
} } } }
"""
LEARNING = ("BOOKS", "MAGAZINES", "STATIONERY", "COMPUTERS", "COURSES")
FRESHMAN = "210100000089"
"""A generated member who joined in March 2026: the thirteen months hold everything they ever did."""

Node = dict[str, Any]


async def spending(api: Api, view: str = "PC", months: int = 13) -> list[Node]:
    """The chart."""
    shown: list[Node] = (await api.data(SPENDING, view=view, months=months))["viewer"]["member"]["pico"][
        "spending"
    ]
    return shown


async def journal(api: Api, view: str, kind: str) -> list[Node]:
    """A whole history."""
    return await walked(api, JOURNAL, "viewer.member.pico.transactions", 100, view=view, kind=kind)


async def lifetime(api: Api) -> Node:
    """The totals."""
    totals: Node = (await api.data(LIFETIME))["viewer"]["member"]["pico"]["lifetime"]
    return totals


def standing(nodes: list[Node]) -> list[Node]:
    """Purchases that were not taken back."""
    taken_back = {node["reverses"] for node in nodes}
    return [node for node in nodes if node["type"] == "PURCHASE" and node["id"] not in taken_back]


def by_month_and_genre(nodes: list[Node]) -> dict[tuple[str, str], tuple[int, int]]:
    """Yen and receipts that stand."""
    yen: Counter[tuple[str, str]] = Counter()
    receipts: Counter[tuple[str, str]] = Counter()
    for node in standing(nodes):
        place = node["businessDate"][:7], node["genre"]
        yen[place] += node["amount"]
        receipts[place] += 1
    return {place: (yen[place], receipts[place]) for place in yen}


@pytest.mark.parametrize("view", ["PC", "SMARTPHONE"])
async def test_the_chart_is_the_sum_of_the_history_of_that_page(taro: Api, view: str) -> None:
    """B33, B24, B27: month by month and genre by genre, net of reversals."""
    shown = await spending(taro, view)

    sums = {(each["month"], each["genre"]): (each["amount"], each["receipts"]) for each in shown}
    assert sums == by_month_and_genre(await journal(taro, view, "ALL"))
    assert [each["month"] for each in shown] == sorted(each["month"] for each in shown)
    assert {each["month"] for each in shown} >= {"2025-11", "2026-11"}


async def test_the_chart_shows_as_many_months_as_are_asked_for(taro: Api) -> None:
    """X7: this one included."""
    months = {each["month"] for each in await spending(taro, months=2)}

    assert months == {"2026-10", "2026-11"}
    assert await spending(taro, months=1) == [
        each for each in await spending(taro) if each["month"] == "2026-11"
    ]


@pytest.mark.parametrize("months", [0, -1, 14])
async def test_more_months_than_the_window_has_are_bad_input(taro: Api, months: int) -> None:
    """B24."""
    assert refused(await taro.ask(SPENDING, view="PC", months=months), "months")


async def test_lifetime_totals_say_what_they_include(taro: Api) -> None:
    """B30, B31, B32."""
    totals = await lifetime(taro)

    assert totals["newcomerPurchases"] == 248000
    assert totals["spent"] == sum(part["amount"] for part in totals["breakdown"])
    assert totals["spent"] > totals["newcomerPurchases"]
    assert "新入生サポートセンター" in totals["explanation"]
    assert "「購入/入金履歴」で詳細をご確認いただけます。" in totals["explanation"]


@pytest.mark.parametrize("who", ["hirosaki-taro", "takasaki", "shirakami"])
async def test_the_learning_part_of_a_lifetime_is_the_sum_of_the_learning_history(api: Api, who: str) -> None:
    """B24, B30, B32, X5: that history reaches back to the day of joining."""
    member = await api.signed_in("hirosaki", who)

    parts = {part["genre"]: part["amount"] for part in (await lifetime(member))["breakdown"]}

    sums: Counter[str] = Counter()
    for node in standing(await journal(member, "PC", "LEARNING")):
        sums[node["genre"]] += node["amount"]
    assert {genre: parts[genre] for genre in LEARNING if genre in parts} == sums


async def test_a_freshmans_lifetime_is_their_whole_journal(api: Api, store: Store) -> None:
    """B30, B31: yen, points and what was bought at the newcomers' centre, to the yen."""
    freshman = await sign_in_as(api, store, "hirosaki", FRESHMAN)
    purchases = standing(await journal(freshman, "PC", "ALL"))
    deposits = await journal(freshman, "PC", "DEPOSITS")

    totals = await lifetime(freshman)

    assert purchases
    assert totals["spent"] == sum(node["amount"] for node in purchases)
    assert totals["pointsEarned"] == sum(node["pointsEarned"] for node in (*purchases, *deposits))
    assert totals["newcomerPurchases"] == sum(
        node["amount"] for node in purchases if node["newcomerPurchase"]
    )
