"""What is awaited together, what is not awaited in vain, and that loaders' batches stay whole."""

import asyncio
from typing import Any

from aiodataloader import DataLoader
from graphql import parse

from gateway.execution import CompiledExecution, Limits
from tests.execution.both import both, schema_of


async def never(_source: Any, _info: Any) -> None:
    """A resolver that takes for ever."""
    await asyncio.Event().wait()


async def fails(_source: Any, _info: Any) -> None:
    """A resolver."""
    await asyncio.sleep(0)
    raise ValueError("broken")


async def test_nothing_is_awaited_once_the_whole_answer_is_null() -> None:
    schema = schema_of(
        "type Query { never: Int  list: [Int]  must: Int!  t: T! } type T { never: Int  must: Int! }",
        {"Query.never": never, "Query.must": fails, "T.never": never, "T.must": fails},
    )
    for text in ("{ never must }", "{ must never }", "{ never t { must } }", "{ t { never must } never }"):
        answer = await both(schema, text, {"t": {}})
        assert (answer.data, len(answer.errors)) == (None, 1)


async def test_one_level_is_one_batch_of_each_loader() -> None:
    batches: list[list[str]] = []

    async def load(keys: list[str]) -> list[str]:
        batches.append(keys)
        await asyncio.sleep(0)
        return [f"name of {key}" for key in keys]

    async def name(source: Any, info: Any) -> Any:
        return await info.context.load(source["id"])

    def nickname(source: Any, info: Any) -> Any:
        return info.context.load(source["id"] + "!")

    schema = schema_of(
        "type Query { list: [T] one: T } type T { id: ID name: String nickname: String friend: T }",
        {"T.name": name, "T.nickname": nickname},
    )
    people = [{"id": f"p{number}", "friend": {"id": f"f{number}"}} for number in range(30)]
    compiled = CompiledExecution(schema, limits=Limits(compile_after=1))
    document = parse("{ list { name nickname friend { name } } one { id name } }")
    for _ in range(3):
        batches.clear()
        request: Any = compiled.execute(
            schema, document, root_value={"list": people, "one": {"id": "q"}}, context_value=DataLoader(load)
        )
        result = await request
        assert result.errors is None
        assert result.data["list"][29]["friend"] == {"name": "name of f29"}
    (batch,) = batches
    assert len(batch) == 91


async def test_a_slow_field_does_not_hold_up_what_lies_below_its_neighbour() -> None:
    gone_below = asyncio.Event()

    async def slow(_source: Any, _info: Any) -> str:
        await gone_below.wait()
        return "slow"

    async def quick(_source: Any, _info: Any) -> dict[str, Any]:
        return {}

    async def below(_source: Any, _info: Any) -> str:
        gone_below.set()
        return "below"

    schema = schema_of(
        "type Query { slow: String quick: T } type T { below: String }",
        {"Query.slow": slow, "Query.quick": quick, "T.below": below},
    )
    for text in ("{ slow quick { below } }", "{ quick { below } slow }"):
        answer = await both(schema, text)
        assert answer.data["quick"] == {"below": "below"}
        gone_below.clear()
