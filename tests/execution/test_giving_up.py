"""What is awaited for an object that has become null is given up, wherever it waits, and the rest is answered."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from graphql import GraphQLSchema, parse

from gateway.execution import CompiledExecution, Limits
from tests.execution.both import both, schema_of
from tests.execution.sameness import Answer, answer

ENDLESS = 20.0
"""Seconds after which a test that waits for what was to be given up fails."""


TICKS = 10
"""Turns of the loop after which whoever waits has begun to."""


class Endless:
    """Resolvers that never return, and whether they were ended."""

    def __init__(self) -> None:
        self.ended: list[Any] = []

    async def never(self, source: Any, _info: Any) -> Any:
        """Waits for ever, but for sources that say "quick"."""
        if source.get("quick"):
            return 1
        try:
            await asyncio.Event().wait()
        finally:
            self.ended.append(source.get("name"))

    async def fails(self, source: Any, _info: Any) -> Any:
        """Fails once the others have begun to wait, but for sources that say "quick"."""
        if not source.get("quick"):
            for _ in range(TICKS):
                await asyncio.sleep(0)
            raise ValueError("broken")
        return 1


@pytest.fixture
def endless() -> Endless:
    return Endless()


SDL = """
type Query { t: T  list: [T]  other: Int  chain: T }
type T { never: Int  must: Int!  deep: Deep  deepList: [Deep!]  must2: Int!  inner: T }
type Deep { never: Int  deeper: Deep }
"""


def schema_with(endless: Endless, **more: Callable[..., Any]) -> Any:
    async def deep(source: Any, _info: Any) -> Any:
        return source.get("deep", {})

    resolvers = {
        "T.never": endless.never,
        "T.must": endless.fails,
        "T.deep": deep,
        "Deep.never": endless.never,
        "Deep.deeper": deep,
    }
    return schema_of(SDL, {**resolvers, **{name.replace("_", "."): each for name, each in more.items()}})


async def test_a_sibling_that_never_returns_is_ended(endless: Endless) -> None:
    root = {"t": {"name": "t"}, "other": 1}
    async with asyncio.timeout(ENDLESS):
        for text in ("{ t { never must } other }", "{ t { must never } other }"):
            answer = await both(schema_with(endless), text, root)
            assert (answer.data, len(answer.errors)) == ({"t": None, "other": 1}, 1)
    assert set(endless.ended) == {"t"}


async def test_only_the_object_that_became_null_is_given_up(endless: Endless) -> None:
    people = [{"quick": True}, {"name": "slow"}, {"quick": True}]
    async with asyncio.timeout(ENDLESS):
        answer = await both(schema_with(endless), "{ list { never must } }", {"list": people})
    assert answer.data == {"list": [{"never": 1, "must": 1}, None, {"never": 1, "must": 1}]}
    assert set(endless.ended) == {"slow"}


@pytest.mark.parametrize("below", ["never", "deeper { never }", "deeper { deeper { never } }"])
async def test_what_lies_below_is_given_up_too(endless: Endless, below: str) -> None:
    async with asyncio.timeout(ENDLESS):
        answer = await both(schema_with(endless), f"{{ t {{ deep {{ {below} }} must }} other }}", {"t": {}})
    assert (answer.data, len(answer.errors)) == ({"t": None, "other": None}, 1)
    assert set(endless.ended) == {None}


async def test_several_objects_below_are_given_up(endless: Endless) -> None:
    deep = [{"name": "a"}, {"name": "b"}]
    async with asyncio.timeout(ENDLESS):
        answer = await both(
            schema_with(endless), "{ t { deepList { never } must } }", {"t": {"deepList": deep}}
        )
    assert answer.data == {"t": None}
    assert set(endless.ended) == {"a", "b"}


async def test_an_awaitable_item_beside_one_that_fails_is_ended(endless: Endless) -> None:
    schema = schema_of("type Query { list: [Int!]  other: Int }")

    def items(_info: Any) -> list[Any]:
        return [endless.never({"name": "item"}, None), endless.fails({}, None)]

    async with asyncio.timeout(ENDLESS):
        answer = await both(schema, "{ list other }", {"list": items, "other": 1})
    assert answer.data == {"list": None, "other": 1}
    assert set(endless.ended) == {"item"}


async def test_an_object_and_the_one_it_is_in_may_become_null_at_the_same_time(endless: Endless) -> None:
    """graphql-core would wait for ever."""
    root = {"t": {"inner": {"name": "inner"}}, "other": 1}
    result = await compiled_alone(schema_with(endless), "{ t { inner { never must } must } other }", root)
    assert result.data == {"t": None, "other": 1}
    assert endless.ended == ["inner"]


async def test_a_loaders_future_is_not_cancelled_because_one_object_gave_up(endless: Endless) -> None:
    """It belongs to others, too."""
    shared: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    asyncio.get_running_loop().call_later(0.05, shared.set_result, 1)
    schema = schema_with(endless, T_must2=lambda _source, _info: shared)
    result = await compiled_alone(schema, "{ list { must must2 } }", {"list": [{"name": "slow"}]})
    assert (result.data, len(result.errors)) == ({"list": [None]}, 1)
    assert await shared == 1


async def compiled_alone(schema: GraphQLSchema, text: str, root: Any) -> Answer:
    """The compiled answer, by which graphql-core's is not compared."""
    compiled = CompiledExecution(schema, limits=Limits(compile_after=1))
    async with asyncio.timeout(ENDLESS):
        return await answer(compiled.execute, schema, parse(text), root_value=root)
