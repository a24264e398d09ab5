"""The POS's messages, flaw by flaw."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.pos_web import values, wire
from adapters.pos_web.wire import Row, Unreadable
from tests.adapters.pos_web.handmade import TARO, answer, balance, detail

WHOLE = answer(b"5f0c", balance(TARO, b"000004500"))


def row(content: bytes) -> Row:
    """The MEISAI of an answer that holds only this."""
    return wire.parse(answer(b"5f0c", detail(TARO, content))).details[0]


def test_an_inquiry_is_cp932_xml_with_a_kumiaiin_for_each_question() -> None:
    written = wire.write_inquiry(
        "RIREKI1", "5f0c", [{"NO": TARO, "KAGI": "20261119-001-03-000123"}, {"NO": "２<&"}]
    )
    assert written == (
        b'<?xml version="1.0" encoding="Shift_JIS"?>\n'
        b"<DENBUN><HEAD><SHORI>RIREKI1</SHORI><YOKYU_ID>5f0c</YOKYU_ID></HEAD><BODY>"
        b"<KUMIAIIN><NO>210100000001</NO><KAGI>20261119-001-03-000123</KAGI></KUMIAIIN>"
        b"<KUMIAIIN><NO>\x82Q&lt;&amp;</NO></KUMIAIIN></BODY></DENBUN>"
    )


def test_an_answer_has_a_head_and_its_details() -> None:
    message = wire.parse(WHOLE)
    assert message.head.identifier("YOKYU_ID") == "5f0c"
    assert message.head.read("EIGYOBI", values.day).isoformat() == "2026-11-19"
    assert [each.number("PZAN") for each in message.details] == [4500]


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        (b"\x83~\x81[\x83\x8b\x83v\x83\x89\x83\x93\x81@\x81@  ", "ミールプラン"),
        (b"\x8c\x83\x90h\x83\x89\x81[\x83\x81\x83", "激辛ラーメ〓"),
        (b"\xfb\xfc\xfa\xb1\xee\xe0\xed\x95", "髙﨑髙﨑"),
        (b"\xf0@\x92\xe8\x90H", "〓定食"),
        (b"\xb6\xda\xb0", "カレー"),
        (b"A&amp;B", "A&B"),
        (b"", ""),
    ],
)
def test_text_is_trimmed_and_shown_with_stand_ins_for_what_cannot_be(raw: bytes, shown: str) -> None:
    assert row(b"<PLAN>%b</PLAN>" % raw).text("PLAN") == shown


def test_a_field_that_is_missing_or_wrong_is_named_and_not_quoted() -> None:
    with pytest.raises(Unreadable, match=r"^MEISAI: PZAN is missing$"):
        row(b"").number("PZAN")
    with pytest.raises(Unreadable, match=r"^MEISAI/PZAN: not digits$"):
        row(b"<PZAN>himitsu</PZAN>").number("PZAN")
    with pytest.raises(Unreadable, match=r"^MEISAI: TORIHIKI is missing$"):
        row(b"").row("TORIHIKI")


@pytest.mark.parametrize("cut", range(len(WHOLE)))
def test_an_answer_that_breaks_off_anywhere_is_unreadable(cut: int) -> None:
    with pytest.raises(Unreadable):
        wire.parse(WHOLE[:cut])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html><body>502 Bad Gateway</body></html>",
        b"<DENBUN><BODY/></DENBUN>",
        b"<DENBUN><HEAD>\x00</HEAD></DENBUN>",
        "<DENBUN><HEAD/></DENBUN>".encode("utf-16"),
    ],
)
def test_what_is_no_denbun_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        wire.parse(raw)


@given(st.binary())
def test_bytes_of_any_kind_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    for noise in (raw, WHOLE[:150] + raw + WHOLE[150:]):
        try:
            wire.parse(noise)
        except Unreadable:
            continue


def test_a_document_type_is_refused_before_any_entity_is_read() -> None:
    """Neither a file of ours nor a billion laughs gets into an answer."""
    outside = b'<!DOCTYPE D [<!ENTITY e SYSTEM "file:///etc/passwd">]><DENBUN><HEAD>&e;</HEAD></DENBUN>'
    laughs = b'<!DOCTYPE D [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><DENBUN><HEAD>&b;</HEAD></DENBUN>'
    for raw in (outside, laughs):
        with pytest.raises(Unreadable, match="a document type"):
            wire.parse(raw)


def test_a_tree_too_deep_for_any_answer_is_refused() -> None:
    with pytest.raises(Unreadable):
        wire.parse(b"<DENBUN><HEAD/>" + b"<A>" * 10_000 + b"</A>" * 10_000 + b"</DENBUN>")
