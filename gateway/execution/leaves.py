"""Leaf values: a test of the type inline, and graphql-core's own coercion for everything else."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from enum import Enum, Flag
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLScalarType,
    GraphQLString,
    Undefined,
)
from graphql.execution import Executor
from strawberry.schema.types.base_scalars import isoformat

from gateway.execution.late import awaited_later, completed_late
from gateway.execution.ledger import Ledger
from gateway.execution.plain import PlainClasses
from gateway.execution.run import Run
from gateway.execution.source import Source

AS_IT_IS: tuple[tuple[Callable[[Any], Any], str], ...] = (
    (GraphQLString.coerce_output_value, "type({v}) is str"),
    (GraphQLID.coerce_output_value, "type({v}) is str"),
    (GraphQLInt.coerce_output_value, "type({v}) is int and -2147483648 <= {v} <= 2147483647"),
    (GraphQLFloat.coerce_output_value, "type({v}) is float and {v} - {v} == 0"),
    (GraphQLBoolean.coerce_output_value, "({v} is True or {v} is False)"),
    (str, "type({v}) is str"),
    (int, "type({v}) is int"),
)
"""Functions by which scalars coerce, and which values each of them leaves as they are."""

DATES = frozenset({date, datetime})

Coercion = Callable[[Run, Any], Any]


def unchanged_when(type_: GraphQLLeafType, variable: str) -> str | None:
    """The condition under which a leaf's value is already its result; None for types that always coerce."""
    if isinstance(type_, GraphQLScalarType):
        for coerce, condition in AS_IT_IS:
            if type_.coerce_output_value is coerce:
                return condition.format(v=variable)
    return None


def leaf_statement(
    source: Source, type_: GraphQLLeafType, variable: str, coercion: str, *, nullable: bool
) -> str:
    """The statement that completes a leaf in place; `coercion` names the slow path, a `Coercion`."""
    slow = f"{variable} = {coercion}(run, {variable})"
    unchanged = unchanged_when(type_, variable)
    if unchanged is not None:
        null = f" and {variable} is not None" if nullable else ""
        return f"if not ({unchanged}){null}: {slow}"
    if type_.coerce_output_value is isoformat:
        dates = source.bind(DATES, "dates")
        otherwise = slow.removeprefix(f"{variable} = ")
        statement = f"{variable} = {variable}.isoformat() if type({variable}) in {dates} else {otherwise}"
    else:
        statement = _member_statement(source, type_, variable, slow)
    return f"if {variable} is not None: {statement}" if nullable else statement


def _member_statement(source: Source, type_: GraphQLLeafType, variable: str, slow: str) -> str:
    members = enum_names(type_)
    if members is None:
        return slow
    class_, names = members
    name = f"{variable} = {source.bind(names, 'names')}[{variable}._name_]"
    return f"{name} if type({variable}) is {source.bind(class_, 'Enum')} else {slow.removeprefix(f'{variable} = ')}"


def enum_names(type_: GraphQLLeafType) -> tuple[type[Enum], dict[str, str]] | None:
    """For an enum over a Python enum: its class, and each member's name in the schema by its name in Python."""
    class_ = getattr(type_, "wrapped_cls", None)
    if not isinstance(type_, GraphQLEnumType) or not isinstance(class_, type):
        return None
    if not issubclass(class_, Enum) or issubclass(class_, Flag):
        return None
    try:
        return class_, {member.name: type_.coerce_output_value(member) for member in class_}
    except Exception:
        return None


def coercion(type_: GraphQLLeafType, ledger: Ledger, plain: PlainClasses) -> Coercion:
    """The slow path: what graphql-core does with any value whatever."""
    seen = plain.seen
    coerce = type_.coerce_output_value

    def coerced(run: Run, value: Any) -> Any:
        if type(value) in seen or plain.accepts(value):
            completed = coerce(value)
            if type(completed) in seen:
                return completed
            if completed is None or completed is Undefined:
                return Executor.complete_leaf_value(type_, value)
            if not run.request.is_awaitable(completed):
                return completed
            position, path = ledger.here(sys._getframe(1))
            return awaited_later(run, position, path, completed)
        position, path = ledger.here(sys._getframe(1))
        return completed_late(run, position, path, value)

    return coerced
