"""The cache of compiled operations: bounds, counts, and what never happens to a request."""

import asyncio
from typing import Any

import pytest
from graphql import GraphQLSchema, execute, parse

from gateway.execution import CompiledExecution, Limits
from tests.execution.both import both, schema_of
from tests.execution.sameness import answer

SDL = "type Query { a: A n: Int } type A { a: A n: Int s(text: String): String }"


@pytest.fixture
def schema() -> GraphQLSchema:
    """A recursive one."""
    return schema_of(SDL, {"A.s": lambda _source, _info, text=None: text})


def door(schema: GraphQLSchema, **limits: int) -> CompiledExecution:
    """One that compiles at once unless told otherwise."""
    return CompiledExecution(schema, limits=Limits(**{"compile_after": 1, **limits}))


async def test_an_operation_is_compiled_when_it_is_asked_for_again(schema: GraphQLSchema) -> None:
    compiled = door(schema, compile_after=3)
    document = parse("{ n }")
    for _ in range(4):
        await answer(compiled.execute, schema, document, root_value={"n": 1})
    statistics = compiled.statistics()
    assert (statistics.compiled, statistics.executed) == (1, 2)
    assert statistics.left == {"not asked for often enough": 2}
    assert statistics.compile_seconds > 0
    assert statistics.source_bytes > 0


async def test_the_least_recently_used_operation_leaves_the_cache(schema: GraphQLSchema) -> None:
    compiled = door(schema, operations=3)
    documents = [parse(f"{{ n{number}: n }}") for number in range(10)]
    for document in [*documents, documents[0]]:
        await answer(compiled.execute, schema, document, root_value={"n": 1})
    statistics = compiled.statistics()
    assert (statistics.compiled, statistics.executed) == (11, 11)


async def test_combinations_of_conditions_beyond_the_limit_are_graphql_cores(schema: GraphQLSchema) -> None:
    compiled = door(schema, variants=4)
    text = "query ($x: Boolean!, $y: Boolean!, $z: Boolean!) { n @skip(if: $x) a { n @skip(if: $y) s @skip(if: $z) } }"
    document = parse(text)
    for number in range(8):
        variables = {name: bool(number >> place & 1) for place, name in enumerate("xyz")}
        options: dict[str, Any] = {"root_value": {"n": 1, "a": {"n": 2}}, "variable_values": variables}
        ours = await answer(compiled.execute, schema, document, **options)
        assert ours == await answer(execute, schema, document, **options)
    assert compiled.statistics().variants == 4
    assert compiled.statistics().left == {"too many variants of @skip and @include": 4}


async def test_fragments_that_multiply_the_source_are_graphql_cores(schema: GraphQLSchema) -> None:
    """Fifteen fragments that each spread the next twice would be 65,536 selection sets."""
    fragments = [f"fragment F{n} on A {{ x: a {{ ...F{n + 1} }} y: a {{ ...F{n + 1} }} }}" for n in range(15)]
    text = "\n".join(["{ a { ...F0 } }", *fragments, "fragment F15 on A { n }"])
    compiled = door(schema)
    document = parse(text)
    for _ in range(2):
        await answer(compiled.execute, schema, document, root_value={"a": {}})
    assert compiled.statistics().left == {"too much source": 2}


@pytest.mark.parametrize("depth", [5, 11, 12, 13, 30, 60])
async def test_deep_selections_are_cut_into_functions(schema: GraphQLSchema, depth: int) -> None:
    """CPython refuses more than twenty nested blocks."""
    root: Any = {"n": "wrong", "s": lambda _info: 1}
    for _ in range(depth):
        root = {"a": root}
    await both(schema, "{" + "a {" * depth + " n s " + "}" * depth + "}", root)


async def test_deep_lists_with_awaited_fields_keep_their_paths() -> None:
    async def name(_source: Any, info: Any) -> str:
        raise ValueError(str(info.path.as_list()))

    schema = schema_of("type Query { l: [L] } type L { l: [L] name: String }", {"L.name": name})
    root: Any = {"l": [{}, {}]}
    for _ in range(9):
        root = {"l": [root, None]}
    text = "{" + "l { name " * 10 + "}" * 10 + "}"
    result = await both(schema, text, root)
    assert len(result.errors) == 11
    assert all(message == str(list(path or ())) for message, path, _ in result.errors)


