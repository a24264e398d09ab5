"""Batch fields: one call for all objects of a level, each with its own outcome, and the answer of graphql-core."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

import pytest
import strawberry
from graphql import execute, parse
from strawberry.execution import optimized_is_awaitable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution import CompiledSchema, Limits, batch_field
from tests.execution.sameness import Answer, answer


@dataclass
class Calls:
    """The context: what was asked for, call by call."""

    asked: list[tuple[str, list[str], dict[str, Any]]] = field(default_factory=list)


async def names(
    context: Calls, keys: Sequence[str], *, polite: bool = False
) -> Mapping[str, str | Exception]:
    context.asked.append(("names", list(keys), {"polite": polite}))
    await asyncio.sleep(0)
    if "fatal" in keys:
        raise RuntimeError("all broken")
    return {
        key: ValueError(f"no {key}") if key == "bad" else f"name of {key}" for key in keys if key != "missing"
    }


async def friends(context: Calls, keys: Sequence[str]) -> Mapping[str, list[str]]:
    context.asked.append(("friends", list(keys), {}))
    return {key: [f"{key}1", f"{key}2"] for key in keys}


def number_of(person: "Person") -> str:
    if person.number == "keyless":
        raise LookupError("has no key")
    return person.number


@strawberry.type
class Person:
    number: str

    @batch_field(names, key=number_of, description="What to say.")
    def greeting(
        self, found: str, polite: Annotated[bool, strawberry.argument(description="Or not.")] = False
    ) -> str | None:
        """Of a person."""
        return f"Dear {found}" if polite else f"Hi {found}"

    @batch_field(names, key=number_of)
    def name(self, found: str, info: strawberry.Info) -> str:
        return f"{found} at {'.'.join(map(str, info.path.as_list()))}"

    @batch_field(friends, key=number_of)
    def friends(self, found: list[str]) -> list["Person"] | None:
        return [Person(number=number) for number in found]


@strawberry.type
class Query:
    @strawberry.field
    def people(self, numbers: list[str]) -> list[Person | None]:
        return [Person(number=number) for number in numbers]

    @strawberry.field
    def person(self) -> Person:
        return Person(number="one")


SCHEMA = CompiledSchema(query=Query, limits=Limits(compile_after=1))


async def asked(text: str, **variables: Any) -> tuple[Answer, Calls]:
    """The compiled answer, which graphql-core's equals, and the calls it took."""
    given: dict[str, Any] = {
        "variable_values": variables,
        "is_awaitable": optimized_is_awaitable,
        "executor_class": StrawberryGraphQLCoreExecutionContext,
    }
    document = parse(text)
    theirs = await answer(execute, SCHEMA.core, document, context_value=Calls(), **given)
    calls = Calls()
    ours = await answer(SCHEMA.compiled.execute, SCHEMA.core, document, context_value=calls, **given)
    assert (ours.data, sorted(ours.errors, key=repr)) == (theirs.data, sorted(theirs.errors, key=repr))
    return ours, calls


async def test_all_objects_of_a_level_are_one_call_with_each_key_once() -> None:
    result, calls = await asked('{ people(numbers: ["a", "b", "a"]) { greeting } }')

    assert result.data == {"people": [{"greeting": f"Hi name of {key}"} for key in "aba"]}
    assert calls.asked == [("names", ["a", "b"], {"polite": False})]


async def test_arguments_reach_both_functions() -> None:
    text = """query ($polite: Boolean!) { people(numbers: ["a"]) { hi: greeting dear: greeting(polite: $polite) } }"""
    result, calls = await asked(text, polite=True)

    assert result.data == {"people": [{"hi": "Hi name of a", "dear": "Dear name of a"}]}
    assert calls.asked == [("names", ["a"], {"polite": False}), ("names", ["a"], {"polite": True})]


async def test_levels_below_are_one_call_each() -> None:
    result, calls = await asked('{ people(numbers: ["a", "b"]) { friends { friends { name } } } }')

    assert result.data["people"][1]["friends"][0]["friends"][1] == {
        "name": "name of b12 at people.1.friends.0.friends.1.name"
    }
    assert [(name, len(keys)) for name, keys, _ in calls.asked] == [
        ("friends", 2),
        ("friends", 4),
        ("names", 8),
    ]


async def test_each_object_has_its_own_error() -> None:
    """Its own exception, a missing answer, and an object that has no key."""
    result, calls = await asked('{ people(numbers: ["a", "bad", "missing", "keyless", "b"]) { greeting } }')

    greetings = [person["greeting"] for person in result.data["people"]]
    assert greetings == ["Hi name of a", None, None, None, "Hi name of b"]
    assert [(message, path) for message, path, _ in result.errors] == [
        ("no bad", ("people", 1, "greeting")),
        ("'missing'", ("people", 2, "greeting")),
        ("has no key", ("people", 3, "greeting")),
    ]
    assert calls.asked == [("names", ["a", "bad", "missing", "b"], {"polite": False})]


async def test_a_required_field_makes_its_own_object_null() -> None:
    result, _ = await asked('{ people(numbers: ["a", "bad"]) { name friends { number } } }')

    assert result.data["people"][1] is None
    assert result.data["people"][0]["friends"] == [{"number": "a1"}, {"number": "a2"}]


async def test_a_call_that_fails_is_every_objects_error() -> None:
    result, _ = await asked('{ people(numbers: ["fatal", "fatal"]) { greeting } }')

    assert [message for message, _, _ in result.errors] == ["all broken", "all broken"]


async def test_the_argument_and_the_description_stand_in_the_schema() -> None:
    printed = SCHEMA.as_str()

    assert (
        '"""What to say."""\n  greeting(\n    """Or not."""\n    polite: Boolean! = false\n  ): String\n'
        in printed
    )
    assert "name: String!" in printed


@pytest.mark.parametrize("text", ["{ person { greeting name friends { number } } }"])
async def test_one_object_alone_is_the_same(text: str) -> None:
    result, _ = await asked(text)

    assert result.data["person"]["greeting"] == "Hi name of one"
