"""Carrying out: the POS does each instruction once, and the journal says how it ended."""

from datetime import timedelta
from uuid import uuid4

import pytest

from adapters.records import InstructionResult, MemberNumber, PrepaidSource, Suspension, TransferWebPoints
from gateway.instructions.orders import REASONS
from gateway.store import Store
from gateway.store.records import (
    AccessAction,
    AccessLogQuery,
    AccountKind,
    ChangeRequestKind,
    ChangeRequestState,
)
from tests.adapters.people import HANAKO, MEGUMI, NOBODY
from tests.instructions.conftest import RETRIES
from tests.instructions.stage import Stage, due_times
from tests.running import NOW

SHAREA = "101"
SUSPENSION = ChangeRequestKind.PICO_SUSPENSION
RESUMPTION = ChangeRequestKind.PICO_RESUMPTION
CLOSED_UNTIL = NOW + timedelta(hours=12)
"""When the simulated POS says that it opens, asked at noon."""


async def test_a_transfer_is_done_and_the_journal_says_when(stage: Stage, store: Store) -> None:
    """B6, B7."""
    number = stage.somebody()
    before = await stage.web_points(number)
    request_id = await stage.transfer(await stage.account(number), number, 400)
    stage.watch.now += timedelta(seconds=3)
    assert await stage.work() == 1
    request = await stage.request(request_id)
    assert (request.state, request.settled_at, request.reason) == (
        ChangeRequestState.DONE,
        NOW + timedelta(seconds=3),
        None,
    )
    assert await due_times(store) == [(1, None)]
    assert await stage.web_points(number) == before - 400
    items = (await stage.pos.prepaid_items([number])).of(number)
    assert [item.amount for item in items if item.source is PrepaidSource.WEB_POINTS] == [400]


async def test_stores_suspend_and_resume_and_the_web_suspends(stage: Stage) -> None:
    """D1, D2, D3."""
    number, staff = stage.somebody(), await stage.account(None, AccountKind.STAFF)
    await stage.ask(await stage.account(number), number, SUSPENSION)
    await stage.work()
    assert (await stage.pos.suspensions([number])).of(number) == Suspension(number, NOW.date(), None)
    await stage.ask(staff, number, RESUMPTION, store_code=SHAREA)
    await stage.work()
    assert (await stage.pos.suspensions([number])).of(number) is None
    await stage.ask(staff, number, SUSPENSION, store_code=SHAREA)
    await stage.work()
    assert (await stage.pos.suspensions([number])).of(number) == Suspension(number, NOW.date(), SHAREA)


async def test_stores_hand_out_money_and_new_cards(stage: Stage) -> None:
    """B10, B11, D5."""
    number, staff = stage.somebody(), await stage.account(None, AccountKind.STAFF)
    await stage.transfer(staff, number, 200)
    await stage.work()
    items = (await stage.pos.prepaid_items([number])).of(number)
    (moved,) = (item for item in items if item.source is PrepaidSource.WEB_POINTS)
    receipt = await stage.ask(
        staff,
        number,
        ChangeRequestKind.PREPAID_RECEIPT,
        slip_number=moved.slip_number,
        store_code=SHAREA,
    )
    reissue = await stage.ask(staff, number, ChangeRequestKind.CARD_REISSUE, card_number="2101000000019999")
    assert await stage.work() == 2
    for request_id in (receipt, reissue):
        assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    items = (await stage.pos.prepaid_items([number])).of(number)
    assert [item.received_on for item in items if item.slip_number == moved.slip_number] == [NOW.date()]


@pytest.mark.parametrize(
    ("kind", "number", "details", "result"),
    [
        (
            ChangeRequestKind.WEB_POINT_TRANSFER,
            HANAKO,
            {"points": 200},
            InstructionResult.INSUFFICIENT_POINTS,
        ),
        (SUSPENSION, MEGUMI, {}, InstructionResult.ALREADY_SUSPENDED),
        (SUSPENSION, NOBODY, {}, InstructionResult.NO_SUCH_MEMBER),
        (RESUMPTION, HANAKO, {"store_code": SHAREA}, InstructionResult.NOT_SUSPENDED),
        (
            ChangeRequestKind.PREPAID_RECEIPT,
            HANAKO,
            {"slip_number": "9999999999", "store_code": SHAREA},
            InstructionResult.NOT_RECEIVABLE,
        ),
    ],
    ids=lambda each: each.value if isinstance(each, InstructionResult) else "",
)
async def test_what_the_pos_does_not_do_is_rejected_with_the_reason_in_japanese(
    stage: Stage,
    kind: ChangeRequestKind,
    number: MemberNumber,
    details: dict[str, str | int],
    result: InstructionResult,
) -> None:
    request_id = await stage.ask(await stage.account(number), number, kind, **details)
    await stage.work()
    request = await stage.request(request_id)
    assert (request.state, request.reason, request.settled_at) == (
        ChangeRequestState.REJECTED,
        REASONS[result],
        NOW,
    )


