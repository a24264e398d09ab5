"""利用履歴: the table of view and kind, its windows, and the walk through them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from gateway.clock import JAPAN
from tests.api.asking import Answer, Api
from tests.api.other_people import gateway_on
from tests.api.walking import PAGE, at, cursor, refuses_wrong_pages, same_in_pages_of, walked
from tests.running import LegacySystems

HISTORY = f"""
query ($view: PortalView!, $kind: HistoryKind!, $filter: TransactionFilter, $first: Int!, $after: String) {{
  viewer {{ member {{ pico {{
    transactions(view: $view, kind: $kind, filter: $filter, first: $first, after: $after) {{
      edges {{ cursor node {{
        id occurredAt businessDate type genre tender amount pointsEarned prepaidAfter newcomerPurchase reverses
        store {{ name }} items {{ name quantity unitPrice amount }}
      }} }}
      {PAGE}
    }}
  }} }} }}
}}
"""
PATH = "viewer.member.pico.transactions"

LEARNING = {"BOOKS", "MAGAZINES", "STATIONERY", "COMPUTERS", "COURSES"}
OTHER = {"STATIONERY", "COMPUTERS", "COURSES", "FURNISHINGS", "DRIVING_SCHOOL", "DAILY_GOODS", "OTHER"}
PURCHASES = {"PURCHASE", "REVERSAL"}
DEPOSITS = {"DEPOSIT", "AUTOMATIC_TOP_UP", "WEB_POINT_TOP_UP", "SLIP_RECEIPT"}
THIRTEEN_MONTHS = "2025-11-01"
TWO_MONTHS = "2026-10-01"
JOINED = "2024-03-08"

Node = dict[str, Any]
Holds = Callable[[Node], bool]


def with_pico(node: Node) -> bool:
    """A purchase paid with Pico, or its reversal."""
    return node["type"] in PURCHASES and node["tender"] == "PICO"


SHOWN: dict[tuple[str, str], tuple[str, Holds]] = {
    ("PC", "ALL"): (THIRTEEN_MONTHS, lambda node: node["type"] in PURCHASES),
    ("PC", "FOOD"): (THIRTEEN_MONTHS, lambda node: node["type"] in PURCHASES and node["genre"] == "FOOD"),
    ("PC", "LEARNING"): (JOINED, lambda node: node["genre"] in LEARNING),
    ("PC", "DEPOSITS"): (THIRTEEN_MONTHS, lambda node: node["type"] in DEPOSITS),
    ("PC", "PREPAID"): (THIRTEEN_MONTHS, lambda node: node["type"] in DEPOSITS or with_pico(node)),
    ("SMARTPHONE", "ALL"): (THIRTEEN_MONTHS, with_pico),
    ("SMARTPHONE", "FOOD"): (THIRTEEN_MONTHS, lambda node: with_pico(node) and node["genre"] == "FOOD"),
    ("SMARTPHONE", "BOOKS_AND_MAGAZINES"): (
        JOINED,
        lambda node: with_pico(node) and node["genre"] in {"BOOKS", "MAGAZINES"},
    ),
    ("SMARTPHONE", "OTHER"): (JOINED, lambda node: with_pico(node) and node["genre"] in OTHER),
    ("SMARTPHONE", "PREPAID"): (TWO_MONTHS, lambda node: node["type"] in DEPOSITS or with_pico(node)),
}
"""The first day and what is in it, by page and kind (B24–B29, X5, X7)."""

NOT_SHOWN = [
    ("PC", "BOOKS_AND_MAGAZINES"),
    ("PC", "OTHER"),
    ("SMARTPHONE", "LEARNING"),
    ("SMARTPHONE", "DEPOSITS"),
]


async def history(api: Api, view: str, kind: str, **narrowed: Any) -> list[Node]:
    """All of it."""
    return await walked(api, HISTORY, PATH, 100, view=view, kind=kind, filter=narrowed or None)


async def ask(api: Api, view: str, kind: str) -> Answer:
    """The first page of it."""
    return await api.ask(HISTORY, view=view, kind=kind, first=20)


@pytest.mark.parametrize(("view", "kind"), SHOWN)
async def test_a_history_holds_what_its_page_of_the_guide_prints(taro: Api, view: str, kind: str) -> None:
    """B24, B25, B26, B27, B28, B29, X5, X7: and nothing else, from the window's first month on."""
    since, holds = SHOWN[view, kind]

    nodes = await history(taro, view, kind)

    assert nodes
    assert [node for node in nodes if not holds(node)] == []
    days = [node["businessDate"] for node in nodes]
    assert days == sorted(days, reverse=True)
    assert since <= days[-1]
    assert days[0] <= "2026-11-19"


