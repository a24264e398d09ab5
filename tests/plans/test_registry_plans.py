"""The registry's statements on PostgreSQL, with the indexes that docs/operators/connect-a-registry.md asks for."""

from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.records import MemberNumber, MemberSearch, StatementKey, StatementsQuery, YearMonth
from adapters.registry_sql import queries
from adapters.registry_sql.asking import Asking
from adapters.registry_sql.listing import ListPage, list_asking
from adapters.registry_sql.searching import search_asking
from tests.bench.scale.registry_filling import copied_phone
from tests.plans.plan import NO_OTHER_WAY, plan_carried_out

NUMBERS = [MemberNumber(f"{10_000_000 + place}") for place in range(20, 52)]
MONTH = YearMonth(2026, 4)
LOOKUPS: dict[str, Asking] = {
    "members": queries.MEMBERS.about(NUMBERS),
    "guardians": queries.GUARDIANS.about(NUMBERS),
    "cards": queries.CARDS.about(NUMBERS),
    "name changes": queries.NAME_CHANGES.about(NUMBERS),
    "statement": queries.statement_asking([StatementKey(number, MONTH) for number in NUMBERS]),
    "statements": queries.statements_asking(
        [StatementsQuery(number, limit=12, before=None) for number in NUMBERS]
    ),
}
READ_WHOLE = {"name changes": ["henko_uketsuke_pkey"]}
"""By its choice: the queue of changes of a hundred members fits on one page."""
SEARCHES = {
    "kumiaiin_pkey": [MemberSearch(), MemberSearch(number="21010000123")],
    "kumiaiinsho_pkey": [MemberSearch(card_number="2101000001000019")],
    "search_kana": [MemberSearch(name_kana="ヒロサキ　タロウ")],
    "search_mobile": [MemberSearch(phone=copied_phone("210100000400"))],
    "search_home": [MemberSearch(phone=copied_phone("210100000400"))],
    "search_mail": [MemberSearch(email="hirosaki@example.jp")],
}


def _asking(search: MemberSearch) -> Asking:
    asking = search_asking(search, 50, None)
    assert asking is not None
    return asking


CASES: Sequence[tuple[str, Asking]] = [
    (index, _asking(search)) for index, searches in SEARCHES.items() for search in searches
]


@pytest.mark.parametrize("name", LOOKUPS)
async def test_a_batch_of_members_is_found_by_indexes(billing_connection: AsyncConnection, name: str) -> None:
    for way in NO_OTHER_WAY:
        await billing_connection.exec_driver_sql(f"SET {way} = off")  # a table is small here, or empty

    plan = await plan_carried_out(billing_connection, *LOOKUPS[name])

    assert plan.whole_scans() == READ_WHOLE.get(name, [])


@pytest.mark.parametrize(("index", "asking"), CASES)
async def test_a_search_uses_the_index_made_for_it(
    registry_connection: AsyncConnection, index: str, asking: Asking
) -> None:
    """(B16) for the card."""
    plan = await plan_carried_out(registry_connection, *asking)

    assert index in plan.indexes()


async def test_a_page_of_namesakes_reads_the_rows_of_nobody_else(
    registry_connection: AsyncConnection,
) -> None:
    namesakes = await registry_connection.scalar(
        text("SELECT count(*) FROM kumiaiin WHERE shimei_kana LIKE 'ﾜﾀﾅﾍﾞ %'")
    )
    plan = await plan_carried_out(registry_connection, *_asking(MemberSearch(name_kana="ワタナベ")))

    assert (namesakes, plan.rows_read("kumiaiin")) == (400, 51)


async def test_pages_of_the_list_read_the_rows_of_nobody_else(registry_connection: AsyncConnection) -> None:
    asking = list_asking([ListPage(MemberNumber("210100000100"), 50), ListPage(None, 20)])
    plan = await plan_carried_out(registry_connection, *asking)

    assert "kumiaiin" not in plan.whole_scans()
    assert plan.rows_read("kumiaiin") <= 2 * (51 + 21)  # by their index, and then themselves
