"""PostgreSQL's messages as the gate reads them."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legacy.registry.gate.messages import Framing, Message, with_garbled_values
from legacy.registry.gate.statements import Statements, name_of


def message(kind: bytes, body: bytes) -> Message:
    return Message(kind, kind + (len(body) + 4).to_bytes(4, "big") + body)


def pieces(data: bytes, cuts: list[int]) -> Iterator[bytes]:
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    return (data[start:end] for start, end in pairwise(edges))


@given(
    st.lists(st.builds(message, st.sampled_from([b"D", b"C", b"Z"]), st.binary(max_size=40)), max_size=8),
    st.lists(st.integers(min_value=0), max_size=8),
)
def test_messages_come_out_whole_however_the_bytes_arrive(messages: list[Message], cuts: list[int]) -> None:
    framing = Framing()
    data = b"".join(each.raw for each in messages)
    assert [found for piece in pieces(data, cuts) for found in framing.feed(piece)] == messages


def test_garbling_keeps_the_frame_of_a_row_and_its_nulls() -> None:
    row = message(b"D", b"\0\3" + b"\0\0\0\2ab" + b"\xff\xff\xff\xff" + b"\0\0\0\1c")
    assert with_garbled_values(row) == row.raw[:5] + (
        b"\0\3" + b"\0\0\0\2\xff\xff" + b"\xff\xff\xff\xff" + b"\0\0\0\1\xff"
    )


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("SELECT * FROM kumiaiin", "KUMIAIIN"),
        ('SELECT * FROM "KUMIAIIN" JOIN shussikin', "KUMIAIIN"),
        ("SELECT card_no FROM kumiaiinsho", "KUMIAIINSHO"),
        ("SELECT * FROM seikyu_meisai", "SEIKYU_MEISAI"),
        ("SELECT kumiaiin_no FROM hogosha", "HOGOSHA"),
        ("SELECT 1", "OTHER"),
        ("BEGIN ISOLATION LEVEL READ COMMITTED;", None),
        ("  commit", None),
        ("ROLLBACK;", None),
        ("SET search_path = x", None),
        (";", None),
        ("", None),
    ],
)
def test_a_statement_is_named_after_the_first_table_in_its_text(sql: str, name: str | None) -> None:
    assert name_of(sql) == name


def test_an_execute_is_known_by_what_was_bound_to_its_portal() -> None:
    statements = Statements()
    assert statements.executed_by(message(b"P", b"s1\0SELECT * FROM seikyu\0\0\0")) is None
    assert statements.executed_by(message(b"B", b"p1\0s1\0\0\0\0\0\0\0")) is None
    assert statements.executed_by(message(b"E", b"p1\0\0\0\0\0")) == "SEIKYU"
    assert statements.executed_by(message(b"S", b"")) is None
    assert statements.executed_by(message(b"C", b"Ps1\0")) is None
    assert statements.executed_by(message(b"C", b"Pp1\0")) is None
    assert statements.executed_by(message(b"E", b"p1\0\0\0\0\0")) == "OTHER"
