"""Values for arguments: those the demo's data has, those an attacker tries, and any others."""

import base64
import json
from collections.abc import Mapping

from graphql import ValueNode
from hypothesis import strategies as st
from hypothesis_graphql import nodes

from tests.api.asking import PASSWORD
from tests.running import NOW

NUMBERS = ("210100000001", "210100000003", "210100000006", "210100000030", "10000001", "10000004", "10000006")
NODE_TYPES = ("Account", "Inquiry", "ChangeRequest", "Member", "Notice", "Statement", "Transaction")
KEYS = tuple(f"7f3c1f52-6f7e-4c34-9d3f-0a1f6a6f2b1{digit}" for digit in range(8))
LOGINS = ("hirosaki-taro", "hirosaki-ichiro", "staff-hirosaki", "sapporo@example.jp", "nobody@example.jp")
TIMES = (
    "2026-11-20T12:00:00+09:00",
    "2026-11-20T03:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59Z",
)
DAYS = ("2026-11-20", "2026-11-19", "2026-04-01", "0001-01-01", "9999-12-31", "2026-02-30", "2024-02-29")
MONTHS = ("2026-11", "2026-10", "2025-04", "1900-01", "9999-12", "2026-13")
HOSTILE = (
    "", " ", "\0", "a\0b", "\u202e", "\ufeff", "\uffff", "𠮷", "ｶﾞ", "%", "_", "\\", "'", '"', "' OR 1=1 --", "<b>",
    "-1", "0", "1", "99999999999999999999", "1e400", "NaN", "null", "[]", "{}", "../..", "{{1}}", "%s", "\r\nBcc: x",
    "９９", "９" * 40, "x" * 300,
)  # fmt: skip
CODES = ("101", "102", "103", "000", "101-01-1", "20261120-0001", "2101000000019999", "123456", "000000")

LIKELY = (
    PASSWORD,
    "a-new-password-2026",
    "hirosaki-taro",
    "101",
    "210100000001003",
    "確認しました。",
    "123456",
)

known = st.sampled_from((*NUMBERS, *KEYS, *LOGINS, *TIMES, *DAYS, *MONTHS, *HOSTILE, *CODES, PASSWORD))
anything = st.one_of(known, st.text(max_size=30))


def packed(parts: object) -> str:
    """Parts as ids and cursors hold them."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).rstrip(b"=").decode()


parts = st.lists(known | st.none() | st.integers() | st.lists(st.integers(), max_size=2), max_size=4)
cursors = st.one_of(parts, parts, st.integers(), known, st.dictionaries(known, known, max_size=2)).map(packed)
global_ids = st.builds(
    lambda kind, coop, rest: packed([kind, coop, *rest]),
    st.sampled_from((*NODE_TYPES, "Coop", "Viewer")),
    st.sampled_from(("hirosaki", "hokkaido", "elsewhere")),
    st.one_of(
        parts,
        st.sampled_from(NUMBERS).map(lambda number: [number]),
        st.tuples(st.sampled_from(NUMBERS), known),
    ),
)
integers = st.one_of(st.integers(-1, 120), st.sampled_from((2**31 - 1, -(2**31))))


def _mostly(usual: st.SearchStrategy[str]) -> st.SearchStrategy[ValueNode]:
    return st.one_of(usual, usual, usual, anything).map(nodes.String)


SCALARS: Mapping[str, st.SearchStrategy[ValueNode]] = {
    "String": st.one_of(st.sampled_from(LIKELY), anything, cursors).map(nodes.String),
    "ID": _mostly(st.one_of(global_ids, cursors)),
    "Int": integers.map(nodes.Int),
    "Yen": st.one_of(integers, st.sampled_from((200, 1000, 2**63, -(2**63) - 1))).map(nodes.Int),
    "CoopCode": _mostly(st.sampled_from(("hirosaki", "hokkaido"))),
    "MemberNumber": _mostly(st.sampled_from(NUMBERS)),
    "EmailAddress": _mostly(
        st.sampled_from(("taro@example.jp", "a@b", "あ@例え.jp", f"{'x' * 300}@example.jp"))
    ),
    "IdempotencyKey": _mostly(st.sampled_from(KEYS)),
    "YearMonth": _mostly(st.sampled_from(MONTHS)),
    "Date": _mostly(st.sampled_from(DAYS)),
    "DateTime": _mostly(st.sampled_from((*TIMES, NOW.isoformat()))),
}
"""By the names of the scalars, as hypothesis-graphql takes them."""

ANY_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), integers, st.floats(allow_nan=False, allow_infinity=False), anything),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=5,
)
