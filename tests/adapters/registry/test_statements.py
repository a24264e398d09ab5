"""Billing statements (請求明細) through the port, on every engine (E7, E12, E23)."""

from datetime import date

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
from legacy.population import Population
from legacy.registry.statements import statements_of
from tests.adapters.registry.databases import MEMBERS
from tests.running import NOW

SAPPORO = MemberNumber("10000001")
OTARU = MemberNumber("10000002")
HAKODATE = MemberNumber("10000003")
"""Has not paid the share capital and so has no statement."""


def _true(number: MemberNumber) -> list[Statement]:
    """A member's statements, newest first, as the loader knows them."""
    person = Population("hokkaido", MEMBERS, NOW).person(number)
    assert person is not None
    found = [
        Statement(
            member_number=number,
            month=YearMonth(int(statement.month[:4]), int(statement.month[4:])),
            closed_on=statement.closed_on,
            due_on=statement.due_on,
            total=statement.total,
            lines=tuple(
                StatementLine(count, line.used_on, line.description.rstrip("　"), line.amount)
                for count, line in enumerate(statement.lines, start=1)
            ),
        )
        for statement in statements_of(person)
    ]
    return sorted(found, key=lambda statement: statement.month, reverse=True)


async def test_a_statement_has_its_lines_in_order(hokkaido: MemberRegistry) -> None:
    newest = _true(SAPPORO)[0]
    key = StatementKey(SAPPORO, newest.month)

    assert (await hokkaido.statement([key])).of(key) == newest


async def test_a_month_without_a_statement_is_none(hokkaido: MemberRegistry) -> None:
    keys = [StatementKey(HAKODATE, YearMonth(2026, 11)), StatementKey(SAPPORO, YearMonth(1999, 1))]

    answers = await hokkaido.statement(keys)

    assert [answers.of(key) for key in keys] == [None, None]


async def test_pages_of_different_sizes_and_members_come_together(hokkaido: MemberRegistry) -> None:
    """Each query has its own limit and its own place to go on from."""
    sapporo, otaru = _true(SAPPORO), _true(OTARU)
    first = StatementsQuery(SAPPORO, None, 3)
    second = StatementsQuery(SAPPORO, sapporo[2].month, 2)
    rest = StatementsQuery(SAPPORO, sapporo[4].month, 100)
    other = StatementsQuery(OTARU, None, 1)
    none = StatementsQuery(HAKODATE, None, 12)

    answers = await hokkaido.statements([first, second, rest, other, none])

    assert answers.of(first) == Page(sapporo[:3], has_next=True)
    assert answers.of(second) == Page(sapporo[3:5], has_next=True)
    assert answers.of(rest) == Page(sapporo[5:], has_next=False)
    assert answers.of(other) == Page(otaru[:1], has_next=len(otaru) > 1)
    assert answers.of(none) == Page([], has_next=False)


async def test_a_page_that_ends_with_the_last_statement_has_no_next(hokkaido: MemberRegistry) -> None:
    everything = _true(SAPPORO)
    query = StatementsQuery(SAPPORO, None, len(everything))

    assert (await hokkaido.statements([query])).of(query) == Page(everything, has_next=False)


async def test_a_page_before_a_month_leaves_that_month_out(hokkaido: MemberRegistry) -> None:
    newest = _true(SAPPORO)[0]
    query = StatementsQuery(SAPPORO, newest.month, 1)

    (statement,) = (await hokkaido.statements([query])).of(query).items

    assert statement.month < newest.month
    assert statement.closed_on < date(newest.month.year, newest.month.month, 1)
