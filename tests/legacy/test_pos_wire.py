"""The POS back office's bytes on the wire (docs/wire/pos.md)."""

import re

import pytest

from tests.legacy.pos_client import (
    TERMINAL,
    Pos,
    asked,
    denbun,
    elements,
    member,
    number,
    records,
    result,
    running_pos,
    value,
)

EVERYBODY = [member(index) for index in range(1, 101)]
ALL_TIME = {"TSUBAN": 1, "KAISHI": "20140401", "SHURYO": "20261120", "KENSU": 200}


async def test_a_balance_is_these_bytes(pos: Pos) -> None:
    answer = await pos.http.post("/klas/shokai", content=denbun("ZANDAKA", asked([member(1)]), "5f0c"))
    assert answer.headers["Content-Type"] == "text/xml; charset=Shift_JIS"
    assert answer.content == (
        '<?xml version="1.0" encoding="Shift_JIS"?><DENBUN><HEAD><SHORI>ZANDAKA</SHORI><YOKYU_ID>5f0c</YOKYU_ID>'
        "<KEKKA>0000</KEKKA><MSG>正常終了</MSG><EIGYOBI>20261119</EIGYOBI></HEAD><BODY><MEISAI>"
        "<NO>210100000001</NO><KEKKA>0000</KEKKA><PZAN>000004350</PZAN><POINT>000000120</POINT>"
        "<WPOINT>000000640</WPOINT></MEISAI></BODY></DENBUN>"
    ).encode("cp932")


async def test_a_hundred_members_are_answered_in_another_order_than_asked(pos: Pos) -> None:
    answer = await pos.inquire("ZANDAKA", asked(EVERYBODY))
    numbers = [value("NO", each) for each in elements("MEISAI", answer)]
    assert sorted({*numbers}) == EVERYBODY
    assert [*dict.fromkeys(numbers)] != EVERYBODY


async def test_more_than_a_hundred_members_are_refused_whole(pos: Pos) -> None:
    answer = await pos.inquire("ZANDAKA", asked([*EVERYBODY, member(101)]))
    assert (result(answer), elements("MEISAI", answer)) == ("9300", [])


async def test_now_and_then_a_member_is_answered_twice_in_equal_copies(pos: Pos) -> None:
    answers = [await pos.inquire("ZANDAKA", asked(EVERYBODY), f"twice-{each}") for each in range(20)]
    doubled = [each for each in answers if len(elements("MEISAI", each)) > 100]
    assert 1 <= len(doubled) < 20
    assert all({*elements("MEISAI", each)} == {*records(each).values()} for each in doubled)


async def test_unknown_members_and_those_who_have_not_paid_are_1001_beside_the_others(pos: Pos) -> None:
    """相馬 翼 awaits the payment of the share capital."""
    answer = await pos.inquire("ZANDAKA", asked([member(1), member(8), member(201), "x"]))
    found = {no: value("KEKKA", each) for no, each in records(answer).items()}
    assert result(answer) == "0000"
    assert found == {member(1): "0000", member(8): "1001", member(201): "1001", "x": "1001"}


@pytest.mark.parametrize("shori", ["TEISHI", "MEAL"])
async def test_what_a_member_has_none_of_is_1002(pos: Pos, shori: str) -> None:
    """津軽 花子 is not suspended and has no meal card."""
    assert value("KEKKA", await pos.record(shori, 2)) == "1002"


async def test_a_suspension_asked_for_on_the_web_has_store_999(pos: Pos) -> None:
    """白神 恵 asked for it on the Web."""
    record = await pos.record("TEISHI", 6)
    assert (value("TENPO", record), value("TEISHIBI", record)) == ("999", "20261113")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x81",
        b"<DENBUN>",
        denbun("ZANDAKA", "", "a"),
        denbun("ZANDAKA", "<KUMIAIIN></KUMIAIIN>", "a"),
        denbun("NANDEMO", asked([member(1)]), "a"),
        denbun("RIREKI", asked([member(1)]), "a"),
        denbun("RIREKI", asked([member(1)], **{**ALL_TIME, "KENSU": 201}), "a"),
        denbun("RIREKI", asked([member(1)], **{**ALL_TIME, "KAISHI": "20261399"}), "a"),
        denbun("RIREKI", asked([member(1)], **ALL_TIME, TSUZUKI="yesterday"), "a"),
    ],
)
async def test_a_message_that_cannot_be_understood_is_9100(pos: Pos, body: bytes) -> None:
    answer = await pos.http.post("/klas/shokai", content=body)
    assert (answer.status_code, result(answer.content)) == (200, "9100")


