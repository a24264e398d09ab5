"""Carrying out one operation by graphql-core and compiled, and seeing that they agree."""

from collections.abc import Mapping
from typing import Any

import orjson
from graphql import GraphQLSchema, build_schema, execute, parse, validate

from gateway.execution import CompiledExecution, Limits
from tests.execution.sameness import Answer, Told, answer


def schema_of(sdl: str, resolvers: Mapping[str, Any] | None = None) -> GraphQLSchema:
    """A schema from its definition; `resolvers` by "Type.field", or by "Type" for `is_type_of` or `resolve_type`."""
    schema = build_schema(sdl)
    for name, resolver in (resolvers or {}).items():
        type_name, _, field = name.partition(".")
        type_: Any = schema.type_map[type_name]
        if field:
            type_.fields[field].resolve = resolver
        elif hasattr(type_, "is_type_of"):
            type_.is_type_of = resolver
        else:
            type_.resolve_type = resolver
    return schema


async def both(
    schema: GraphQLSchema,
    text: str,
    root: Any = None,
    *,
    valid: bool = True,
    left: tuple[str, ...] = (),
    **options: Any,
) -> Answer:
    """The answer both give, twice; `left` are the reasons for which it was graphql-core's after all."""
    document = parse(text)
    assert bool(validate(schema, document)) is not valid
    compiled = CompiledExecution(schema, limits=Limits(compile_after=1))
    options["root_value"] = root
    theirs = await answer(execute, schema, document, **options)
    for _ in range(2):
        ours = await answer(compiled.execute, schema, document, **options)
        assert orjson.dumps(ours.data) == orjson.dumps(theirs.data)
        assert in_order(ours) == in_order(theirs)
    assert tuple(compiled.statistics().left) == left
    return theirs


def in_order(answer: Answer) -> list[Told]:
    """The errors; where resolvers are awaited they come in any order."""
    return sorted(answer.errors, key=repr) if answer.was_awaited else answer.errors
