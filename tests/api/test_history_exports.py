"""利用履歴 as a file, through the windows of the portal's pages."""

import pytest

from tests.api.asking import Api
from tests.api.downloading import download, japanese_name, paper, refusal, table, text_of
from tests.api.test_history import NOT_SHOWN, SHOWN, Node, history

HEADINGS = [
    "利用日",
    "時刻",
    "店舗",
    "種類",
    "ジャンル",
    "支払方法",
    "内容",
    "金額（円）",
    "獲得ポイント",
    "プリペイド残高（円）",
]


def line_of(node: Node) -> list[str]:
    """A receipt of the screen as a line of figures."""
    figures = (node["amount"], node["pointsEarned"], node["prepaidAfter"])
    items = "、".join(f"{item['name']}×{item['quantity']}" for item in node["items"])
    shown = ["" if figure is None else str(figure) for figure in figures]
    return [node["businessDate"], node["occurredAt"][11:16], node["store"]["name"], items, *shown]


@pytest.mark.parametrize(("view", "kind"), SHOWN)
async def test_a_file_holds_exactly_the_history_of_its_page(taro: Api, view: str, kind: str) -> None:
    """B24, B25, B26, B27, B28, B29, X5, X7: receipt by receipt, over as many pages as there are."""
    shown = await history(taro, view, kind)

    rows = await table(taro, "history.csv", view=view, kind=kind)

    assert [[row[name] for name in (*HEADINGS[:3], *HEADINGS[6:])] for row in rows] == list(
        map(line_of, shown)
    )
    assert list(rows[0]) == HEADINGS


async def test_what_something_is_stands_there_in_japanese(taro: Api) -> None:
    rows = await table(taro, "history.csv", view="PC", kind="LEARNING")
    deposits = await table(taro, "history.csv", view="PC", kind="DEPOSITS")

    assert {row["種類"] for row in rows} == {"購入", "取消"}
    assert {row["ジャンル"] for row in rows} >= {"書籍", "パソコン・電子辞書"}
    assert {row["種類"] for row in deposits} >= {"入金", "オートチャージ"}
    assert {row["ジャンル"] for row in deposits} == {""}
    assert {row["支払方法"] for row in deposits} >= {"現金", "ポイント"}


async def test_what_was_bought_at_the_newcomers_centre_is_in_the_file(taro: Api) -> None:
    """B31, B32: it explains the lifetime totals there, too."""
    rows = await table(taro, "history.csv", view="PC", kind="LEARNING")

    (computer,) = [row for row in rows if row["店舗"] == "新入生サポートセンター"]
    assert computer["ジャンル"] == "パソコン・電子辞書"
    assert int(computer["金額（円）"]) > 100_000


async def test_days_narrow_a_file_within_its_window_and_never_widen_it(taro: Api) -> None:
    """B24, X22."""
    everything = await table(taro, "history.csv", view="PC", kind="ALL")

    wide = await table(taro, "history.csv", view="PC", kind="ALL", from_="2000-01-01", until="2030-01-01")
    june = await table(taro, "history.csv", view="PC", kind="ALL", from_="2026-06-01", until="2026-06-30")
    nothing = await download(taro, "history.csv", view="PC", kind="ALL", from_="2026-11-20")

    assert wide == everything
    assert june == [row for row in everything if row["利用日"].startswith("2026-06")]
    assert nothing.content.decode("utf-8-sig") == ",".join(HEADINGS) + "\r\n"


async def test_on_paper_a_history_reads_as_on_the_screen(taro: Api) -> None:
    """B2, B24, B32: figures, goods with the vendors' characters, and of which day it is."""
    newest = (await history(taro, "PC", "ALL"))[0]

    pdf = await paper(taro, "history.pdf", view="PC", kind="ALL")

    text = text_of(pdf)
    for told in (
        "全購入履歴",
        "弘前大学生活協同組合",
        "組合員番号 2101 0000 0001",
        "弘前 太郎 様",
        "前日利用時点",
    ):
        assert told in text
    assert newest["businessDate"].replace("-", "/") in text
    assert f"{newest['amount']:,}" in text
    assert "チョコ①" in text.replace("\n", "")
    assert text.count("利用日") == len(pdf.pages)


async def test_a_private_use_character_is_printed_as_the_stand_in(hirosaki_staff: Api) -> None:
    """藤 with U+E000 behind it: no font knows it."""
    asked = {"view": "PC", "kind": "ALL", "member": "210100000011"}

    assert "藤〓 凛 様" in text_of(await paper(hirosaki_staff, "history.pdf", **asked))


async def test_a_file_is_named_for_what_is_in_it(taro: Api) -> None:
    names = {
        kind: japanese_name(await download(taro, "history.csv", view="PC", kind=kind))
        for kind in ("ALL", "DEPOSITS", "PREPAID")
    }

    assert names == {
        "ALL": "全購入履歴_2026-11-20.csv",
        "DEPOSITS": "入金履歴_2026-11-20.csv",
        "PREPAID": "プリペ履歴_2026-11-20.csv",
    }


@pytest.mark.parametrize(("view", "kind"), NOT_SHOWN)
async def test_a_kind_that_the_page_does_not_print_is_no_file(taro: Api, view: str, kind: str) -> None:
    """B25, B28, X5."""
    for path in ("history.csv", "history.pdf"):
        refused = await download(taro, path, view=view, kind=kind)
        assert refusal(refused) == (400, "この画面では、選択された種類の履歴は表示できません。")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "view は次のいずれかをご指定ください：PC、SMARTPHONE"),
        ({"view": "TV", "kind": "ALL"}, "view は次のいずれかをご指定ください：PC、SMARTPHONE"),
        (
            {"view": "PC", "kind": "all"},
            "kind は次のいずれかをご指定ください：ALL、FOOD、LEARNING、BOOKS_AND_MAGAZINES、OTHER、DEPOSITS、PREPAID",
        ),
        ({"view": "PC", "kind": "ALL", "from_": "2026-11-31"}, "from は 2026-11-20 の形式でご指定ください。"),
        ({"view": "PC", "kind": "ALL", "until": "20261120"}, "until は 2026-11-20 の形式でご指定ください。"),
    ],
)
async def test_what_cannot_be_understood_is_told_with_what_can(
    taro: Api, asked: dict[str, str], told: str
) -> None:
    assert refusal(await download(taro, "history.csv", **asked)) == (400, told)


async def test_a_co_op_without_pico_has_no_history(sapporo: Api) -> None:
    refused = await download(sapporo, "history.csv", view="PC", kind="ALL")

    assert refusal(refused) == (403, "この情報を利用する権限がありません。")
