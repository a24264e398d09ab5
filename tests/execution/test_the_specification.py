"""Section by section of "Execution" in the GraphQL specification: compiled operations do what it says."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from graphql import GraphQLError

from tests.execution.both import both, schema_of
from tests.execution.worlds import Later


class Failure(Exception):
    """What resolvers here raise."""


def fails(_source: Any, _info: Any, **_arguments: Any) -> Any:
    """A resolver."""
    raise Failure("broken")


async def fails_later(_source: Any, _info: Any, **_arguments: Any) -> Any:
    """A resolver."""
    await asyncio.sleep(0)
    raise Failure("broken later")


def later(value: Any) -> Any:
    """A resolver that gives the value when awaited."""

    async def resolve(_source: Any, _info: Any, **_arguments: Any) -> Any:
        await asyncio.sleep(0)
        return value

    return resolve


NESTED = """
type Query { a: A  must: A!  list: [A]  strict: [A!]  strictest: [A!]! }
type A { name: String  id: ID!  a: A  b: A!  items: [Int!]  grid: [[Int!]]! }
"""


# --- variables (6.1.2)


@pytest.mark.parametrize(
    "variables", [{}, {"n": 3}, {"n": None}, {"n": "3"}, {"n": 2**31}, {"n": True}, {"n": 1.0}]
)
async def test_variables_are_coerced_as_graphql_core_does(variables: dict[str, Any]) -> None:
    schema = schema_of(
        "type Query { f(n: Int = 7, s: String): String }", {"Query.f": lambda _s, _i, **given: str(given)}
    )
    await both(schema, "query ($n: Int) { f(n: $n) }", variable_values=variables)
    await both(schema, "query ($n: Int = 5) { f(n: $n) }", variable_values=variables)
    await both(schema, "query ($n: Int!) { f(n: $n) }", variable_values=variables)


async def test_all_wrong_variables_are_told_and_nothing_is_resolved() -> None:
    schema = schema_of("type Query { f(n: Int!, s: String!): String }", {"Query.f": fails})
    answer = await both(
        schema, "query ($n: Int!, $s: String!) { f(n: $n, s: $s) }", variable_values={"n": "x"}
    )
    assert (answer.data, len(answer.errors)) == (None, 2)


async def test_input_objects_lists_and_enums_reach_the_resolver_coerced() -> None:
    schema = schema_of(
        """
        enum Color { RED GREEN }
        input Filter { color: Color = GREEN, ids: [ID!], inner: Filter }
        type Query { f(filter: Filter, colors: [Color!] = [RED]): String }
        """,
        {"Query.f": lambda _s, _i, **given: repr(given)},
    )
    query = "query ($i: [ID!], $f: Filter, $c: Color!) { a: f(filter: {ids: $i}) b: f(filter: $f, colors: [$c]) c: f }"
    await both(schema, query, variable_values={"i": "one", "f": {"inner": {"color": "RED"}}, "c": "GREEN"})


# --- operations (6.2)


async def test_root_fields_of_a_mutation_run_one_after_another() -> None:
    log: list[str] = []

    async def step(_source: Any, info: Any, name: str) -> str:
        log.append(f"{name} begins")
        await asyncio.sleep(0)
        log.append(f"{name} ends")
        return name

    schema = schema_of(
        "type Query { x: Int } type Mutation { step(name: String!): String }", {"Mutation.step": step}
    )
    answer = await both(schema, 'mutation { a: step(name: "a") b: step(name: "b") c: __typename }')
    assert answer.data == {"a": "a", "b": "b", "c": "Mutation"}
    assert log == ["a begins", "a ends", "b begins", "b ends"] * 3


async def test_what_lies_below_a_mutation_is_there_before_the_next_begins() -> None:
    log: list[str] = []

    async def name(source: str, _info: Any) -> str:
        await asyncio.sleep(0)
        log.append(f"name of {source}")
        return source

    def make(_source: Any, _info: Any, of: str) -> str:
        log.append(f"made {of}")
        return of

    schema = schema_of(
        "type Query { x: Int } type Thing { name: String } type Mutation { make(of: String!): Thing }",
        {"Mutation.make": make, "Thing.name": name},
    )
    await both(schema, 'mutation { a: make(of: "a") { name } b: make(of: "b") { name } }')
    assert log == ["made a", "name of a", "made b", "name of b"] * 3


async def test_a_required_mutation_that_fails_ends_the_operation() -> None:
    calls: list[str] = []

    def ok(_source: Any, _info: Any) -> int:
        calls.append("ok")
        return 1

    schema = schema_of(
        "type Query { x: Int } type Mutation { fail: Int!  later: Int!  ok: Int }",
        {"Mutation.fail": fails, "Mutation.later": fails_later, "Mutation.ok": ok},
    )
    assert (await both(schema, "mutation { a: ok fail b: ok }")).data is None
    assert (await both(schema, "mutation { a: ok later b: ok }")).data is None
    assert calls == ["ok"] * 6


async def test_an_operation_is_chosen_by_name() -> None:
    schema = schema_of("type Query { a: Int b: Int }")
    text = "query A { a } query B { b }"
    assert (await both(schema, text, {"a": 1, "b": 2}, operation_name="B")).data == {"b": 2}
    reason = ("not exactly one operation of that name",)
    for name in (None, "C", ""):
        await both(schema, text, {"a": 1, "b": 2}, operation_name=name, left=reason)


async def test_a_schema_without_mutations_refuses_them() -> None:
    schema = schema_of("type Query { a: Int }")
    await both(schema, "mutation { a }", valid=False, left=("a kind of operation the schema does not have",))


# --- selection sets (6.3)


async def test_fields_of_one_key_are_merged_in_the_order_of_the_first() -> None:
    schema = schema_of(NESTED)
    root = {"a": {"name": "n", "id": 1, "a": {"name": "m", "id": 2}}}
    text = "{ a { name } ...F a { a { id } } } fragment F on Query { a { a { name } ... { id } again: a { id } } }"
    answer = await both(schema, text, root)
    assert list(answer.data["a"]) == ["name", "a", "id", "again"]
    assert list(answer.data["a"]["a"]) == ["name", "id"]


@pytest.mark.parametrize("yes", [True, False])
async def test_skip_and_include_are_decided_for_each_request(yes: bool) -> None:
    schema = schema_of(NESTED)
    text = """query ($yes: Boolean!, $no: Boolean! = false) {
      a @include(if: $yes) { name @skip(if: $yes) id }
      ... @skip(if: $yes) { list { id } }
      ...F @include(if: $yes) @skip(if: $no)
      must { x: __typename @skip(if: true)  y: __typename @include(if: true) }
    } fragment F on Query { strict { name @include(if: $no) id } }"""
    thing = {"name": "n", "id": 1}
    root = {"a": thing, "must": thing, "list": [thing], "strict": [thing, thing]}
    for no in ({}, {"no": True}, {"no": False}):
        await both(schema, text, root, variable_values={"yes": yes, **no})
    for wrong in ({}, {"yes": None}, {"yes": "true"}):
        await both(schema, text, root, variable_values=wrong)


async def test_everything_skipped_leaves_empty_objects() -> None:
    schema = schema_of(NESTED)
    assert (await both(schema, "{ a { name @skip(if: true) } }", {"a": {}})).data == {"a": {}}
    assert (await both(schema, "{ a @skip(if: true) { name } }", {"a": {}})).data == {}


# --- resolving and completing values (6.4)


SCALARS = "type Query { int: Int  float: Float  string: String  id: ID  boolean: Boolean  required: Int! }"
VALUES: list[Any] = [
    None, 0, 1, -1, 2**31 - 1, -(2**31), 2**31, 1.0, 1.5, float("nan"), float("inf"), True, False, "", "x", "12", "1.5",
    b"bytes", [], [1], {}, {"a": 1}, set(), object, Exception("as a value"), GraphQLError("with a message"), "日本",
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=repr)
@pytest.mark.parametrize("field", ["int", "float", "string", "id", "boolean", "required"])
async def test_scalars_are_coerced_as_graphql_core_does(field: str, value: Any) -> None:
    resolver = {f"Query.{field}": lambda _source, _info: value}
    await both(schema_of(SCALARS, resolver), f"{{ {field} }}")
    await both(schema_of(SCALARS, {f"Query.{field}": later(value)}), f"{{ {field} }}")


LISTS: list[Any] = [
    [1, 2], (1, 2), {1}, range(2), iter([1, 2]), "text", 5, {"a": 1}, [None], [1, None, "x"],
    [Exception("one")], {1: 2}.values(),
]  # fmt: skip


@pytest.mark.parametrize("type_", ["[Int]", "[Int!]", "[Int]!", "[Int!]!"])
@pytest.mark.parametrize("value", LISTS, ids=repr)
async def test_lists_are_completed_item_by_item(type_: str, value: Any) -> None:
    held = list(value) if isinstance(value, Iterator) else value

    def resolve(_source: Any, _info: Any) -> Any:
        return iter(held) if isinstance(value, Iterator) else value

    schema = schema_of(f"type Query {{ f: {type_} }}", {"Query.f": resolve})
    await both(schema, "{ f }")
    schema = schema_of(f"type Query {{ f: {type_} }}", {"Query.f": later(held)})
    await both(schema, "{ f }")


@pytest.mark.parametrize("type_", ["[Int]", "[Int!]", "[[Int!]]", "[[Int!]!]!"])
async def test_null_goes_up_to_the_nearest_place_that_may_be_null(type_: str) -> None:
    schema = schema_of(f"type Query {{ f: {type_} }}")
    for value in ([[1, None], [2]], [None, [1]], [[None], [Exception("x")]], [1, None]):
        await both(schema, "{ f }", {"f": value})


async def test_an_iterator_that_breaks_off_makes_the_list_null_after_its_items_errors() -> None:
    def broken() -> Iterator[Any]:
        yield 1
        yield Failure("an item")
        raise Failure("broke off")

    schema = schema_of("type Query { f: [Int] }", {"Query.f": lambda _s, _i: broken()})
    answer = await both(schema, "{ f }")
    assert [error[:2] for error in answer.errors] == [("an item", ("f", 1)), ("broke off", ("f",))]


async def test_asynchronous_iterators_make_lists() -> None:
    async def items(_source: Any = None, _info: Any = None) -> AsyncIterator[Any]:
        yield 1
        yield None
        yield Failure("an item")

    schema = schema_of("type Query { f: [Int] g: [Int!] }", {"Query.f": items, "Query.g": items})
    assert (await both(schema, "{ f g }")).data == {"f": [1, None, None], "g": None}


async def test_errors_name_the_place_where_they_happened() -> None:
    schema = schema_of(NESTED, {"A.name": fails})
    root = {"list": [{"id": 1}, None, {"id": None}, {"id": 4, "grid": [[1], [2, None]]}]}
    answer = await both(schema, "{ list { id name grid } }", root)
    assert answer.data == {"list": [None, None, None, {"id": "4", "name": None, "grid": [[1], None]}]}
    assert [error[1] for error in answer.errors] == [
        ("list", 0, "name"),
        ("list", 0, "grid"),
        ("list", 2, "id"),
        ("list", 3, "name"),
        ("list", 3, "grid", 1, 1),
    ]


async def test_an_error_has_the_locations_of_every_node_that_asks_for_the_field() -> None:
    schema = schema_of(NESTED, {"A.name": fails})
    answer = await both(schema, "{ a { name } ...F }\nfragment F on Query { a { name } }", {"a": {}})
    assert answer.errors[0][2] == ((1, 7), (2, 27))


async def test_an_error_that_is_raised_twice_is_located_twice() -> None:
    shared = Failure("shared")

    def resolve(_source: Any, _info: Any) -> Any:
        raise shared

    schema = schema_of(NESTED, {"A.name": resolve, "A.id": resolve})
    answer = await both(schema, "{ list { name } a { name a { a { id } } } strict { name } }", {
        "list": [{}, {}, {}], "a": {"a": {"a": {}}}, "strict": [{}],
    })  # fmt: skip
    assert [error[1] for error in answer.errors] == [
        ("list", 0, "name"), ("list", 1, "name"), ("list", 2, "name"),
        ("a", "name"), ("a", "a", "a", "id"), ("strict", 0, "name"),
    ]  # fmt: skip


async def test_an_awaited_error_makes_null_what_must_not_be() -> None:
    for resolver in (fails_later, later(None)):
        schema = schema_of(NESTED, {"A.b": resolver})
        for text in (
            "{ must { b { name } } }",
            "{ list { b { name } } }",
            "{ strict { b { name } } a { name } }",
        ):
            await both(schema, text, {"must": {}, "list": [{}, {}], "strict": [{}], "a": {"name": "n"}})


async def test_an_awaited_value_deep_in_lists_has_its_own_path() -> None:
    schema = schema_of(
        "type Query { rows: [[Cell]] } type Cell { wait: [Cell!]  name: String!  path: String }",
        {
            "Cell.wait": later([{"name": "a"}, {"name": None}, {"name": "c"}]),
            "Cell.path": lambda _source, info: ".".join(map(str, info.path.as_list())),
        },
    )
    root = {"rows": [[{"name": "x"}], [{"name": "y"}, {"name": "z"}]]}
    good = "{ rows { wait { path } path } }"
    answer = await both(schema, good, root)
    assert answer.data["rows"][1][1]["wait"][2] == {"path": "rows.1.1.wait.2.path"}
    answer = await both(schema, "{ rows { name wait { name } } }", root)
    assert answer.errors[2][1] == ("rows", 1, 1, "wait", 1, "name")


async def test_awaitables_are_awaited_wherever_a_plain_resolver_gives_them() -> None:
    schema = schema_of(NESTED)
    thing = {"name": Later("n", 1), "id": Later(None, 0), "a": Later({"name": "m", "id": 2}, 2)}
    root = {
        "a": Later(thing, 1),
        "list": [
            Later({"name": "x", "items": [Later(1, 0), Later(None, 1)]}, 1),
            Later(None, 0),
            {"name": Later(1, 0)},
        ],
        "strict": Later([{"id": 1}, Later({"id": 2}, 0)], 1),
    }
    text = "{ a { name a { name id } } list { name items } strict { id } }"
    answer = await both(schema, text, root)
    assert answer.data == {
        "a": {"name": "n", "a": {"name": "m", "id": "2"}},
        "list": [{"name": "x", "items": None}, None, {"name": "1", "items": None}],
        "strict": [{"id": "1"}, {"id": "2"}],
    }
    await both(schema, "{ a { id } strict { id } must { id } }", root)


async def test_what_was_awaited_is_not_awaited_again() -> None:
    schema = schema_of(
        "type Query { f: String g: [Int] }", {"Query.f": later(Later("x", 0)), "Query.g": later(Later([], 0))}
    )
    assert (await both(schema, "{ f g }")).data == {"f": "later: x", "g": None}


# --- abstract types (6.4.3)

PETS = """
interface Pet { name: String }
type Dog implements Pet { name: String barks: Boolean! }
type Cat implements Pet { name: String meows: Boolean! }
union Animal = Dog | Cat
type Stone { name: String }
enum Color { RED }
type Query { pet: Pet  pets: [Pet!]  animal: Animal  dog: Dog }
"""
ASKED = """{
  pet { __typename name ... on Dog { barks } ... on Cat { meows } }
  animal { ... on Pet { name } ... on Dog { barks } }
}"""


@pytest.mark.parametrize("name", ["Dog", "Cat", "Stone", "Color", "Nobody", None, 5, ""])
async def test_the_type_of_an_abstract_value_is_what_its_resolver_says(name: Any) -> None:
    root = {"pet": {"name": "p", "barks": True}, "animal": {"name": "a", "barks": False}}
    for say in (lambda _value, _info, _type: name, lambda _value, _info, _type: Later(name, 1)):
        await both(schema_of(PETS, {"Pet": say, "Animal": say}), ASKED, root)


async def test_the_type_of_an_abstract_value_may_be_found_by_trying() -> None:
    def is_a(kind: str) -> Any:
        return lambda value, _info: value["kind"] == kind

    def is_a_later(kind: str) -> Any:
        return lambda value, _info: Later(value["kind"] == kind, 1)

    dog = {"kind": "dog", "name": "d", "barks": True}
    root = {
        "pet": dog,
        "animal": {"kind": "cat", "name": "c"},
        "pets": [dog, {"kind": "cow"}],
        "dog": {"kind": "cat"},
    }
    for test in (is_a, is_a_later):
        schema = schema_of(PETS, {"Dog": test("dog"), "Cat": test("cat")})
        await both(schema, ASKED, root)
        await both(schema, "{ pets { name } dog { name } }", root)


async def test_the_type_of_an_abstract_value_may_stand_in_it() -> None:
    root = {
        "pet": {"__typename": "Dog", "name": "d", "barks": None},
        "animal": {"__typename": "Cat", "name": "c"},
    }
    await both(schema_of(PETS), ASKED, root)


# --- what is left to graphql-core


async def test_introspection_is_left_to_graphql_core() -> None:
    schema = schema_of(PETS)
    reason = ("introspection, or a field the schema does not have",)
    await both(schema, "{ __schema { types { name } } dog { name } }", {}, left=reason)
    await both(schema, '{ __type(name: "Dog") { name } }', {}, left=reason)
