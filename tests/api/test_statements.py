"""請求明細, closed on the 20th and billed the month after."""

from datetime import date
from typing import Any

import pytest

from tests.api.asking import Api
from tests.api.walking import PAGE, cursor, refuses_wrong_pages, same_in_pages_of, walked

STATEMENTS = f"""
query ($first: Int!, $after: String) {{ viewer {{ member {{ statements(first: $first, after: $after) {{
  edges {{ cursor node {{ id month closedOn dueOn total lines {{ usedOn description amount }} }} }}
  {PAGE}
}} }} }} }}
"""
PATH = "viewer.member.statements"
ONE = """
query ($month: YearMonth!) { viewer { member { statement(month: $month) {
  id month closedOn dueOn total lines { usedOn description amount }
} } } }
"""


async def whole(api: Api) -> list[dict[str, Any]]:
    """All statements."""
    return await walked(api, STATEMENTS, PATH, 100)


def month_after(day: str) -> str:
    """The month after the one a day lies in."""
    year, month, _ = map(int, day.split("-"))
    return f"{year + month // 12:04d}-{month % 12 + 1:02d}"


async def test_a_member_sees_what_is_billed_this_month(sapporo: Api) -> None:
    """E7, E12, X17: closed on October 20, billed in November, debited on the 27th."""
    newest = (await whole(sapporo))[0]

    del newest["id"]
    assert newest == {
        "month": "2026-11",
        "closedOn": "2026-10-20",
        "dueOn": "2026-11-27",
        "total": 54980,
        "lines": [
            {"usedOn": "2026-09-26", "description": "指定店　家電", "amount": 12110},
            {"usedOn": "2026-09-27", "description": "チケット・旅行", "amount": 1880},
            {"usedOn": "2026-10-01", "description": "共同購入　日用品", "amount": 2630},
            {"usedOn": "2026-10-02", "description": "指定店　書籍", "amount": 5770},
            {"usedOn": "2026-10-05", "description": "指定店　衣料品", "amount": 29360},
            {"usedOn": "2026-10-07", "description": "カタログ　生活雑貨", "amount": 3230},
        ],
    }


async def test_every_statement_closes_on_the_twentieth_and_is_billed_the_month_after(sapporo: Api) -> None:
    """E12, X17: twenty-four of them, one a month, whose lines add up."""
    statements = await whole(sapporo)

    assert len(statements) == 24
    assert [each["month"] for each in statements] == sorted(
        {each["month"] for each in statements}, reverse=True
    )
    for each in statements:
        assert date.fromisoformat(each["closedOn"]).day == 20
        assert each["month"] == month_after(each["closedOn"])
        assert each["total"] == sum(line["amount"] for line in each["lines"])
        assert all(line["usedOn"] <= each["closedOn"] for line in each["lines"])


async def test_statements_are_the_same_in_pages_of_any_size(sapporo: Api) -> None:
    assert await same_in_pages_of([1, 5, 12, 24], sapporo, STATEMENTS, PATH) == 24


async def test_one_statement_is_the_one_in_the_list(sapporo: Api) -> None:
    """E7."""
    statements = await whole(sapporo)

    data = await sapporo.data(ONE, month=statements[3]["month"])

    assert data["viewer"]["member"]["statement"] == statements[3]


@pytest.mark.parametrize("month", ["2026-12", "2004-04", "1899-01", "9999-12"])
async def test_a_month_without_a_statement_is_null_without_an_error(sapporo: Api, month: str) -> None:
    assert (await sapporo.data(ONE, month=month))["viewer"]["member"] == {"statement": None}


@pytest.mark.parametrize("month", ["2026-13", "0001-01", "2026-1", "202611", "2026-11-01", "２０２６-11"])
async def test_what_is_no_month_is_refused_before_anybody_is_asked(sapporo: Api, month: str) -> None:
    answer = await sapporo.ask(ONE, month=month)

    assert answer.data is None
    assert answer.only_error()["extensions"]["code"] == "INVALID_OPERATION"


async def test_wrong_cursors_and_page_sizes_are_bad_input(sapporo: Api) -> None:
    await refuses_wrong_pages(
        sapporo,
        STATEMENTS,
        cursor("2026", "13"),
        cursor("2026", "0"),
        cursor("2026", "-5"),
        cursor("99999", "1"),
        cursor("0", "1"),
        cursor("9" * 30, "1"),
        cursor("2026"),
    )


async def test_a_co_op_that_bills_nobody_gives_null_without_an_error(taro: Api) -> None:
    data = await taro.data(
        '{ viewer { member { statements { edges { cursor } } statement(month: "2026-11") { total } } } }'
    )

    assert data["viewer"]["member"] == {"statements": None, "statement": None}
