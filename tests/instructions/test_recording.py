"""Writing instructions down: once for each key, with the audit entry and the mail, or not at all."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
import sqlalchemy as sa

from gateway.instructions import KeyUsedOtherwise, Recorded, answered_before, record
from gateway.store import Store
from gateway.store.records import (
    AccessAction,
    AccessLogQuery,
    AccessOutcome,
    AccountKind,
    ChangeRequestKind,
    ChangeRequestState,
)
from gateway.store.tables import change_requests, outbox_mail
from tests.adapters.people import HANAKO, TARO
from tests.instructions.stage import ORIGIN, Stage, due_times
from tests.running import NOW

TRANSFER = ChangeRequestKind.WEB_POINT_TRANSFER
SUSPENSION = ChangeRequestKind.PICO_SUSPENSION


async def count(store: Store, table: sa.Table) -> int:
    async with store.engine.connect() as connection:
        return (await connection.execute(sa.select(sa.func.count()).select_from(table))).scalar_one()


async def test_a_request_is_in_the_journal_with_what_was_asked_and_what_was_worked_out(stage: Stage) -> None:
    """B6, X6."""
    taro = await stage.account(TARO)
    request_id = await stage.transfer(taro, TARO, 400)
    request = await stage.request(request_id)
    assert (request.kind, request.state, request.member_number) == (
        TRANSFER,
        ChangeRequestState.RECEIVED,
        TARO,
    )
    assert request.details == {"points": 400, "available_from": "2026-11-25"}
    assert (request.requested_by, request.requested_at, request.settled_at) == (taro.account_id, NOW, None)


async def test_the_audit_entry_says_who_asked_for_whom_and_from_where(stage: Stage) -> None:
    """E26."""
    guardian = await stage.account(TARO, AccountKind.GUARDIAN)
    request_id = await stage.ask(guardian, TARO, SUSPENSION)
    (entry,) = (await stage.store.access_log.page(AccessLogQuery(10))).items
    assert (entry.action, entry.outcome, entry.at, entry.origin) == (
        AccessAction.CHANGE_REQUESTED,
        AccessOutcome.ALLOWED,
        NOW,
        ORIGIN,
    )
    assert (entry.account_id, entry.member_number) == (guardian.account_id, TARO)
    assert entry.what == ("PICO_SUSPENSION", str(request_id))


async def test_a_resend_is_answered_with_the_first_request_and_writes_nothing(
    stage: Stage, store: Store
) -> None:
    taro = await stage.account(TARO, email="taro@example.jp")
    new = stage.new(taro, TARO, TRANSFER, {"points": 200}, {"available_from": "2026-11-25"})
    first = await stage.accept(new)
    later = replace(new, requested_at=NOW.replace(day=21), worked_out={"available_from": "2026-11-26"})
    assert isinstance(first, Recorded)
    assert first.first
    assert await answered_before(stage.store, later) == Recorded(first.request, first=False)
    assert await stage.accept(later) == Recorded(first.request, first=False)
    assert await count(store, change_requests) == 1
    assert await count(store, outbox_mail) == 1
    assert len((await stage.store.access_log.page(AccessLogQuery(10))).items) == 1


async def test_a_resend_is_told_where_its_request_stands_by_now(stage: Stage) -> None:
    number = stage.somebody()
    new = stage.new(await stage.account(number), number, SUSPENSION, {})
    await stage.accept(new)
    await stage.work()
    again = await stage.accept(new)
    assert isinstance(again, Recorded)
    assert (again.request.state, again.first) == (ChangeRequestState.DONE, False)


@pytest.mark.parametrize("other", ["points", "member", "kind"])
async def test_a_key_with_another_input_is_an_error_and_writes_nothing(
    stage: Stage, store: Store, other: str
) -> None:
    taro = await stage.account(TARO)
    new = stage.new(taro, TARO, TRANSFER, {"points": 200})
    await stage.accept(new)
    changed = {
        "points": replace(new, details={"points": 400}),
        "member": replace(new, member_number=HANAKO),
        "kind": replace(new, kind=SUSPENSION),
    }[other]
    assert await answered_before(stage.store, changed) == KeyUsedOtherwise()
    assert await stage.accept(changed) == KeyUsedOtherwise()
    assert await count(store, change_requests) == 1


async def test_a_key_is_its_accounts_own(stage: Stage) -> None:
    taro, hanako = await stage.account(TARO), await stage.account(HANAKO)
    new = stage.new(taro, TARO, TRANSFER, {"points": 200})
    await stage.accept(new)
    others = replace(new, requested_by=hanako.account_id, member_number=HANAKO)
    assert await answered_before(stage.store, others) is None
    recorded = await stage.accept(others)
    assert isinstance(recorded, Recorded)
    assert recorded.first


async def test_the_order_of_the_details_is_no_other_input(stage: Stage) -> None:
    staff = await stage.account(None, AccountKind.STAFF)
    receipt = ChangeRequestKind.PREPAID_RECEIPT
    new = stage.new(staff, TARO, receipt, {"slip_number": "1", "store_code": "101"})
    first = await stage.accept(new)
    again = await stage.accept(replace(new, details={"store_code": "101", "slip_number": "1"}))
    assert isinstance(first, Recorded)
    assert again == Recorded(first.request, first=False)


async def test_twenty_resends_at_once_are_one_request(stage: Stage, store: Store) -> None:
    taro = await stage.account(TARO, email="taro@example.jp")
    new = stage.new(taro, TARO, TRANSFER, {"points": 200}, {"available_from": "2026-11-25"})
    answers = await asyncio.gather(*(stage.accept(new) for _ in range(20)))
    recorded = [answer for answer in answers if isinstance(answer, Recorded)]
    assert len(recorded) == 20
    assert len({answer.request.request_id for answer in recorded}) == 1
    assert [answer.first for answer in recorded].count(True) == 1
    assert await count(store, change_requests) == 1
    assert await count(store, outbox_mail) == 1


async def test_a_transaction_that_fails_leaves_no_request_and_frees_its_key(stage: Stage) -> None:
    taro = await stage.account(TARO)
    new = stage.new(taro, TARO, SUSPENSION, {})

    async def fail() -> None:
        async with stage.store.transaction() as within:
            assert isinstance(await record(within, new), Recorded)
            raise RuntimeError("the rest of it went wrong")

    with pytest.raises(RuntimeError):
        await fail()
    assert await answered_before(stage.store, new) is None
    assert await stage.work() == 0


async def test_a_change_of_the_profile_is_due_to_nobody_but_staff(stage: Stage, store: Store) -> None:
    """E19, E20."""
    taro = await stage.account(TARO)
    request_id = await stage.ask(taro, TARO, ChangeRequestKind.PROFILE_CHANGE, phone="0172-00-0000")
    assert await due_times(store) == [(0, None)]
    assert await stage.work() == 0
    assert (await stage.request(request_id)).state is ChangeRequestState.RECEIVED


async def test_other_co_ops_do_not_have_it(stage: Stage, store: Store) -> None:
    taro = await stage.account(TARO)
    new = stage.new(taro, TARO, SUSPENSION, {})
    await stage.accept(new)
    other = store.of("hokkaido")
    assert await answered_before(other, new) is None
    assert await other.journal.claim(NOW, NOW) is None
    assert await other.journal.try_again(uuid4(), NOW) is None


async def test_what_cannot_be_stored_is_stood_in_for_and_a_resend_of_it_is_known(stage: Stage) -> None:
    taro = await stage.account(TARO)
    new = stage.new(taro, TARO, ChangeRequestKind.PROFILE_CHANGE, {"name": "a\x00b\ud800c"})
    first = await stage.accept(new)
    assert isinstance(first, Recorded)
    assert first.request.details == {"name": "a\ufffdb?c"}
    assert await stage.accept(new) == Recorded(first.request, first=False)
