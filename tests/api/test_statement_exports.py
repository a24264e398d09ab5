"""請求明細 as a file, for who needs it after leaving, too."""

import httpx
import pytest

from tests.api.asking import Api
from tests.api.downloading import download, japanese_name, paper, refusal, table, text_of
from tests.api.test_statements import whole

NOVEMBER = [
    ("2026-09-26", "指定店　家電", "12110"),
    ("2026-09-27", "チケット・旅行", "1880"),
    ("2026-10-01", "共同購入　日用品", "2630"),
    ("2026-10-02", "指定店　書籍", "5770"),
    ("2026-10-05", "指定店　衣料品", "29360"),
    ("2026-10-07", "カタログ　生活雑貨", "3230"),
]


async def test_a_months_statement_is_a_table_for_a_spreadsheet(sapporo: Api) -> None:
    """E7, E12, E23: UTF-8 with its mark, CRLF, figures that can be added up."""
    response = await download(sapporo, "statements.csv", month="2026-11")

    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-disposition"].startswith('attachment; filename="statements.csv"; ')
    assert japanese_name(response) == "請求明細_2026-11.csv"
    lines = [",".join(("2026年11月", "2026-10-20", "2026-11-27", *line)) for line in NOVEMBER]
    heading = "請求月,締め日,お支払日,ご利用日,摘要,金額（円）"
    assert response.content.decode() == "\ufeff" + "".join(f"{line}\r\n" for line in (heading, *lines))


async def test_all_statements_are_those_of_the_screen(sapporo: Api) -> None:
    """E23: who is leaving takes all of them along, newest first."""
    shown = await whole(sapporo)

    rows = await table(sapporo, "statements.csv")

    expected = [
        (each["closedOn"], line["usedOn"], line["description"], str(line["amount"]))
        for each in shown
        for line in each["lines"]
    ]
    assert [(row["締め日"], row["ご利用日"], row["摘要"], row["金額（円）"]) for row in rows] == expected
    assert sum(int(row["金額（円）"]) for row in rows) == sum(each["total"] for each in shown)


async def test_on_paper_a_statement_has_its_total_and_whose_it_is(sapporo: Api) -> None:
    """E7, E23: the Japanese text and the figures can be read out again, from an embedded font."""
    pdf = await paper(sapporo, "statements.pdf", month="2026-11")

    text = text_of(pdf)
    for told in (
        "請求明細",
        "北海道学校生活協同組合",
        "組合員番号 1000 0001",
        "札幌 一郎 様",
        "作成日 2026年11月20日",
    ):
        assert told in text
    for used_on, description, amount in NOVEMBER:
        assert used_on.replace("-", "/") in text
        assert description in text
        assert f"{int(amount):,}" in text
    assert "ご請求額" in text
    assert "54,980" in text
    (font,) = [f.get_object() for f in pdf.pages[0]["/Resources"]["/Font"].values() if "/FontDescriptor" in f]  # type: ignore[index]
    assert "/FontFile2" in font["/FontDescriptor"]


async def test_a_pdf_of_all_statements_goes_over_pages_with_headings_on_each(sapporo: Api) -> None:
    response = await download(sapporo, "statements.pdf")
    pdf = await paper(sapporo, "statements.pdf")

    assert japanese_name(response) == "請求明細_2026-11-20.pdf"
    assert response.headers["content-type"] == "application/pdf"
    assert len(pdf.pages) > 1
    assert all("ご利用日" in page.extract_text() for page in pdf.pages)
    assert [page.extract_text().strip().splitlines()[-1] for page in pdf.pages] == [
        str(number) for number in range(1, len(pdf.pages) + 1)
    ]


async def test_who_is_leaving_still_takes_the_statements_along(api: Api) -> None:
    """E23: 旭川 恵子 has given notice and is not refunded yet."""
    leaving = await api.signed_in("hokkaido", "asahikawa@example.jp")

    assert await table(leaving, "statements.csv")


async def test_before_the_month_of_viewing_there_is_no_file_either(api: Api) -> None:
    """E9, X16."""
    kitami = await api.signed_in("hokkaido", "kitami@example.jp")

    response = await download(kitami, "statements.csv")

    told = "マイページへご登録いただいた翌月（2026年12月1日）より閲覧できます。"
    assert refusal(response) == (403, told)


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ({"month": "2026-12"}, 404, "2026年12月の請求明細はありません。"),
        ({"month": "2026-13"}, 400, "month は 2026-11 の形式でご指定ください。"),
        ({"month": "202611"}, 400, "month は 2026-11 の形式でご指定ください。"),
        ({"month": ""}, 400, "month は 2026-11 の形式でご指定ください。"),
        ({"member": "10000002"}, 403, "この情報を利用する権限がありません。"),
    ],
)
async def test_what_cannot_be_given_is_a_sentence(
    sapporo: Api, asked: dict[str, str], status: int, told: str
) -> None:
    for path in ("statements.csv", "statements.pdf"):
        assert refusal(await download(sapporo, path, **asked)) == (status, told)


async def test_a_co_op_that_bills_nobody_has_no_statements_to_give(taro: Api) -> None:
    assert refusal(await download(taro, "statements.csv")) == (404, "請求明細の掲載はありません。")


async def test_staff_name_the_member(hokkaido_staff: Api, sapporo: Api) -> None:
    """Of their own co-op only."""
    own: httpx.Response = await download(sapporo, "statements.csv")

    assert (await download(hokkaido_staff, "statements.csv", member="1000 0001")).text == own.text
    nobody = await download(hokkaido_staff, "statements.csv")
    assert refusal(nobody) == (400, "member に組合員番号をご指定ください。")
    unknown = await download(hokkaido_staff, "statements.csv", member="99999999")
    assert refusal(unknown) == (404, "該当する組合員が見つかりません。")
    malformed = await download(hokkaido_staff, "statements.csv", member="210100000001")
    assert malformed.status_code == 400
