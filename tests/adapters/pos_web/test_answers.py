"""What an answer of the POS becomes: result codes, partial and doubled answers, records that cannot be read."""

from dataclasses import replace

import pytest

from adapters.errors import AdapterError, Closed, Garbled, Incomplete, Unavailable
from adapters.pos_web import PosWebConfig
from adapters.records import Snapshot
from tests.adapters.pos_web.handmade import (
    HANAKO,
    KENICHI,
    POLICY,
    TARO,
    answering_pos,
    balance,
    detail,
)


def failed(code: bytes, rest: bytes = b"") -> bytes:
    """A HEAD with a result code and no figures."""
    return b"<KEKKA>%b</KEKKA><MSG>ORA-00942</MSG>%b" % (code, rest)


async def test_a_request_names_the_terminal_and_its_key_and_has_a_new_id_each_time() -> None:
    async with answering_pos(balance(TARO, b"000004500")) as handmade:
        await handmade.pos.balances([TARO])
        await handmade.pos.balances([TARO])
    first = handmade.requests[0]
    assert (first.method, first.path) == ("POST", "/klas/shokai")
    assert first.headers["X-KLAS-Tanmatsu"] == "KLAS-GW-01"
    assert first.headers["X-KLAS-Kagi"] == "himitsu"
    assert first.headers["Content-Type"] == "text/xml; charset=Shift_JIS"
    assert handmade.bodies[0] != handmade.bodies[1]


async def test_answers_in_any_order_and_twice_find_back_to_their_members() -> None:
    details = [balance(HANAKO, b"000000350-"), balance(TARO, b"000004350"), balance(HANAKO, b"000000350-")]
    async with answering_pos(*details) as handmade:
        answers = await handmade.pos.balances([TARO, HANAKO])
    found = {number: answers.of(number) for number in (TARO, HANAKO)}
    assert {number: record and record.prepaid_balance for number, record in found.items()} == {
        TARO: 4350,
        HANAKO: -350,
    }
    record = answers.of(TARO)
    assert record is not None
    assert (record.member_number, record.as_of.isoformat()) == (TARO, "2026-11-19")


async def test_an_unknown_member_is_none_and_a_member_left_out_is_incomplete() -> None:
    details = [detail(TARO, b"", result=b"1001"), balance(HANAKO, b"000000000")]
    async with answering_pos(*details) as handmade:
        answers = await handmade.pos.balances([TARO, HANAKO, KENICHI])
    assert answers[TARO] == Snapshot(None)
    assert HANAKO in answers
    assert isinstance(answers.outcome(KENICHI), Incomplete)


async def test_a_member_who_has_none_of_it_is_none_or_an_empty_list() -> None:
    async with answering_pos(detail(TARO, b"", result=b"1002")) as handmade:
        assert (await handmade.pos.meal_cards([TARO])).of(TARO) is None
        assert (await handmade.pos.suspensions([TARO])).of(TARO) is None
        assert (await handmade.pos.prepaid_items([TARO])).of(TARO) == ()


@pytest.mark.parametrize("result", [b"9002", b"9200", b"7777", b""])
async def test_a_record_that_failed_is_absent_and_costs_no_other(result: bytes) -> None:
    async with answering_pos(
        detail(TARO, b"", result=result),
        balance(HANAKO, b"000000001"),
        head=failed(b"0010", b"<EIGYOBI>20261119</EIGYOBI>"),
    ) as handmade:
        answers = await handmade.pos.balances([TARO, HANAKO])
    assert isinstance(answers.outcome(TARO), Incomplete)
    assert HANAKO in answers


async def test_a_record_that_cannot_be_read_is_absent_and_costs_no_other() -> None:
    async with answering_pos(balance(TARO, b"???"), balance(HANAKO, b"000000001")) as handmade:
        answers = await handmade.pos.balances([TARO, HANAKO])
    assert set(answers) == {HANAKO}


async def test_a_member_nobody_asked_for_is_passed_over() -> None:
    async with answering_pos(balance(KENICHI, b"000012080"), balance(TARO, b"000004350")) as handmade:
        assert set(await handmade.pos.balances([TARO])) == {TARO}


@pytest.mark.parametrize(
    ("head", "error", "message"),
    [
        (failed(b"9001"), Closed, "closed for the night"),
        (failed(b"9002"), Unavailable, "busy"),
        (failed(b"9100"), Unavailable, "result '9100': ORA-00942"),
        (failed(b"9101"), Unavailable, "terminal or key"),
        (failed(b"9200"), Unavailable, "result '9200': ORA-00942"),
        (failed(b"9300"), Unavailable, "result '9300'"),
        (b"", Unavailable, "result ''"),
        (b"<KEKKA>0000</KEKKA>", Garbled, "HEAD: EIGYOBI is missing"),
    ],
)
async def test_what_stands_in_the_head_fails_the_whole_call(
    head: bytes, error: type[AdapterError], message: str
) -> None:
    async with answering_pos(head=head) as handmade:
        with pytest.raises(error, match=message):
            await handmade.pos.balances([TARO])


async def test_a_closed_pos_says_when_it_opens_again() -> None:
    async with answering_pos(head=failed(b"9001", b"<SAIKAI>20261121050000</SAIKAI>")) as handmade:
        with pytest.raises(Closed) as closed:
            await handmade.pos.balances([TARO])
    assert closed.value.reopens_at is not None
    assert closed.value.reopens_at.isoformat() == "2026-11-21T05:00:00+09:00"


async def test_the_answer_to_another_request_is_no_answer() -> None:
    async with answering_pos(balance(TARO, b"000004350"), request_id=b"5f0c") as handmade:
        with pytest.raises(Garbled, match="the answer to another request"):
            await handmade.pos.balances([TARO])


async def test_the_meal_cards_balance_never_leaves_the_wire() -> None:
    """C4."""
    content = (
        b"<PLAN>A</PLAN><KAISHI>20260401</KAISHI><SHURYO>20270331</SHURYO><NISSU>000000100</NISSU>"
        b"<KAISU>000000135</KAISU><KINGAKU>000064800</KINGAKU><MZAN>000098765</MZAN>"
    )
    async with answering_pos(detail(TARO, content)) as handmade:
        card = (await handmade.pos.meal_cards([TARO])).of(TARO)
    assert card is not None
    assert card.total.amount == 64800
    assert "98765" not in repr(card)


def test_a_batch_limit_beyond_the_poss_own_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="batch_limit is 101: the POS takes at most 100 members a call"):
        PosWebConfig("http://127.0.0.1", "T", "himitsu", replace(POLICY, batch_limit=101))


def test_the_key_does_not_show_in_the_configuration() -> None:
    assert "himitsu" not in repr(PosWebConfig("http://127.0.0.1", "T", "himitsu", POLICY))
