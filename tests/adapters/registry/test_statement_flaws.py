"""Statements whose lines do not fit are not shown, because what is missing would be taken for zero."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from structlog.testing import capture_logs

from adapters.errors import Incomplete
from adapters.ports import MemberRegistry
from adapters.records import (
    MemberNumber,
    Page,
    Statement,
    StatementKey,
    StatementLine,
    StatementsQuery,
    YearMonth,
)
from legacy.registry.tables import SEIKYU, SEIKYU_MEISAI
from tests.adapters.registry.databases import Clerk

APRIL = YearMonth(2020, 4)
LINES = (
    {"gyo_no": "001", "kingaku": 1_200, "tekiyo": "共同購入　食品"},
    {"gyo_no": "002", "kingaku": -200, "tekiyo": "取消"},
)


async def bill(
    clerk: Clerk, lines: Sequence[Mapping[str, Any]] = LINES, **columns: Any
) -> tuple[MemberNumber, StatementKey]:
    """A member who is billed two lines in April, except for what a test says."""
    number = await clerk.member()
    await clerk.row(SEIKYU, number, **{"meisai_kensu": "002", "gokei": 1_000, **columns})
    await clerk.rows(SEIKYU_MEISAI, number, lines)
    return number, StatementKey(number, APRIL)


async def test_a_reversal_is_a_negative_line(by_hand: MemberRegistry, clerk: Clerk) -> None:
    number, key = await bill(clerk, shiharaibi="R020427")

    assert (await by_hand.statement([key])).of(key) == Statement(
        number,
        APRIL,
        closed_on=date(2020, 3, 20),
        due_on=date(2020, 4, 27),
        total=1_000,
        lines=(
            StatementLine(1, date(2020, 3, 1), "共同購入　食品", 1_200),
            StatementLine(2, date(2020, 3, 1), "取消", -200),
        ),
    )


async def test_a_statement_without_lines_is_a_statement_of_nothing(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    number = await clerk.member()
    await clerk.row(SEIKYU, number)
    query = StatementsQuery(number, None, 12)

    page = (await by_hand.statements([query])).of(query)

    assert page == Page([Statement(number, APRIL, date(2020, 3, 20), None, 0, ())], has_next=False)


@pytest.mark.parametrize(
    ("lines", "columns", "culprit"),
    [
        (LINES[:1], {"gokei": 1_200}, "meisai_kensu"),
        (LINES, {"meisai_kensu": "003"}, "meisai_kensu"),
        (LINES, {"meisai_kensu": "?"}, "meisai_kensu"),
        (LINES, {"gokei": 1_001}, "gokei"),
        (LINES, {"shimebi": "?"}, "shimebi"),
        ([{**LINES[0], "riyobi": "H999999"}, LINES[1]], {}, "riyobi"),
        ([{**LINES[0], "riyobi": ""}, LINES[1]], {}, "riyobi"),
    ],
)
async def test_a_statement_that_does_not_fit_is_incomplete_alone_and_on_its_page(
    by_hand: MemberRegistry,
    clerk: Clerk,
    lines: Sequence[Mapping[str, Any]],
    columns: Mapping[str, Any],
    culprit: str,
) -> None:
    number, key = await bill(clerk, lines, **columns)
    _, whole = await bill(clerk)
    page, whole_page = (StatementsQuery(asked, None, 12) for asked in (number, whole.member_number))

    with capture_logs() as logs:
        single, pages = await by_hand.statement([key, whole]), await by_hand.statements([page, whole_page])

    assert (set(single), set(pages)) == ({whole}, {whole_page})
    assert isinstance(single.failure, Incomplete)
    assert isinstance(pages.failure, Incomplete)
    assert [log["column"] for log in logs] == [culprit, culprit]
    assert all(log["key"].startswith(f"{number} 202004") for log in logs)


async def test_an_unreadable_statement_beyond_the_page_does_no_harm(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    number, _ = await bill(clerk)
    await clerk.row(SEIKYU, number, seikyu_nengetsu="202003", meisai_kensu="009")
    query = StatementsQuery(number, None, 1)

    page = (await by_hand.statements([query])).of(query)

    assert ([statement.month for statement in page.items], page.has_next) == ([APRIL], True)


async def test_a_statement_of_no_month_spoils_the_pages_it_may_belong_to(
    by_hand: MemberRegistry, clerk: Clerk
) -> None:
    number, _ = await bill(clerk)
    await clerk.row(SEIKYU, number, seikyu_nengetsu="202013")
    query = StatementsQuery(number, None, 12)

    with pytest.raises(Incomplete):
        await by_hand.statements([query])
