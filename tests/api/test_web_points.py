"""Webポイント: apart from the points on the card, with a history of their own."""

import pytest

from tests.api.asking import Api
from tests.api.walking import PAGE, cursor, refuses_wrong_pages, walked

HISTORY = f"""
query ($first: Int!, $after: String) {{ viewer {{ member {{ pico {{ webPoints {{
  balance transferable
  history(first: $first, after: $after) {{
    edges {{ cursor node {{ occurredOn kind points description }} }}
    {PAGE}
  }}
}} }} }} }} }}
"""
PATH = "viewer.member.pico.webPoints.history"


@pytest.mark.parametrize(
    ("who", "balance", "transferable"),
    [("hirosaki-taro", 640, 600), ("shirakami", 200, 200), ("takasaki", 0, 0)],
)
async def test_what_was_earned_and_not_moved_is_the_balance(
    api: Api, who: str, balance: int, transferable: int
) -> None:
    """B5, B6: 640 points are three units of 200 and 40 left over."""
    member = await api.signed_in("hirosaki", who)
    entries = await walked(member, HISTORY, PATH, 100)
    data = await member.data(HISTORY, first=1)

    points = data["viewer"]["member"]["pico"]["webPoints"]
    assert (points["balance"], points["transferable"]) == (balance, transferable)
    earned = sum(entry["points"] for entry in entries if entry["kind"] == "EARNED")
    moved = sum(entry["points"] for entry in entries if entry["kind"] == "TRANSFERRED")
    assert earned - moved == balance
    assert moved % 200 == 0


async def test_the_history_is_newest_first_and_words_what_happened(taro: Api) -> None:
    """B5: text is cut by the POS at thirty bytes."""
    entries = await walked(taro, HISTORY, PATH, 100)

    assert entries[:2] == [
        {
            "occurredOn": "2026-11-15",
            "kind": "EARNED",
            "points": 100,
            "description": "生協アプリ歩数チャレンジ達成ボ",
        },
        {"occurredOn": "2026-11-11", "kind": "EARNED", "points": 10, "description": "ひとことカード投稿①"},
    ]
    days = [entry["occurredOn"] for entry in entries]
    assert days == sorted(days, reverse=True)


async def test_the_history_is_the_same_in_pages_of_any_size(taro: Api) -> None:
    """Several entries of one day stand on both sides of a page's end."""
    entries = await walked(taro, HISTORY, PATH, 100)

    for size in (1, 3, 16):
        assert await walked(taro, HISTORY, PATH, size) == entries
    assert len(entries) > 20


async def test_wrong_cursors_and_page_sizes_are_bad_input(taro: Api) -> None:
    await refuses_wrong_pages(
        taro, HISTORY, cursor("2026-11-20"), cursor("2026-11-20", "x"), cursor("x", "1")
    )
