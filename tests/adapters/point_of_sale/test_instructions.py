"""Instructions: carried out once whatever is lost, refused with a result, and looked up by their id."""

from datetime import datetime
from uuid import uuid4

import pytest

from adapters.errors import AdapterError, Closed, Garbled, NotAsked, Refused, TimedOut, Unavailable
from adapters.ports import PointOfSale
from adapters.records import (
    Instruction,
    InstructionResult,
    MemberNumber,
    PrepaidSource,
    ReceivePrepaid,
    ReissueCard,
    ResumePico,
    SuspendPico,
    Suspension,
    TransferWebPoints,
)
from gateway.clock import JAPAN
from tests.adapters.people import HANAKO, MEGUMI, NOBODY, TARO
from tests.adapters.policies import patience_with
from tests.running import NOW, LegacySystem
from tests.running.own_pos import OwnPos

SHAREA = "101"


@pytest.fixture
async def system(own_pos: OwnPos) -> LegacySystem:
    """Another POS than that of the other suites: what is ordered here is no concern of theirs."""
    await own_pos.system.forget_calls()
    return own_pos.system


@pytest.fixture
def somebody(own_pos: OwnPos) -> MemberNumber:
    """A member with 400 Web points or more, whose Pico is in use."""
    return own_pos.take()


async def web_points(pos: PointOfSale, number: MemberNumber) -> int:
    """What a member has now."""
    balance = (await pos.balances([number])).of(number)
    assert balance is not None
    return balance.web_points


async def test_moved_web_points_become_unreceived_money_of_the_same_day(
    pos: PointOfSale, somebody: MemberNumber
) -> None:
    """B6, B7."""
    before = await web_points(pos, somebody)
    assert await pos.instruct(uuid4(), TransferWebPoints(somebody, 400)) is InstructionResult.DONE
    assert await web_points(pos, somebody) == before - 400
    items = (await pos.prepaid_items([somebody])).of(somebody)
    (moved,) = (item for item in items if item.source is PrepaidSource.WEB_POINTS)
    assert (moved.amount, moved.paid_on, moved.posted_on, moved.received_on) == (
        400,
        NOW.date(),
        NOW.date(),
        None,
    )


@pytest.mark.parametrize("store", [None, SHAREA], ids=["on the Web", "in a store"])
async def test_a_suspended_pico_is_on_the_negative_list_until_a_store_takes_it_off(
    pos: PointOfSale, somebody: MemberNumber, store: str | None
) -> None:
    """D1, D2, D3."""
    assert await pos.instruct(uuid4(), SuspendPico(somebody, store)) is InstructionResult.DONE
    assert (await pos.suspensions([somebody])).of(somebody) == Suspension(somebody, NOW.date(), store)
    assert await pos.instruct(uuid4(), ResumePico(somebody, SHAREA)) is InstructionResult.DONE
    assert (await pos.suspensions([somebody])).of(somebody) is None


async def test_money_that_was_handed_out_is_received(pos: PointOfSale) -> None:
    """B10, B12."""
    items = (await pos.prepaid_items([TARO])).of(TARO)
    (waiting,) = (item for item in items if item.posted_on and not item.received_on)
    done = await pos.instruct(uuid4(), ReceivePrepaid(TARO, waiting.slip_number, SHAREA))
    assert done is InstructionResult.DONE
    items = (await pos.prepaid_items([TARO])).of(TARO)
    (received,) = (item for item in items if item.slip_number == waiting.slip_number)
    assert (received.amount, received.received_on) == (20_000, NOW.date())
    again = await pos.instruct(uuid4(), ReceivePrepaid(TARO, waiting.slip_number, SHAREA))
    assert again is InstructionResult.NOT_RECEIVABLE