def test_every_result_but_done_has_its_reason() -> None:
    assert set(REASONS) == set(InstructionResult) - {InstructionResult.DONE}
    assert all("。" in reason for reason in REASONS.values())


async def test_the_end_of_a_request_is_in_the_access_log(stage: Stage) -> None:
    """E26."""
    number = stage.somebody()
    request_id = await stage.ask(await stage.account(number), number, SUSPENSION)
    await stage.work()
    (entry,) = (
        await stage.store.access_log.page(AccessLogQuery(9, action=AccessAction.CHANGE_SETTLED))
    ).items
    assert entry.what == ("PICO_SUSPENSION", "DONE", str(request_id))
    assert (entry.member_number, entry.account_id, entry.at) == (number, None, NOW)


async def test_nothing_due_asks_nobody(stage: Stage) -> None:
    assert await stage.work() == 0
    assert await stage.system.calls() == {}


async def test_an_answer_that_was_lost_is_looked_up_and_the_instruction_is_not_given_again(
    stage: Stage, store: Store
) -> None:
    number = stage.somebody()
    before = await stage.web_points(number)
    request_id = await stage.transfer(await stage.account(number), number, 200)
    async with stage.system.fault("lost", only=["WPTUKE"]):
        assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.IN_PROGRESS
    ((attempts, again_at),) = await due_times(store)
    assert attempts == 1
    assert again_at is not None
    assert RETRIES.first / 2 <= again_at - NOW <= RETRIES.first
    assert await stage.work() == 0, "it is not due yet"
    stage.watch.now += RETRIES.first
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    calls = await stage.system.calls()
    assert (calls["WPTUKE"], calls["SHOKAI"]) == (1, 1)
    assert await stage.web_points(number) == before - 200


@pytest.mark.parametrize("kind", ["error", "garbled", "truncated"])
async def test_an_instruction_that_may_have_arrived_is_done_once_whatever_happened_to_it(
    stage: Stage, kind: str
) -> None:
    number = stage.somebody()
    before = await stage.web_points(number)
    request_id = await stage.transfer(await stage.account(number), number, 200)
    async with stage.system.fault(kind, only=["WPTUKE"], times=1):
        await stage.work()
    stage.watch.now += RETRIES.first
    await stage.work()
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    assert await stage.web_points(number) == before - 200


async def test_a_look_up_that_fails_gives_nothing_again(stage: Stage) -> None:
    number = stage.somebody()
    request_id = await stage.transfer(await stage.account(number), number, 200)
    async with stage.system.fault("lost", only=["WPTUKE"]):
        await stage.work()
    stage.watch.now += RETRIES.first
    async with stage.system.fault("garbled", only=["SHOKAI"]):
        await stage.work()
    assert (await stage.request(request_id)).state is ChangeRequestState.IN_PROGRESS
    assert (await stage.system.calls())["WPTUKE"] == 1


async def test_at_night_a_request_waits_for_the_opening_and_no_attempt_counts(
    stage: Stage, store: Store
) -> None:
    number = stage.somebody()
    request_id = await stage.ask(await stage.account(number), number, SUSPENSION)
    async with stage.system.fault("closed"):
        assert await stage.work() == 1
        assert (await stage.request(request_id)).state is ChangeRequestState.RECEIVED
        assert await due_times(store) == [(0, CLOSED_UNTIL)]
        stage.watch.now = CLOSED_UNTIL - timedelta(seconds=1)
        assert await stage.work() == 0
    stage.watch.now = CLOSED_UNTIL
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    assert (await stage.system.calls()) == {"TEITOU": 2}, "it had never arrived: nothing is to be looked up"


