"""The access log: written once, read in pages, never changed (E26, E27)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from adapters.records import MemberNumber
from gateway.accounts import PersonalDataView, log_views
from gateway.store import CoopStore, Store
from gateway.store.records import (
    AccessAction,
    AccessLogEntry,
    AccessLogQuery,
    AccessOutcome,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import StaffRole, StaffViewer
from tests.running import NOW, fixed_clock
from tests.store.accounts import HANAKO, TARO
from tests.store.hearing import HeardLines

DESK = StaffViewer("hirosaki", uuid4(), uuid4(), frozenset({StaffRole.DESK}))
COUNTER = Origin("192.0.2.20", "Mozilla/5.0")


def sign_in_of(account: StaffViewer, seconds: int = 0) -> NewAccessLogEntry:
    return NewAccessLogEntry(
        at=NOW + timedelta(seconds=seconds),
        action=AccessAction.SIGN_IN,
        outcome=AccessOutcome.ALLOWED,
        origin=COUNTER,
        account_id=account.account_id,
        session_id=account.session_id,
    )


async def test_a_view_says_who_whose_what_when_from_where_and_how_it_ended(hirosaki: CoopStore) -> None:
    """E26, E27."""
    seen = PersonalDataView(TARO, ("Member.pico", "Member.profile"))
    refused = PersonalDataView(HANAKO, ("Member.profile",), AccessOutcome.REFUSED)
    await log_views(hirosaki, DESK, [seen, refused], COUNTER, fixed_clock)
    second, first = (await hirosaki.access_log.page(AccessLogQuery(limit=10))).items
    assert first == AccessLogEntry(
        entry_id=first.entry_id,
        at=NOW,
        action=AccessAction.VIEW,
        outcome=AccessOutcome.ALLOWED,
        account_id=DESK.account_id,
        session_id=DESK.session_id,
        member_number=TARO,
        what=("Member.pico", "Member.profile"),
        reason=None,
        origin=COUNTER,
    )
    assert (second.member_number, second.what, second.outcome) == (
        HANAKO,
        ("Member.profile",),
        AccessOutcome.REFUSED,
    )


async def test_a_list_of_a_hundred_members_costs_one_insert(hirosaki: CoopStore, lines: HeardLines) -> None:
    numbers = [MemberNumber(f"2101000000{n:02}") for n in range(100)]
    views = [PersonalDataView(number, ("Member.profile",)) for number in numbers]
    await log_views(hirosaki, DESK, views, COUNTER, fixed_clock)
    assert [text.split()[0] for text in lines.heard] == ["INSERT"]
    assert len((await hirosaki.access_log.page(AccessLogQuery(limit=200))).items) == 100


async def test_a_request_that_looked_at_nothing_writes_nothing(hirosaki: CoopStore) -> None:
    await log_views(hirosaki, DESK, [], COUNTER, fixed_clock)
    assert (await hirosaki.access_log.page(AccessLogQuery(limit=1))).items == []


async def test_whose_data_was_looked_at_can_be_asked_by_member(hirosaki: CoopStore) -> None:
    """E27: in a breach the log answers whose data, when, by whom."""
    for number in (TARO, HANAKO, TARO):
        await log_views(hirosaki, DESK, [PersonalDataView(number, ("Member.profile",))], COUNTER, fixed_clock)
    page = await hirosaki.access_log.page(AccessLogQuery(limit=10, member_number=TARO))
    assert [entry.member_number for entry in page.items] == [TARO, TARO]


async def test_ones_own_entries_are_walked_newest_first(hirosaki: CoopStore) -> None:
    other = StaffViewer("hirosaki", uuid4(), uuid4(), frozenset())
    await hirosaki.access_log.record([sign_in_of(DESK, seconds) for seconds in range(5)])
    await hirosaki.access_log.record([sign_in_of(other)])
    seen, after = [], None
    for expected_more in (True, True, False):
        query = AccessLogQuery(limit=2, after=after, account_id=DESK.account_id)
        page = await hirosaki.access_log.page(query)
        seen += [(entry.at - NOW).seconds for entry in page.items]
        after = page.items[-1].entry_id
        assert page.has_next is expected_more
    assert seen == [4, 3, 2, 1, 0]


async def test_another_co_op_reads_none_of_it(hirosaki: CoopStore, hokkaido: CoopStore) -> None:
    await hirosaki.access_log.record([sign_in_of(DESK)])
    query = AccessLogQuery(limit=10, account_id=DESK.account_id)
    assert (await hokkaido.access_log.page(query)).items == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET outcome = 'ALLOWED'",
        "UPDATE access_log SET outcome = 'ALLOWED' WHERE entry_id < 0",
        "DELETE FROM access_log",
        "TRUNCATE access_log",
        "INSERT INTO access_log SELECT * FROM access_log",
        "SET session_replication_role = replica; DELETE FROM access_log",
    ],
)
async def test_the_database_itself_refuses_to_change_or_forge_it(
    store: Store, hirosaki: CoopStore, statement: str
) -> None:
    """E26."""
    await hirosaki.access_log.record([sign_in_of(DESK)])
    before = await hirosaki.access_log.page(AccessLogQuery(limit=10))
    with pytest.raises(DBAPIError, match=r"is append-only: \w+ is refused|cannot insert a non-DEFAULT value"):
        await _executed(store, statement)
    assert await hirosaki.access_log.page(AccessLogQuery(limit=10)) == before


async def _executed(store: Store, statements: str) -> None:
    async with store.engine.begin() as connection:
        for statement in statements.split("; "):
            await connection.execute(sa.text(statement))
