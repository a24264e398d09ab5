"""ミールカードのご利用状況 as a file: use and nutrition, and no balance in it either."""

import re

import httpx

from tests.api.asking import Api
from tests.api.downloading import download, paper, refusal, table, text_of
from tests.api.test_meal_card import DAYS, PATH
from tests.api.walking import walked
from tests.legacy.pos_client import TERMINAL, Pos, number
from tests.running import LegacySystems


async def test_a_file_holds_every_day_of_the_card(taro: Api) -> None:
    """C1, C2: as on the screen."""
    days = await walked(taro, DAYS, PATH, 100)

    rows = await table(taro, "meal-card.csv")

    assert [(row["利用日"], int(row["回数"]), int(row["利用額（円）"])) for row in rows] == [
        (day["date"], day["visits"], day["amount"]) for day in days
    ]
    assert [float(row["エネルギー（kcal）"]) for row in rows] == [day["nutrition"]["energy"] for day in days]
    assert rows[0]["料理"].startswith("髙原牛すき煮丼、納豆")


async def test_nothing_in_a_file_is_the_balance_or_leads_to_it(
    taro: Api, legacy_systems: LegacySystems
) -> None:
    """C4: neither MZAN nor the price it could be reckoned from; on paper the notice says why."""
    url = legacy_systems.hirosaki.pos.url
    async with httpx.AsyncClient(base_url=url, headers=TERMINAL, trust_env=False) as http:
        balance = number("MZAN", await Pos(http).record("MEAL", 1))
    used = sum(int(row["利用額（円）"]) for row in await table(taro, "meal-card.csv"))

    csv = (await download(taro, "meal-card.csv")).text
    pdf = text_of(await paper(taro, "meal-card.pdf"))

    figures = {int(figure) for text in (csv, pdf.replace(",", "")) for figure in re.findall(r"\d+", text)}
    assert balance > 0
    assert figures.isdisjoint({balance, balance + used})
    assert "残高" not in csv
    assert "残高はご確認いただけません" in pdf.replace("\n", "")


async def test_whoever_has_no_meal_card_has_no_file(api: Api, sapporo: Api) -> None:
    """C3."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    for nobody in (takasaki, sapporo):
        refused = refusal(await download(nobody, "meal-card.csv"))
        assert refused == (404, "ミールカードをご利用の方のみ、ダウンロードいただけます。")
