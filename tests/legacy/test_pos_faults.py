"""The faults of the POS on demand (docs/wire/pos.md, "Faults on demand")."""

import asyncio

import httpx
import pytest

from tests.legacy.pos_client import Pos, asked, denbun, elements, member, number, result, running_pos, value

SOME = [member(index) for index in (1, 2, 3, 5)]


async def test_latency_answers_after_the_given_seconds(pos: Pos) -> None:
    await pos.play("latency", seconds=0.3)
    clock = asyncio.get_running_loop().time
    began = clock()
    assert result(await pos.inquire("ZANDAKA", asked(SOME))) == "0000"
    assert 0.3 <= clock() - began < 3


async def test_error_is_a_500_that_spills_what_must_not_reach_a_client(pos: Pos) -> None:
    await pos.play("error")
    answer = await pos.http.post("/klas/shokai", content=denbun("ZANDAKA", asked(SOME), "a"))
    assert answer.status_code == 500
    assert "ORA-00600" in answer.text


async def test_timeout_takes_the_request_and_never_answers(pos: Pos) -> None:
    await pos.play("timeout")
    with pytest.raises(httpx.ReadTimeout):
        await pos.http.post("/klas/shokai", content=denbun("ZANDAKA", asked(SOME), "a"), timeout=0.3)
    assert await pos.calls() == {"ZANDAKA": 1}


async def test_garbled_gives_bytes_that_are_no_xml(pos: Pos) -> None:
    await pos.play("garbled")
    answer = await pos.inquire("ZANDAKA", asked(SOME))
    assert b"<" not in answer
    with pytest.raises(UnicodeDecodeError):
        answer.decode("cp932")


async def test_truncated_breaks_the_answer_off_half_way(pos: Pos) -> None:
    await pos.play("truncated")
    body = denbun("ZANDAKA", asked(SOME), "a")
    with pytest.raises(httpx.RemoteProtocolError):
        await pos.http.post("/klas/shokai", content=body)


async def test_partial_leaves_out_every_second_record_and_says_0010(pos: Pos) -> None:
    whole = await pos.inquire("ZANDAKA", asked(SOME), "same")
    await pos.play("partial")
    part = await pos.inquire("ZANDAKA", asked(SOME), "same")
    assert (result(whole), result(part)) == ("0000", "0010")
    assert len({*elements("MEISAI", part)}) == 2
    assert {*elements("MEISAI", part)} < {*elements("MEISAI", whole)}


async def test_partial_leaves_out_a_member_who_is_asked_for_alone(pos: Pos) -> None:
    await pos.play("partial")
    assert elements("MEISAI", await pos.inquire("ZANDAKA", asked(SOME[:1]))) == []


async def test_closed_is_closed_whatever_the_clock_says(pos: Pos) -> None:
    await pos.play("closed")
    answer = await pos.inquire("ZANDAKA", asked(SOME))
    assert (result(answer), value("SAIKAI", answer)) == ("9001", "20261121050000")
    assert (await pos.http.get("/klas/ping")).text == "HEIKYOKU"


async def test_lost_carries_the_instruction_out_and_loses_the_answer() -> None:
    async with running_pos() as pos:
        await pos.play("lost", times=1)
        with pytest.raises(httpx.TransportError):
            await pos.instruct("WPTUKE", "intent-1", NO=member(1), PT=200)
        assert number("WPOINT", await pos.record("ZANDAKA", 1)) == 440
        assert result(await pos.instruct("WPTUKE", "intent-1", NO=member(1), PT=200)) == "0000"
        assert number("WPOINT", await pos.record("ZANDAKA", 1)) == 440


async def test_closed_takes_no_instruction_in_and_leaves_its_id_free() -> None:
    async with running_pos() as pos:
        await pos.play("closed", times=1)
        assert result(await pos.instruct("WPTUKE", "intent-1", NO=member(1), PT=200)) == "9001"
        assert number("WPOINT", await pos.record("ZANDAKA", 1)) == 640
        assert result(await pos.instruct("WPTUKE", "intent-1", NO=member(1), PT=200)) == "0000"


async def test_a_fault_befalls_only_what_it_names(pos: Pos) -> None:
    await pos.play("closed", only=["RUIKEI", "MEAL"])
    results = [result(await pos.inquire(shori, asked(SOME))) for shori in ("ZANDAKA", "RUIKEI", "MEAL")]
    assert results == ["0000", "9001", "9001"]


async def test_a_fault_wears_off_after_the_given_number_of_requests(pos: Pos) -> None:
    await pos.play("closed", times=2)
    results = [result(await pos.inquire("ZANDAKA", asked(SOME))) for _ in range(3)]
    assert results == ["9001", "9001", "0000"]
    assert (await pos.http.get("/_faults")).json() == {}


async def test_a_fault_is_shown_and_cleared(pos: Pos) -> None:
    wanted = {"fault": "latency", "seconds": 2.0, "only": ["ZANDAKA"], "times": 3}
    await pos.http.put("/_faults", json=wanted)
    assert (await pos.http.get("/_faults")).json() == wanted
    await pos.http.delete("/_faults")
    assert (await pos.http.get("/_faults")).json() == {}


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        [],
        {"fault": "earthquake"},
        {"fault": "latency", "seconds": -1},
        {"fault": "latency", "seconds": "two"},
        {"fault": "error", "only": "ZANDAKA"},
        {"fault": "error", "times": 0},
        {"fault": "error", "often": True},
    ],
)
async def test_a_fault_that_cannot_be_read_is_refused_and_says_why(pos: Pos, wanted: object) -> None:
    answer = await pos.http.put("/_faults", json=wanted)
    assert answer.status_code == 400
    assert len(answer.text) > 10
    assert (await pos.http.get("/_faults")).json() == {}


async def test_requests_are_counted_by_shori_and_the_count_can_be_forgotten(pos: Pos) -> None:
    await pos.inquire("ZANDAKA", asked(SOME))
    await pos.inquire("ZANDAKA", asked(SOME))
    await pos.inquire("MIUKE", asked(SOME))
    await pos.http.get("/klas/ping")
    await pos.http.post("/klas/shokai", content=b"?")
    assert await pos.calls() == {"ZANDAKA": 2, "MIUKE": 1, "PING": 1, "?": 1}
    await pos.http.delete("/_calls")
    assert await pos.calls() == {}


async def test_a_program_that_plays_timeout_still_ends_cleanly() -> None:
    async with running_pos() as pos:
        await pos.play("timeout")
        body = denbun("ZANDAKA", asked(SOME), "a")
        waiting = asyncio.create_task(pos.http.post("/klas/shokai", content=body))
        while (await pos.calls()).get("ZANDAKA") != 1:
            pass
    with pytest.raises(httpx.TransportError):
        await waiting