async def test_a_new_card_takes_nothing_away(pos: PointOfSale, somebody: MemberNumber) -> None:
    """D5: what was on the old card is the member's, not the card's (D6)."""
    before = (await pos.balances([somebody])).of(somebody)
    assert await pos.instruct(uuid4(), ReissueCard(somebody, "2101000000019999")) is InstructionResult.DONE
    assert (await pos.balances([somebody])).of(somebody) == before


@pytest.mark.parametrize(
    ("instruction", "result"),
    [
        (TransferWebPoints(TARO, 800), InstructionResult.INSUFFICIENT_POINTS),
        (TransferWebPoints(HANAKO, 200), InstructionResult.INSUFFICIENT_POINTS),
        (SuspendPico(MEGUMI, None), InstructionResult.ALREADY_SUSPENDED),
        (ResumePico(TARO, SHAREA), InstructionResult.NOT_SUSPENDED),
        (ReceivePrepaid(TARO, "9999999999", SHAREA), InstructionResult.NOT_RECEIVABLE),
        (SuspendPico(NOBODY, None), InstructionResult.NO_SUCH_MEMBER),
    ],
    ids=lambda each: each.value if isinstance(each, InstructionResult) else type(each).__name__,
)
async def test_what_cannot_be_done_is_a_result_and_no_error(
    pos: PointOfSale, instruction: Instruction, result: InstructionResult
) -> None:
    request_id = uuid4()
    assert await pos.instruct(request_id, instruction) is result
    assert await pos.instructed(request_id) is result


async def test_the_same_id_again_gets_the_first_answer_and_has_no_further_effect(
    pos: PointOfSale, somebody: MemberNumber
) -> None:
    request_id, before = uuid4(), await web_points(pos, somebody)
    for _ in range(3):
        assert await pos.instruct(request_id, TransferWebPoints(somebody, 200)) is InstructionResult.DONE
    assert await web_points(pos, somebody) == before - 200


async def test_a_refusal_stays_one_under_its_id_though_it_could_be_done_by_now(
    pos: PointOfSale, somebody: MemberNumber
) -> None:
    request_id = uuid4()
    assert await pos.instruct(request_id, ResumePico(somebody, SHAREA)) is InstructionResult.NOT_SUSPENDED
    await pos.instruct(uuid4(), SuspendPico(somebody, None))
    assert await pos.instruct(request_id, ResumePico(somebody, SHAREA)) is InstructionResult.NOT_SUSPENDED
    assert (await pos.suspensions([somebody])).of(somebody) is not None


async def test_an_id_of_another_instruction_is_refused_and_nothing_happens(
    pos: PointOfSale, somebody: MemberNumber
) -> None:
    request_id, before = uuid4(), await web_points(pos, somebody)
    await pos.instruct(request_id, TransferWebPoints(somebody, 200))
    with pytest.raises(Refused, match=r"^hirosaki/pos: .*9110"):
        await pos.instruct(request_id, TransferWebPoints(somebody, 400))
    assert await web_points(pos, somebody) == before - 200
    assert await pos.instructed(request_id) is InstructionResult.DONE


async def test_what_the_system_does_not_understand_is_refused_for_good(
    pos: PointOfSale, somebody: MemberNumber
) -> None:
    """Points move in 200s (B6)."""
    request_id = uuid4()
    with pytest.raises(Refused, match="9100"):
        await pos.instruct(request_id, TransferWebPoints(somebody, 300))
    assert await pos.instructed(request_id) is None


@pytest.mark.parametrize(
    "instruction",
    [
        TransferWebPoints(TARO, 0),
        TransferWebPoints(TARO, -200),
        SuspendPico(TARO, "1"),
        ResumePico(TARO, ""),
        ReissueCard(TARO, "123"),
    ],
)
async def test_what_cannot_even_be_written_is_never_sent(
    pos: PointOfSale, system: LegacySystem, instruction: Instruction
) -> None:
    with pytest.raises(ValueError, match="not"):
        await pos.instruct(uuid4(), instruction)
    assert await system.calls() == {}