async def test_a_pos_that_is_late_to_open_is_not_asked_over_and_over(stage: Stage, store: Store) -> None:
    """Its clock may be behind ours: an opening that has passed is no invitation."""
    number = stage.somebody()
    await stage.ask(await stage.account(number), number, SUSPENSION)
    stage.watch.now = CLOSED_UNTIL + timedelta(minutes=1)
    async with stage.system.fault("closed"):
        assert await stage.work() == 1
    assert await due_times(store) == [(0, stage.watch.now + RETRIES.first)]


async def test_closed_while_it_is_looked_up_it_is_still_looked_up_in_the_morning(
    stage: Stage, store: Store
) -> None:
    number = stage.somebody()
    request_id = await stage.transfer(await stage.account(number), number, 200)
    async with stage.system.fault("lost", only=["WPTUKE"]):
        await stage.work()
    stage.watch.now += RETRIES.first
    async with stage.system.fault("closed"):
        await stage.work()
    assert await due_times(store) == [(1, CLOSED_UNTIL)]
    assert (await stage.request(request_id)).state is ChangeRequestState.IN_PROGRESS
    stage.watch.now = CLOSED_UNTIL
    await stage.work()
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    assert (await stage.system.calls())["WPTUKE"] == 1


async def test_a_pos_that_was_down_gets_the_instruction_when_it_is_back(stage: Stage) -> None:
    number = stage.somebody()
    request_id = await stage.ask(await stage.account(number), number, SUSPENSION)
    async with stage.system.fault("error", only=["TEITOU", "SHOKAI"]):
        for _ in range(2):
            assert await stage.work() == 1
            stage.watch.now += RETRIES.longest
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE


async def test_after_the_last_attempt_staff_must_look_and_may_have_it_tried_again(
    stage: Stage, store: Store
) -> None:
    number = stage.somebody()
    request_id = await stage.ask(await stage.account(number), number, SUSPENSION)
    async with stage.system.fault("garbled", only=["TEITOU", "SHOKAI"]):
        for _ in range(RETRIES.limit):
            assert await stage.work() == 1
            stage.watch.now += timedelta(days=1)
        assert await stage.work() == 0
    request = await stage.request(request_id)
    assert (request.state, request.settled_at) == (ChangeRequestState.NEEDS_ATTENTION, None)
    assert await due_times(store) == [(RETRIES.limit, None)]
    assert await stage.store.journal.try_again(request_id, stage.watch.now)
    assert await stage.store.journal.try_again(request_id, stage.watch.now) is None
    await stage.system.forget_calls()
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.DONE
    assert (await stage.system.calls())["SHOKAI"] == 1, "it may have arrived: it is looked up first"


async def test_an_id_that_the_pos_knows_for_another_instruction_is_left_to_staff_at_once(
    stage: Stage,
) -> None:
    number = stage.somebody()
    before = await stage.web_points(number)
    request_id = await stage.transfer(await stage.account(number), number, 200)
    await stage.pos.instruct(request_id, TransferWebPoints(number, 400))
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.NEEDS_ATTENTION
    assert await stage.web_points(number) == before - 400


async def test_what_the_pos_cannot_even_be_told_is_left_to_staff_at_once(stage: Stage) -> None:
    number, staff = stage.somebody(), await stage.account(None, AccountKind.STAFF)
    request_id = await stage.ask(staff, number, ChangeRequestKind.CARD_REISSUE, card_number="123")
    assert await stage.work() == 1
    assert (await stage.request(request_id)).state is ChangeRequestState.NEEDS_ATTENTION
    assert await stage.system.calls() == {}


async def test_what_staff_have_settled_by_hand_is_settled(stage: Stage) -> None:
    """E20."""
    number = stage.somebody()
    request_id = await stage.transfer(await stage.account(number), number, 200)
    journal = stage.store.journal
    assert await journal.settle_by_hand(request_id, ChangeRequestState.DONE, NOW, None) is None
    await stage.pos.instruct(request_id, TransferWebPoints(number, 400))
    await stage.work()
    settled = await journal.settle_by_hand(request_id, ChangeRequestState.REJECTED, NOW, "確認しました。")
    assert settled is not None
    assert (settled.state, settled.reason, settled.settled_at) == (
        ChangeRequestState.REJECTED,
        "確認しました。",
        NOW,
    )
    assert await journal.try_again(request_id, NOW) is None
    assert await journal.settle_by_hand(uuid4(), ChangeRequestState.DONE, NOW, None) is None
