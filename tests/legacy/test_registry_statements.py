"""Statements: closed on the 20th, billed the month after (E12, X17)."""

from collections.abc import Sequence
from datetime import date, timedelta
from statistics import mean

import pytest

from legacy.population import Population
from legacy.population.person import Person, Status
from legacy.registry.statements import Statement, statements_of
from tests.running import NOW


def member(number: str, days_later: int = 0) -> Person:
    person = Population("hokkaido", 200, NOW + timedelta(days=days_later)).person(number)
    assert person is not None
    return person


@pytest.fixture(scope="module")
def members() -> Sequence[tuple[Person, Sequence[Statement]]]:
    people = Population("hokkaido", 400, NOW).people()
    return [(person, list(statements_of(person))) for person in people]


def test_ichiro_has_24_statements_the_newest_first() -> None:
    statements = list(statements_of(member("10000001")))
    assert len(statements) == 24
    assert (statements[0].month, statements[0].closed_on, statements[0].due_on) == (
        "202611",
        date(2026, 10, 20),
        date(2026, 11, 27),
    )
    assert (statements[-1].month, statements[-1].closed_on) == ("202412", date(2024, 11, 20))


def test_the_20th_itself_is_still_open_and_closed_the_day_after() -> None:
    """The 20th is inclusive: what is used on it belongs to the statement closed on it (X17)."""
    today, tomorrow = member("10000001"), member("10000001", days_later=1)
    assert next(statements_of(today)).month == "202611"
    assert next(statements_of(tomorrow)).month == "202612"


def test_a_closed_statement_never_changes() -> None:
    earlier = {statement.month: statement for statement in statements_of(member("10000002"))}
    later = {statement.month: statement for statement in statements_of(member("10000002", days_later=45))}
    both = earlier.keys() & later.keys()
    assert len(both) > 10
    assert all(earlier[month] == later[month] for month in both)


def test_a_debit_that_falls_on_a_weekend_waits_for_the_next_office_day() -> None:
    by_month = {statement.month: statement.due_on for statement in statements_of(member("10000001"))}
    assert by_month["202609"] == date(2026, 9, 28)


def test_a_statement_adds_up_and_its_lines_lie_between_the_closings(
    members: Sequence[tuple[Person, Sequence[Statement]]],
) -> None:
    lines = 0
    late = 0
    for _, statements in members:
        for statement in statements:
            first = (statement.closed_on.replace(day=1) - timedelta(days=1)).replace(day=21)
            assert statement.total == sum(line.amount for line in statement.lines) >= 0
            assert [line.used_on for line in statement.lines] == sorted(
                line.used_on for line in statement.lines
            )
            assert all(line.used_on <= statement.closed_on for line in statement.lines)
            lines += len(statement.lines)
            late += sum(line.used_on < first for line in statement.lines)
    assert 0 < late / lines < 0.003


def test_seven_in_ten_months_are_billed_with_six_lines_on_average(
    members: Sequence[tuple[Person, Sequence[Statement]]],
) -> None:
    settled = [
        statements
        for person, statements in members
        if person.index > 7 and person.status is Status.ACTIVE and person.joined_on < date(2023, 1, 1)
    ]
    assert mean(len(statements) for statements in settled) == pytest.approx(36 * 0.7, rel=0.03)
    counts = [len(statement.lines) for statements in settled for statement in statements]
    assert mean(counts) == pytest.approx(6, rel=0.03)


def test_a_line_taken_back_names_the_line_before(
    members: Sequence[tuple[Person, Sequence[Statement]]],
) -> None:
    reversals = [
        (before, line)
        for _, statements in members
        for statement in statements
        for before, line in zip(statement.lines, statement.lines[1:], strict=False)
        if line.amount < 0
    ]
    assert len(reversals) > 100
    assert all(
        (line.amount, line.description) == (-before.amount, f"取消　{before.description}")
        for before, line in reversals
    )


def test_nobody_is_billed_before_joining_or_after_the_refund(
    members: Sequence[tuple[Person, Sequence[Statement]]],
) -> None:
    """Whoever is withdrawing still sees statements (E22, E23)."""
    for person, statements in members:
        closings = [statement.closed_on for statement in statements]
        assert all(person.joined_on <= day <= (person.share_refunded_on or person.today) for day in closings)
    assert list(statements_of(member("10000003"))) == []
    assert len(list(statements_of(member("10000004")))) > 20
    assert next(statements_of(member("10000005"))).closed_on <= date(2025, 3, 28)


def test_a_university_coop_sends_no_statements() -> None:
    student = Population("hirosaki", 200, NOW).person("210100000001")
    assert student is not None
    assert list(statements_of(student)) == []
