"""The statements themselves: few texts, for every engine, and nothing that writes."""

from collections.abc import Mapping

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from adapters.records import (
    MemberKind,
    MemberNumber,
    MemberSearch,
    MemberStatus,
    StatementKey,
    StatementsQuery,
    YearMonth,
)
from adapters.registry_sql.asking import Asking
from adapters.registry_sql.connections import open_connections
from adapters.registry_sql.listing import ListPage, list_asking
from adapters.registry_sql.queries import (
    CARDS,
    GUARDIANS,
    MEMBERS,
    NAME_CHANGES,
    statement_asking,
    statements_asking,
)
from adapters.registry_sql.searching import search_asking
from tests.adapters.registry.databases import Databases, through

NUMBERS = [MemberNumber(str(number)) for number in range(10_000_001, 10_000_006)]
WHOLE_SEARCH = MemberSearch(
    "1000",
    "ｻ",
    "011",
    "a@example.jp",
    MemberStatus.ACTIVE,
    MemberKind.SCHOOL_STAFF,
    2020,
    card_number="2101000000010035",
)


def askings() -> Mapping[str, Asking]:
    """Every statement there is, by the method of the port."""
    search = search_asking(WHOLE_SEARCH, 50, NUMBERS[0])
    assert search is not None
    return {
        "members": MEMBERS.about(NUMBERS),
        "guardians": GUARDIANS.about(NUMBERS),
        "cards": CARDS.about(NUMBERS),
        "name_changes": NAME_CHANGES.about(NUMBERS),
        "statement": statement_asking([StatementKey(number, YearMonth(2026, 11)) for number in NUMBERS]),
        "statements": statements_asking([StatementsQuery(number, None, 12) for number in NUMBERS]),
        "search": search,
        "list": list_asking([ListPage(number, 50) for number in NUMBERS]),
    }


DIALECTS = ("mysql", "mariadb", "mssql", "oracle", "postgresql", "sqlite")


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("method", askings())
def test_every_statement_can_be_said_in_the_sql_of(method: str, dialect: str) -> None:
    """That it runs there as well, only the operator's check can tell."""
    statement, parameters = askings()[method]

    compiled = statement.compile(dialect=make_url(f"{dialect}://").get_dialect()())

    assert set(parameters) <= set(compiled.params)


@pytest.mark.parametrize("method", askings())
def test_a_statement_is_built_once_for_all_numbers_of_keys_up_to_a_power_of_two(method: str) -> None:
    assert askings()[method][0] is askings()[method][0]


def test_five_to_eight_keys_share_one_statement() -> None:
    five, eight = (MEMBERS.about(NUMBERS[:1] * size)[0] for size in (5, 8))
    nine, _ = MEMBERS.about(NUMBERS[:1] * 9)

    assert five is eight
    assert five is not nine


async def test_nothing_can_be_written(driver: str, databases: Databases) -> None:
    connections = open_connections(through(driver, databases.hokkaido), 1, 5.0)

    with pytest.raises(DBAPIError, match=r"read-only|readonly"):
        await connections.ask((text("DELETE FROM kumiaiin"), {}))  # type: ignore[arg-type]

    await connections.close()