async def test_nothing_that_a_client_wrote_stands_in_the_source_but_names(schema: GraphQLSchema) -> None:
    compiled = door(schema)
    evil = "'); import os; os.abort() #\\n"
    text = f'query Evil {{ aEvil: a {{ s(text: "{evil}") n }} }}'
    result = await answer(compiled.execute, schema, parse(text), root_value={"a": {"n": 1}})
    assert result.data == {"aEvil": {"s": "'); import os; os.abort() #\n", "n": 1}}
    (kept,) = compiled._kept.values()
    assert kept.compiled is not None
    (program,) = kept.compiled.programs
    assert "abort" not in program.text
    assert "'aEvil'" in program.text


async def test_a_request_that_is_cancelled_cancels_its_resolvers() -> None:
    begun, ended = asyncio.Event(), []

    async def wait(_source: Any, info: Any) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(tuple(info.path.as_list()))

    schema = schema_of(
        "type Query { l: [L] wait: Int } type L { wait: Int }", {"Query.wait": wait, "L.wait": wait}
    )
    execution = door(schema).execute(schema, parse("{ wait l { wait } }"), root_value={"l": [{}, {}]})
    task = asyncio.ensure_future(execution)  # type: ignore[arg-type]  # it has to be awaited
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert sorted(ended, key=str) == [("l", 0, "wait"), ("l", 1, "wait"), ("wait",)]


async def test_a_request_that_is_cancelled_at_once_leaves_nothing_behind() -> None:
    async def never(_source: Any, _info: Any) -> None:
        raise AssertionError

    schema = schema_of("type Query { l: [L] x: Int } type L { x: Int }", {"Query.x": never, "L.x": never})
    execution = door(schema).execute(schema, parse("{ x l { x } }"), root_value={"l": [{}, {}]})
    task = asyncio.ensure_future(execution)  # type: ignore[arg-type]  # it has to be awaited
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_concurrent_requests_do_not_see_one_another() -> None:
    async def name(source: str, info: Any) -> str:
        await asyncio.sleep(0)
        return f"{source} of {info.context}"

    schema = schema_of(
        "type Query { t: T } type T { name: String }", {"Query.t": lambda _s, i: "t", "T.name": name}
    )
    compiled, document = door(schema), parse("{ t { name } }")
    requests: list[Any] = [compiled.execute(schema, document, context_value=number) for number in range(20)]
    results = await asyncio.gather(*requests)
    assert [result.data["t"]["name"] for result in results] == [f"t of {number}" for number in range(20)]


async def test_another_way_of_execution_is_graphql_cores(schema: GraphQLSchema) -> None:
    def louder(next_: Any, source: Any, info: Any, **arguments: Any) -> Any:
        value = next_(source, info, **arguments)
        return value + 1 if isinstance(value, int) else value

    result = await both(schema, "{ n }", {"n": 1}, middleware=[louder], left=("middleware",))
    assert result.data == {"n": 2}
    await both(schema, "{ n }", {"n": 1}, type_resolver=lambda *_: None, left=("custom execution",))


async def test_a_refused_operation_is_not_tried_again(schema: GraphQLSchema) -> None:
    compiled = door(schema)
    document = parse("subscription { n }")
    for _ in range(2):
        await answer(compiled.execute, schema, document)
    assert compiled.statistics().left == {"a subscription": 2}
    assert compiled.statistics().compiled == 0


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(compile_after=None), "not asked for often enough"),
        (Limits(compile_after=1, share=0, at_once=0), "compiling has had its share of the time"),
    ],
)
async def test_what_is_not_compiled_for_now_is_graphql_cores(
    schema: GraphQLSchema, limits: Limits, reason: str
) -> None:
    compiled = CompiledExecution(schema, limits=limits)
    document = parse("{ n }")
    for _ in range(3):
        result = await answer(compiled.execute, schema, document, root_value={"n": 1})
        assert result.data == {"n": 1}
    assert compiled.statistics().left == {reason: 3}
    assert compiled.statistics().variants == 0


async def test_arguments_are_worked_out_anew_for_other_variables(schema: GraphQLSchema) -> None:
    """Numbers that are equal are not the same as booleans, and an absent variable is not null."""
    seen: list[Any] = []

    def note(_source: Any, _info: Any, **given: Any) -> None:
        seen.append(given)

    of_numbers = schema_of(
        'type Query { f(i: Float, b: Boolean, s: String = "default"): Int }', {"Query.f": note}
    )
    compiled = door(of_numbers)
    document = parse("query ($i: Float, $b: Boolean, $s: String) { f(i: $i, b: $b, s: $s) }")
    for variables in ({"i": 1.0}, {"i": 1}, {"b": True}, {"s": None}, {"s": "text"}, {}, {"i": 1.0}):
        seen.clear()
        for execution in (compiled.execute, execute):
            await answer(execution, of_numbers, document, variable_values=variables)
        assert repr(seen[0]) == repr(seen[1])