async def test_an_instruction_that_never_arrived_is_unknown(pos: PointOfSale) -> None:
    assert await pos.instructed(uuid4()) is None


async def test_an_answer_that_was_lost_is_looked_up(
    pos: PointOfSale, system: LegacySystem, somebody: MemberNumber
) -> None:
    request_id, before = uuid4(), await web_points(pos, somebody)
    async with system.fault("lost", only=["WPTUKE"]):
        with pytest.raises(Unavailable):
            await pos.instruct(request_id, TransferWebPoints(somebody, 200))
    assert await pos.instructed(request_id) is InstructionResult.DONE
    assert await web_points(pos, somebody) == before - 200
    assert (await system.calls())["WPTUKE"] == 1, "it is never given again by itself"


@pytest.mark.parametrize(
    ("kind", "error"),
    [("error", Unavailable), ("garbled", Garbled), ("truncated", Garbled), ("timeout", TimedOut)],
)
async def test_trouble_is_the_error_of_its_kind_after_a_single_call_and_in_the_end_it_is_done_once(
    pos: PointOfSale, system: LegacySystem, somebody: MemberNumber, kind: str, error: type[AdapterError]
) -> None:
    request_id, transfer = uuid4(), TransferWebPoints(somebody, 200)
    before = await web_points(pos, somebody)
    async with system.fault(kind):
        with patience_with(kind), pytest.raises(error, match=r"^hirosaki/pos: "):
            await pos.instruct(request_id, transfer)
        with patience_with(kind), pytest.raises(error, match=r"^hirosaki/pos: "):
            await pos.instructed(request_id)
    assert await system.calls() == {"ZANDAKA": 1, "WPTUKE": 1, "SHOKAI": 1}
    assert await pos.instructed(request_id) in (None, InstructionResult.DONE)
    assert await pos.instruct(request_id, transfer) is InstructionResult.DONE
    assert await web_points(pos, somebody) == before - 200


async def test_at_night_nothing_is_taken_in_and_the_id_stays_free(
    pos: PointOfSale, system: LegacySystem, somebody: MemberNumber
) -> None:
    request_id = uuid4()
    async with system.fault("closed"):
        with pytest.raises(Closed) as closed:
            await pos.instruct(request_id, TransferWebPoints(somebody, 200))
        with pytest.raises(Closed):
            await pos.instructed(request_id)
    assert closed.value.reopens_at == datetime(2026, 11, 21, tzinfo=JAPAN)
    assert await pos.instructed(request_id) is None
    assert await pos.instruct(request_id, SuspendPico(somebody, None)) is InstructionResult.DONE


async def test_a_system_that_fails_again_and_again_is_spared_instructions_too(
    pos: PointOfSale, system: LegacySystem
) -> None:
    async with system.fault("error"):
        for _ in range(3):
            with pytest.raises(Unavailable):
                await pos.instruct(uuid4(), SuspendPico(TARO, None))
    with pytest.raises(NotAsked):
        await pos.instruct(uuid4(), SuspendPico(TARO, None))
    assert await system.calls() == {"TEITOU": 3}


async def test_the_figures_of_before_are_forgotten_on_demand_those_of_others_are_not(
    pos: PointOfSale, system: LegacySystem
) -> None:
    await pos.balances([TARO, HANAKO])
    pos.forget(TARO)
    async with system.fault("error"):
        answers = await pos.balances([TARO, HANAKO])
    assert set(answers) == {HANAKO}
    assert isinstance(answers.outcome(TARO), Unavailable)


async def test_everything_is_forgotten_on_demand(pos: PointOfSale, system: LegacySystem) -> None:
    await pos.balances([TARO, HANAKO])
    await pos.suspensions([TARO])
    pos.forget_everybody()
    async with system.fault("error"):
        with pytest.raises(Unavailable):
            await pos.balances([TARO, HANAKO])
        with pytest.raises(Unavailable):
            await pos.suspensions([TARO])