@pytest.mark.parametrize(("view", "kind"), [key for key, (since, _) in SHOWN.items() if since == JOINED])
async def test_a_history_since_joining_reaches_back_before_the_thirteen_months(
    taro: Api, view: str, kind: str
) -> None:
    """B24, B29, X5: Taro joined on March 8, 2024, before admission; what he bought that spring is in it."""
    nodes = await history(taro, view, kind)

    assert nodes[-1]["businessDate"] < "2024-06-01"


@pytest.mark.parametrize(("view", "kind"), [("PC", "PREPAID"), ("SMARTPHONE", "PREPAID"), ("PC", "DEPOSITS")])
async def test_prepaid_histories_hold_every_deposit_whatever_it_was_paid_with(
    taro: Api, view: str, kind: str
) -> None:
    """B25, B26, B4, B7: Pico is what is bought with; cash, points and slips are what it is filled with."""
    since, _ = SHOWN[view, kind]

    deposits = [node for node in await history(taro, view, kind) if node["type"] in DEPOSITS]

    expected = [node for node in await history(taro, "PC", "DEPOSITS") if node["businessDate"] >= since]
    assert deposits == expected
    assert {node["tender"] for node in deposits} >= {"CASH", "POINTS"}


@pytest.mark.parametrize(("view", "kind"), NOT_SHOWN)
async def test_a_kind_that_the_page_does_not_print_is_refused(taro: Api, view: str, kind: str) -> None:
    """B25, B28, X5."""
    answer = await ask(taro, view, kind)

    assert answer.codes() == {PATH: "HISTORY_KIND_NOT_OFFERED"}
    assert answer.only_error()["message"] == "この画面では、選択された種類の履歴は表示できません。"


async def test_the_smartphones_history_is_the_part_of_the_pcs_that_was_paid_with_pico(taro: Api) -> None:
    """B27."""
    everything = await history(taro, "PC", "ALL")

    assert await history(taro, "SMARTPHONE", "ALL") == list(filter(with_pico, everything))
    assert {node["tender"] for node in everything} == {"PICO", "CASH", "CREDIT_CARD", "MEAL_CARD"}


@pytest.mark.parametrize(
    ("now", "two_months", "thirteen_months"),
    [
        (datetime(2026, 11, 30, 23, 59, tzinfo=JAPAN), "2026-10-01", "2025-11-01"),
        (datetime(2026, 12, 1, 0, 0, tzinfo=JAPAN), "2026-11-01", "2025-12-01"),
        (datetime(2027, 1, 1, 0, 0, tzinfo=JAPAN), "2026-12-01", "2026-01-01"),
    ],
)
async def test_windows_are_calendar_months_in_japan_the_present_one_included(
    seeded_database: str,
    legacy_systems: LegacySystems,
    taro: Api,
    now: datetime,
    two_months: str,
    thirteen_months: str,
) -> None:
    """B24, B26, X7: at midnight in Japan, which is afternoon of the day before in UTC, a month drops out."""
    windows = {"PREPAID": two_months, "ALL": thirteen_months}
    today = {kind: await history(taro, "SMARTPHONE", kind) for kind in windows}
    async with gateway_on(seeded_database, now) as api:
        later = await api.signed_in("hirosaki", "hirosaki-taro")
        for kind, since in windows.items():
            expected = [node for node in today[kind] if node["businessDate"] >= since]
            assert await history(later, "SMARTPHONE", kind) == expected


async def test_what_was_bought_at_the_newcomers_centre_is_in_the_learning_history(taro: Api) -> None:
    """B31, B32: the computer explains 208,420 yen of the lifetime total."""
    (computer,) = [node for node in await history(taro, "PC", "LEARNING") if node["newcomerPurchase"]]

    assert computer["store"] == {"name": "新入生サポートセンター"}
    assert (computer["genre"], computer["amount"]) == ("COMPUTERS", computer["items"][0]["amount"])
    assert computer["businessDate"] < "2024-04-01"


async def test_a_receipts_lines_add_up_to_it(taro: Api) -> None:
    """C2's counterpart in the history: quantity times unit price, and their sum."""
    purchases = [node for node in await history(taro, "PC", "ALL") if node["type"] == "PURCHASE"]

    for node in purchases:
        assert [item["quantity"] * item["unitPrice"] for item in node["items"]] == [
            item["amount"] for item in node["items"]
        ]
        assert sum(item["amount"] for item in node["items"]) == node["amount"]


