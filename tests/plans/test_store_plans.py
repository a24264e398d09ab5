"""What is quick for a hundred members stays so for a million and a half (docs/scale.md): the gateway's store."""

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.store import CoopStore
from tests.plans.kept_statements import kept_statements
from tests.plans.lists import LISTS
from tests.plans.plan import NO_OTHER_WAY, plan_for_any_values
from tests.plans.watched import Watched

KEPT = dict(kept_statements())
READ_WHOLE = {"gateway.store.outbox._STOP": ["ix_outbox_mail_due"]}
"""By its choice, while that index is small: it holds what is queued."""
FEW_PAGES = 200
"""Of 8 KiB: for a page of twenty rows, each of which may lie on a page of its own, found by two indexes."""


@pytest.mark.parametrize("name", KEPT)
async def test_a_statement_finds_its_rows_by_an_index_whatever_is_asked(
    store_connection: AsyncConnection, name: str
) -> None:
    for way in NO_OTHER_WAY:
        await store_connection.exec_driver_sql(f"SET {way} = off")
    await store_connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")

    plan = await plan_for_any_values(store_connection, KEPT[name])

    assert plan.whole_scans() == READ_WHOLE.get(name, [])


@pytest.mark.parametrize("coop", ["hirosaki", "hokkaido"])
@pytest.mark.parametrize("name", LISTS)
async def test_a_page_of_a_list_looks_at_few_pages_of_the_database(
    store_connection: AsyncConnection, name: str, coop: str
) -> None:
    """Of a large co-op among small ones, and of a small one: its rows lie far apart."""
    watched = Watched(store_connection)

    await LISTS[name](CoopStore(coop, watched))

    assert watched.pages <= FEW_PAGES
