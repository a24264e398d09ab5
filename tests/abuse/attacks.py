"""The attacks: what is sent, and what may come back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.abuse.wire import request

COMMENT = "#000000"
"""Ends every document, and can be changed."""
SMALL = 1_000
"""Bytes: one error with its sentence."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One request. `code` is that of the answer's errors; None where it has data, or is no answer of GraphQL."""

    sent: bytes
    status: int
    code: str | None = "INVALID_OPERATION"
    errors: int = 1
    at_most_bytes: int = SMALL


def posted(body: bytes, **headers: str) -> bytes:
    """A POST of a body."""
    return request("POST", "/graphql", body, **{"content_type": "application/json", **headers})


def asked(query: str, variables: Any = None, **headers: str) -> bytes:
    """A POST of an operation."""
    return posted(json.dumps({"query": query + COMMENT, "variables": variables}).encode(), **headers)


def another(sent: bytes, number: int) -> bytes:
    """The same attack by a document that the gateway has not seen."""
    return sent.replace(COMMENT.encode(), b"#%06d" % number)


def chained(fragments: int, last: str) -> str:
    """Fragments on Query of which each spreads the next one twice: 2 ** fragments times the last."""
    chain = " ".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(fragments))
    return f"{{ ...F0 }} {chain} fragment F{fragments} on Query {{ {last} }}"


def _circle(of: int) -> str:
    circle = " ".join(f"fragment F{n} on Query {{ ...F{(n + 1) % of} }}" for n in range(of))
    return f"{{ ...F0 }} {circle}"


def _widening(levels: int) -> str:
    """Every level asks for the one below under two names: 2 ** levels fields in the answer."""
    deeper = " ".join(
        f"fragment F{n} on Query {{ a: node(id: 1) {{ ...N{n} }} b: node(id: 1) {{ ...N{n} }} }}"
        f" fragment N{n} on Node {{ id ...F{n + 1} }}"
        for n in range(levels)
    )
    return f"{{ ...F0 }} {deeper} fragment F{levels} on Query {{ __typename }}"


def _guesses(number: int) -> str:
    given = '{coop: "hirosaki", identifier: "hirosaki-taro", password: "123456"}'
    return f"mutation {{ {' '.join(f'g{n}: signIn(input: {given}) {{ token }}' for n in range(number))} }}"


MANY = 99_000
"""Of something, so that the body is just as long as one may be."""
A_MEGABYTE = 1_000_000
COOP = "query ($code: CoopCode!) { coop(code: $code) { code } }"
ONE = b'{"query": "{ __typename }"}'
IDS = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"

DOCUMENTS: Mapping[str, Attack] = {
    "fields nested 20,000 deep": Attack(asked("{ a " * 20_000), 200),
    "fields nested 150 deep, closed": Attack(asked("{ a " * 150 + "}" * 150), 200),
    "a list nested 49,000 deep": Attack(asked("{ coop(code: " + "[" * 49_000), 200),
    "a list nested 450 deep, closed": Attack(
        asked("{ coop(code: " + "[" * 450 + "]" * 450 + ") { code } }"), 200
    ),
    "objects nested 15,000 deep": Attack(asked("{ coop(code: " + "{a:" * 15_000), 200),
    "a type nested 400 deep": Attack(
        asked("query ($a: " + "[" * 400 + "Int" + "]" * 400 + ") { __typename }"), 200
    ),
    "11,000 fields beside one another": Attack(asked("{ " + "coops{c}" * 11_000 + " }"), 200),
    "300 fields beside one another": Attack(
        asked("{ coops { " + " ".join(f"f{n}" for n in range(300)) + " } }"), 200
    ),
    "one field 900 times": Attack(asked("{ coops { " + "code " * 900 + "} }"), 200),
    "300 aliases": Attack(asked("{ " + " ".join(f"a{n}: __typename" for n in range(300)) + " }"), 200),
    "100 root fields": Attack(
        asked("{ " + "".join(f"a{n}: coops {{ code }} " for n in range(100)) + "}"), 200
    ),
    "a fragment that spreads itself": Attack(asked("{ ...A } fragment A on Query { ...A }"), 200),
    "100 fragments in a circle": Attack(asked(_circle(100)), 200, at_most_bytes=10_000),
    "fragments that double a field, 2^80 times": Attack(asked(chained(80, "coops { code }")), 200, None, 0),
    "fragments that double an alias, 2^80 times": Attack(asked(chained(80, "a: __typename")), 200),
    "fragments that widen the answer, 2^20 fields": Attack(asked(_widening(20)), 200),
    "140 unknown fields in 140 fragments": Attack(
        asked("{ __typename } " + " ".join(f"fragment F{n} on Query {{ x }}" for n in range(140))),
        200,
        errors=21,
        at_most_bytes=5_000,
    ),
    "480 unknown directives": Attack(asked("{ __typename " + "@a " * 480 + "}"), 200),
    "160 directives": Attack(asked("{ __typename " + "@include(if: true) " * 160 + "}"), 200),
    "190 variables nobody uses": Attack(
        asked("query (" + " ".join(f"$v{n}: Int" for n in range(190)) + ") { __typename }"),
        200,
        errors=21,
        at_most_bytes=5_000,
    ),
    "99,000 bytes that are no GraphQL": Attack(asked("?" * MANY), 200),
    "99,000 bytes of white space": Attack(asked(" " * MANY), 200),
    "one string of 99,000 bytes": Attack(
        asked('{ coop(code: "' + "x" * 98_900 + '") { code } }'), 200, None, 0
    ),
    "one name of 99,000 bytes": Attack(asked("{ " + "x" * 98_900 + " }"), 200),
    "a number of 90,000 digits": Attack(
        asked("{ members(first: " + "9" * 90_000 + ") { totalCount } }"), 200
    ),
    "introspection of everything": Attack(
        asked("{ __schema { types { name fields { name } } } }"), 200, errors=3
    ),
    "introspection of a type": Attack(
        asked('{ __type(name: "Member") { name fields { name } } }'), 200, errors=2
    ),
    "names that are nearly right": Attack(
        asked("{ memberz { totalCoun } viewr { id } coopz { cod } }"), 200, errors=3
    ),
    "four guesses by aliases": Attack(asked(_guesses(4)), 200, None, 0, at_most_bytes=2_000),
    "40 guesses by aliases": Attack(asked(_guesses(40)), 200),
}