@pytest.mark.parametrize("missing", TERMINAL)
async def test_a_request_without_terminal_or_key_is_9101(pos: Pos, missing: str) -> None:
    body = denbun("ZANDAKA", asked([member(1)]), "a")
    answer = await pos.http.post("/klas/shokai", content=body, headers={missing: ""})
    assert result(answer.content) == "9101"


async def test_only_the_given_key_is_accepted_when_one_is_given() -> None:
    async with running_pos("--key", "right") as strict:
        body = denbun("ZANDAKA", asked([member(1)]), "a")
        wrong = await strict.http.post("/klas/shokai", content=body)
        right = await strict.http.post("/klas/shokai", content=body, headers={"X-KLAS-Kagi": "right"})
    assert (result(wrong.content), result(right.content)) == ("9101", "0000")


async def test_product_names_hold_vendor_rows_private_use_and_half_characters(pos: Pos) -> None:
    names = {*elements("HINMEI", await pos.inquire("RIREKI", asked(EVERYBODY[:20], **ALL_TIME)))}
    everything = b"".join(names)
    assert {len(name.replace(b"&amp;", b"&")) for name in names} == {20}
    assert b"\xfb\xfc" in everything
    assert b"\xee\xe0" not in everything
    assert b"\xfa\xb1" in everything
    assert any(b"\xf0\x40" in name for name in names)
    assert any(_breaks_off(name) for name in names)


async def test_the_meal_plan_ends_with_half_a_character_before_the_next_tag(pos: Pos) -> None:
    assert b"\x81</PLAN>" in await pos.record("MEAL", 1)


async def test_a_reversal_has_a_trailing_minus_and_names_what_it_takes_back(pos: Pos) -> None:
    answer = await pos.inquire("RIREKI", asked(EVERYBODY, **ALL_TIME, SHUBETSU="02"))
    reversal = elements("TORIHIKI", answer)[0]
    assert re.search(rb"<KINGAKU>\d{9}-</KINGAKU>", reversal)
    assert number("KINGAKU", reversal) < 0
    owner = next(no for no, each in records(answer).items() if reversal in each)
    sale = await pos.record("RIREKI1", int(owner[4:]), KAGI=value("TORIKESHI", reversal))
    assert (value("SHUBETSU", sale), number("KINGAKU", sale)) == ("01", -number("KINGAKU", reversal))


async def test_a_key_nobody_has_is_1002_and_echoed(pos: Pos) -> None:
    record = await pos.record("RIREKI1", 1, KAGI="20260101-101-01-000001")
    assert (value("KEKKA", record), value("KAGI", record)) == ("1002", "20260101-101-01-000001")


async def test_two_questions_about_one_member_are_told_apart_by_tsuban(pos: Pos) -> None:
    """C1: two ranges of meal days in one request."""
    body = asked([member(1)], TSUBAN=1, KAISHI="20261001", SHURYO="20261031") + asked(
        [member(1)], TSUBAN=2, KAISHI="20261101", SHURYO="20261119"
    )
    answer = await pos.inquire("MEALBI", body)
    months = {
        value("TSUBAN", each): {day[:6] for day in elements("HIZUKE", each)}
        for each in elements("MEISAI", answer)
    }
    assert months == {"1": {b"202610"}, "2": {b"202611"}}


async def test_any_size_of_co_op_knows_its_last_member_at_once() -> None:
    async with running_pos("--members", "1500000") as large:
        answer = await large.inquire("ZANDAKA", asked([member(1_500_000), member(1_500_001)]))
    found = {no: value("KEKKA", each) for no, each in records(answer).items()}
    assert found == {member(1_500_000): "0000", member(1_500_001): "1001"}


def _breaks_off(name: bytes) -> bool:
    try:
        name.decode("cp932")
    except UnicodeDecodeError:
        return True
    return False
