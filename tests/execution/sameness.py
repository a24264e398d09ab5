"""What it means that two executors gave the same answer.

Data is the same byte for byte. Where no resolver ever returns an awaitable, errors are the same, in the same order.
Where resolvers are awaited, the specification leaves open which of several errors beneath one position
that became null is told, since they race; so there

* errors that lie beneath no null but their own are the same;
* beneath each null at least one error is told, and each is one that graphql-core finds there when it carries out the
  operation without propagating errors (`@experimental_disableErrorPropagation`): all there are. Where that is a single
  one, it is that one.
"""

import asyncio
import inspect
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
from graphql import DocumentNode, ExecutionResult, GraphQLError, GraphQLSchema

Told = tuple[str, tuple[str | int, ...] | None, tuple[tuple[int, int], ...]]
Errors = Counter[Told]


class Answer(NamedTuple):
    """A result, and whether something had to be awaited for it."""

    data: Any
    errors: list[Told]
    was_awaited: bool


def told(error: GraphQLError) -> Told:
    """An error as far as a client sees it."""
    path = None if error.path is None else tuple(error.path)
    return error.message, path, tuple((place.line, place.column) for place in error.locations or ())


async def answer(
    execution: Callable[..., Any], schema: GraphQLSchema, document: DocumentNode, **options: Any
) -> Answer:
    """Carries out an operation, and waits for whatever graphql-core left running in the background."""
    result = execution(schema, document, **options)
    was_awaited = inspect.isawaitable(result)
    if was_awaited:
        result = await result
    assert isinstance(result, ExecutionResult)
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await asyncio.gather(*(task for task in others if _is_left(task)), return_exceptions=True)
    return Answer(result.data, [told(error) for error in result.errors or ()], was_awaited)


def _is_left(task: "asyncio.Task[Any]") -> bool:
    """Whether it is a field's that graphql-core no longer waits for, or a resolver's of a world."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and ("graphql" in code.co_filename or "worlds" in code.co_filename)


def assert_same(ours: Answer, theirs: Answer, everything: Answer, *, exactly: bool) -> None:
    """Fails with both answers unless they are the same.

    `everything` has all errors, without propagation; `exactly`: nothing races.
    """
    assert orjson.dumps(ours.data) == orjson.dumps(theirs.data)
    if exactly:
        assert ours == theirs
        return
    mine, yours, all_there_are = (_by_null(one.errors, ours.data) for one in (ours, theirs, everything))
    assert mine.keys() == yours.keys()
    for null, errors in mine.items():
        possible = all_there_are[null] | yours[null]
        assert errors <= possible
        if len(possible) == 1 or all(error[1] == null for error in yours[null]):
            assert errors == yours[null]


def _by_null(errors: list[Told], data: Any) -> dict[tuple[str | int, ...] | None, Errors]:
    """Errors by the position that is null because of them."""
    found: dict[Any, Errors] = defaultdict(Counter)
    for error in errors:
        found[None if error[1] is None else _null_above(error[1], data)][error] += 1
    return found


def _null_above(path: tuple[str | int, ...], data: Any) -> tuple[str | int, ...]:
    """The first position on the way that is null."""
    for length, key in enumerate(path):
        if data is None:
            return path[:length]
        data = data[key]
    return path