async def test_names_of_goods_come_through_the_vendors_characters(taro: Api) -> None:
    """髙 and ① of the register's CP932."""
    names = {item["name"] for node in await history(taro, "PC", "ALL") for item in node["items"]}

    assert {"髙原牛すき煮丼", "チョコ①"} <= names


async def test_a_reversal_is_negative_and_names_what_it_takes_back(taro: Api) -> None:
    """取消 is its own entry, after the sale, of the same day and store."""
    nodes = {node["id"]: node for node in await history(taro, "PC", "LEARNING")}
    nodes |= {node["id"]: node for node in await history(taro, "PC", "ALL")}
    reversals = [node for node in nodes.values() if node["type"] == "REVERSAL"]

    assert reversals
    for reversal in reversals:
        sale = nodes[reversal["reverses"]]
        assert (sale["type"], sale["amount"]) == ("PURCHASE", -reversal["amount"])
        assert (sale["businessDate"], sale["store"]) == (reversal["businessDate"], reversal["store"])
        assert sale["occurredAt"] < reversal["occurredAt"]


async def test_an_automatic_top_up_is_two_hundred_yen_for_two_hundred_points(taro: Api) -> None:
    """B4: at the register, without the member's doing."""
    nodes = await history(taro, "PC", "DEPOSITS", types=["AUTOMATIC_TOP_UP"])

    assert nodes
    assert {(node["amount"], node["tender"], node["genre"]) for node in nodes} == {(200, "POINTS", "NONE")}


async def test_the_latest_use_of_pico_leaves_the_balance_of_the_home_screen(taro: Api) -> None:
    """B1: 4,350 yen."""
    nodes = await history(taro, "PC", "PREPAID")

    latest = max((node for node in nodes if node["prepaidAfter"] is not None), key=lambda n: n["occurredAt"])
    assert latest["prepaidAfter"] == 4350


async def test_a_filter_narrows_within_the_window_and_never_widens_it(taro: Api) -> None:
    """B28, X22: presentation only."""
    everything = await history(taro, "PC", "ALL")

    assert await history(taro, "PC", "ALL", since="2000-01-01", until="2030-01-01") == everything
    assert await history(taro, "PC", "ALL", genres=["BOOKS"], since="2026-06-01", until="2026-09-30") == [
        node
        for node in everything
        if node["genre"] == "BOOKS" and "2026-06-01" <= node["businessDate"] <= "2026-09-30"
    ]
    assert await history(taro, "PC", "ALL", tenders=["MEAL_CARD"]) == [
        node for node in everything if node["tender"] == "MEAL_CARD"
    ]
    assert await history(taro, "PC", "ALL", types=["DEPOSIT"]) == []
    assert await history(taro, "PC", "FOOD", genres=["BOOKS"]) == []
    assert await history(taro, "PC", "ALL", genres=[]) == []
    assert await history(taro, "PC", "ALL", since="2026-11-20") == []


@pytest.mark.parametrize(("view", "kind"), [("PC", "ALL"), ("PC", "DEPOSITS"), ("SMARTPHONE", "OTHER")])
async def test_a_history_is_the_same_in_pages_of_any_size(taro: Api, view: str, kind: str) -> None:
    """Keyset paging: nothing twice, nothing missing."""
    assert await same_in_pages_of([7, 40], taro, HISTORY, PATH, view=view, kind=kind) > 30


async def test_a_cursor_goes_on_from_a_receipt_that_is_not_in_the_history(taro: Api) -> None:
    """The cursor names a place, not an entry: one of another history does as well."""
    deposits = await history(taro, "PC", "DEPOSITS")
    place = at(await taro.data(HISTORY, view="PC", kind="ALL", first=50), PATH)["pageInfo"]["endCursor"]

    page = at(await taro.data(HISTORY, view="PC", kind="DEPOSITS", first=100, after=place), PATH)

    rest = [edge["node"] for edge in page["edges"]]
    assert 0 < len(rest) < len(deposits)
    assert rest == deposits[-len(rest) :]


async def test_wrong_cursors_and_page_sizes_are_bad_input(taro: Api) -> None:
    await refuses_wrong_pages(
        taro,
        HISTORY,
        cursor("2026-11-20"),
        cursor("2026-11-20", 101, "01", 5),
        cursor("2026-11-20", "101", "01", "9999999"),
        cursor("2026-11-20", "1", "1", "-5"),
        cursor("0001-01-01", "101", "01", "5"),
        cursor("2026-11-31", "101", "01", "5"),
        view="PC",
        kind="ALL",
    )
