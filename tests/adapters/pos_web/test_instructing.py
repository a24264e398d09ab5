"""What the POS says to an instruction, byte by byte: whose answer it is, and what each code becomes."""

from uuid import UUID

import pytest

from adapters.errors import AdapterError, Closed, Garbled, Refused, Unavailable
from adapters.records import InstructionResult, ReceivePrepaid, SuspendPico, TransferWebPoints
from tests.adapters.pos_web.handmade import DONE, TARO, answering_pos
from tests.adapters.pos_web.test_answers import failed

ID = UUID("5f0c7c1e-6f5c-4a53-9d5f-0f0b7a8d5d11")
TRANSFER = TransferWebPoints(TARO, 200)


async def test_an_instruction_carries_its_own_id_and_its_fields_directly_in_the_body() -> None:
    async with answering_pos() as handmade:
        assert await handmade.pos.instruct(ID, TRANSFER) is InstructionResult.DONE
    (request,) = handmade.requests
    assert (request.method, request.path) == ("POST", "/klas/shiji")
    assert handmade.bodies[0] == (
        b'<?xml version="1.0" encoding="Shift_JIS"?>\n'
        b"<DENBUN><HEAD><SHORI>WPTUKE</SHORI><YOKYU_ID>5f0c7c1e-6f5c-4a53-9d5f-0f0b7a8d5d11</YOKYU_ID></HEAD>"
        b"<BODY><NO>210100000001</NO><PT>000000200</PT></BODY></DENBUN>"
    )


async def test_who_suspends_on_the_web_stands_for_no_store() -> None:
    """D1."""
    async with answering_pos() as handmade:
        await handmade.pos.instruct(ID, SuspendPico(TARO, None))
    assert b"<SHORI>TEITOU</SHORI>" in handmade.bodies[0]
    assert b"<TENPO>999</TENPO>" in handmade.bodies[0]


async def test_what_was_typed_stays_text() -> None:
    async with answering_pos() as handmade:
        await handmade.pos.instruct(ID, ReceivePrepaid(TARO, "１<2&𠮷", "101"))
    assert "<UKENO>１&lt;2&amp;&#134071;</UKENO>".encode("cp932") in handmade.bodies[0]


async def test_the_answer_to_another_instruction_is_no_answer_whatever_it_says() -> None:
    """Else a transfer might count as done because another one was, or as never taken in."""
    for head in (DONE, failed(b"9001"), failed(b"9110")):
        async with answering_pos(head=head, request_id=b"another") as handmade:
            with pytest.raises(Garbled, match="another request"):
                await handmade.pos.instruct(ID, TRANSFER)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        (b"0010", Unavailable),
        (b"1002", Unavailable),
        (b"7777", Unavailable),
        (b"", Unavailable),
        (b"9001", Closed),
        (b"9002", Unavailable),
        (b"9100", Refused),
        (b"9101", Unavailable),
        (b"9110", Refused),
        (b"9200", Unavailable),
    ],
)
async def test_a_code_that_is_no_result_is_an_error_of_its_kind(
    code: bytes, error: type[AdapterError]
) -> None:
    async with answering_pos(head=failed(code)) as handmade:
        with pytest.raises(error) as raised:
            await handmade.pos.instruct(ID, TRANSFER)
    assert type(raised.value) is error


async def test_a_closed_pos_that_does_not_say_until_when_is_closed_all_the_same() -> None:
    async with answering_pos(head=failed(b"9001", b"<SAIKAI>00000000000000</SAIKAI>")) as handmade:
        with pytest.raises(Closed) as closed:
            await handmade.pos.instruct(ID, TRANSFER)
    assert closed.value.reopens_at is None


async def test_a_look_up_has_an_id_of_its_own_and_names_the_instruction() -> None:
    async with answering_pos(b"<MOTO_KEKKA>2001</MOTO_KEKKA>") as handmade:
        assert await handmade.pos.instructed(ID) is InstructionResult.INSUFFICIENT_POINTS
    assert handmade.requests[0].path == "/klas/shiji"
    assert b"<SHORI>SHOKAI</SHORI>" in handmade.bodies[0]
    assert b"<BODY><MOTO_ID>5f0c7c1e-6f5c-4a53-9d5f-0f0b7a8d5d11</MOTO_ID></BODY>" in handmade.bodies[0]
    assert handmade.bodies[0].count(str(ID).encode()) == 1


async def test_what_was_never_seen_is_none() -> None:
    async with answering_pos(head=failed(b"1003")) as handmade:
        assert await handmade.pos.instructed(ID) is None


@pytest.mark.parametrize("content", [b"", b"<MOTO_KEKKA></MOTO_KEKKA>", b"<MOTO_KEKKA>9200</MOTO_KEKKA>"])
async def test_a_look_up_that_brings_no_result_is_garbled(content: bytes) -> None:
    """It must not pass for "never seen": the instruction would be given again."""
    async with answering_pos(content) as handmade:
        with pytest.raises(Garbled, match="MOTO_KEKKA"):
            await handmade.pos.instructed(ID)


async def test_a_look_up_with_the_answer_to_another_one_is_garbled() -> None:
    async with answering_pos(head=failed(b"1003"), request_id=b"another") as handmade:
        with pytest.raises(Garbled, match="another request"):
            await handmade.pos.instructed(ID)
