"""Which object type a value of an interface or a union has, and whether an object is of its type."""

import sys
from collections.abc import Callable
from typing import Any, cast

from graphql import (
    GraphQLAbstractType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    default_type_resolver,
)
from graphql.execution.executor import invalid_return_type_error
from graphql.pyutils import Path

from gateway.execution.info import ResolveInfo
from gateway.execution.late import awaited_later
from gateway.execution.ledger import Ledger
from gateway.execution.positions import Position
from gateway.execution.run import Run

Check = Callable[[Run, Any, Any], Any]
"""Of run, value and info."""


def type_naming(schema: GraphQLSchema, type_: GraphQLAbstractType, ledger: Ledger) -> Check:
    """Gives the name of a value's type, or a `Late` when that must be awaited; raises as graphql-core does."""
    resolve = type_.resolve_type or default_type_resolver
    possible = frozenset(one.name for one in schema.get_possible_types(type_))

    def named(run: Run, value: Any, info: ResolveInfo) -> Any:
        name: Any = resolve(value, cast("Any", info), type_)
        if type(name) is str and name in possible:
            return name
        position, path = ledger.here(sys._getframe(1))
        if not run.request.is_awaitable(name):
            return ensured(run, position, name, value).name

        def complete(found: Any) -> Any:
            own = ensured(run, position, found, value)
            linked = cast("Path", position.linked(path))
            return run.executor.complete_object_value(
                own, position.details, as_info(info), linked, value, None
            )

        return awaited_later(run, position, path, name, complete)

    def ensured(run: Run, position: Position, name: Any, value: Any) -> GraphQLObjectType:
        info = as_info(ResolveInfo(run, position))
        return run.executor.ensure_valid_runtime_type(name, type_, position.details, info, value)

    return named


def type_check(type_: GraphQLObjectType, ledger: Ledger) -> Check:
    """Gives True when an object is of its type, or a `Late` when that must be awaited; else raises."""
    is_type_of = cast("Any", type_.is_type_of)

    def checked(run: Run, value: Any, info: ResolveInfo) -> Any:
        answer = is_type_of(value, info)
        if answer is True:
            return True
        position, path = ledger.here(sys._getframe(1))
        if not run.request.is_awaitable(answer):
            if not answer:
                raise invalid_return_type_error(type_, value, position.details)
            return True

        def complete(found: Any) -> Any:
            if not found:
                raise invalid_return_type_error(type_, value, position.details)
            linked = cast("Path", position.linked(path))
            return run.executor.collect_and_execute_subfields(type_, position.details, linked, value, None)

        return awaited_later(run, position, path, answer, complete)

    return checked


def as_info(info: ResolveInfo) -> GraphQLResolveInfo[Any]:
    """To graphql-core, which asks for attributes only."""
    return cast("GraphQLResolveInfo[Any]", info)
