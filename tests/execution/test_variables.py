"""Variables and the arguments made of them: given, null, left out, with defaults, wrong."""

from enum import Enum
from typing import Any

import pytest
import strawberry

from gateway.execution import CompiledSchema, Limits
from tests.execution.both import both, schema_of
from tests.execution.unchecked import unchecked

SDL = """
enum Color { RED GREEN }
type Query {
    show(number: Int = 5, word: String, id: ID, flag: Boolean! = true, color: Color = RED, colors: [Color!]): String
    must(number: Int!, color: Color!): String
    class(def: Int = 3): String
}
"""


def shown(_source: Any, _info: Any, **arguments: Any) -> str:
    return repr(sorted(arguments.items()))


SCHEMA = schema_of(SDL, {"Query.show": shown, "Query.must": shown, "Query.class": shown})
DEFINED = "($n: Int, $w: String, $i: ID, $f: Boolean = false, $c: Color, $d: Color = GREEN, $l: [Color!])"
SHOWN = (
    "show(number: $n, word: $w, id: $i, flag: $f, color: $c, colors: $l) dear: show(color: $d) class(def: $n)"
)


@pytest.mark.parametrize(
    "inputs",
    [
        {},
        {"n": 1, "w": "a", "i": "b", "f": True, "c": "GREEN", "d": "RED", "l": ["RED", "GREEN"]},
        {"n": None, "w": None, "i": None, "c": None, "d": None, "l": None},
        {"n": 2**31 - 1, "i": 7, "l": "RED"},
        {"f": None},
        {"n": 2**31},
        {"n": 1.0, "w": "a"},
        {"n": True},
        {"c": "BLUE"},
        {"c": ["RED"]},
        {"d": 1},
        {"w": 1, "n": "x"},
        {"unknown": 1, "w": "known"},
    ],
    ids=repr,
)
async def test_variables_are_what_graphql_core_makes_of_them(inputs: dict[str, Any]) -> None:
    await both(SCHEMA, f"query {DEFINED} {{ {SHOWN} }}", variable_values=inputs)


@pytest.mark.parametrize(
    "inputs",
    [{"n": 1, "c": "RED"}, {"n": 1}, {"c": "RED"}, {"n": None, "c": "RED"}, {"n": 1, "c": None}],
    ids=repr,
)
async def test_what_must_not_be_null_or_left_out_is_an_error(inputs: dict[str, Any]) -> None:
    await both(SCHEMA, "query ($n: Int!, $c: Color!) { must(number: $n, color: $c) }", variable_values=inputs)
    await both(
        SCHEMA,
        "query ($n: Int = 1, $c: Color = RED) { must(number: $n, color: $c) show(number: $n) }",
        variable_values=inputs,
    )


@strawberry.enum
class Size(Enum):
    SMALL = "s"
    LARGE = "l"


@strawberry.input
class Wish:
    size: Size = Size.SMALL
    words: list[str] | None = strawberry.UNSET


@strawberry.type
class Query:
    @strawberry.field
    def shown(
        self,
        size: Size = Size.LARGE,
        number: int | None = strawberry.UNSET,
        word: strawberry.Maybe[str] = None,
        wish: Wish | None = None,
        numbers: list[int] | None = None,
    ) -> str:
        return f"{size} {number} {word} {wish} {numbers}"


STOCK = strawberry.Schema(query=Query)
COMPILED = CompiledSchema(query=Query, limits=Limits(compile_after=1))


@pytest.mark.parametrize(
    "inputs", [{}, {"s": "SMALL", "n": 3, "w": "a", "x": {"size": "LARGE"}, "l": [1]}], ids=repr
)
@pytest.mark.parametrize(
    "asked",
    [
        "shown",
        "shown(size: $s, number: $n)",
        "shown(number: null, wish: null, numbers: null)",
        "shown(word: $w)",
        "shown(wish: $x, numbers: $l)",
        "shown(wish: {size: LARGE}, numbers: [1, 2])",
        "shown(wish: {size: $s}, numbers: [1, $n])",
    ],
)
async def test_arguments_are_what_strawberry_makes_of_them(asked: str, inputs: dict[str, Any]) -> None:
    definitions = "$s: Size! = SMALL, $n: Int! = 9, $w: String, $x: Wish, $l: [Int!]"
    used = ", ".join(each for each in definitions.split(", ") if each.partition(":")[0] in asked)
    text = f"query {f'({used})' if used else ''} {{ {asked} }}"
    expected = await STOCK.execute(text, inputs)
    operation = unchecked(COMPILED).of(text).operation(None)
    answers = [await COMPILED.carry_out(operation, inputs) for _ in range(2)]

    assert expected.errors is None
    assert [(answer.data, answer.errors) for answer in answers] == [(expected.data, None)] * 2
