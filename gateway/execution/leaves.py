"""Leaf values: a test of the type inline, and graphql-core's own coercion for everything else."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Inline:
    """How generated source completes a value `{v}` itself.

    `unchanged` is the condition under which a value is its own result, `conversion` another "result if condition".
    """

    unchanged: str | None = None
    conversion: str | None = None


BY_COERCION: tuple[tuple[Callable[[Any], Any], Inline], ...] = (
    (GraphQLString.coerce_output_value, Inline("type({v}) is str")),
    (GraphQLID.coerce_output_value, Inline("type({v}) is str")),
    (GraphQLInt.coerce_output_value, Inline("type({v}) is int and -1073741824 < {v} < 1073741824")),
    (GraphQLFloat.coerce_output_value, Inline("type({v}) is float and {v} - {v} == 0")),
    (GraphQLBoolean.coerce_output_value, Inline("({v} is True or {v} is False)")),
    (str, Inline("type({v}) is str", "str({v}) if type({v}) in plain")),
    (int, Inline("type({v}) is int")),
    (isoformat, Inline(conversion="{v}.isoformat() if type({v}) in dates")),
)
"""By the functions with which scalars coerce. CPython compares integers of 30 bits in one step."""

DATES = frozenset({date, datetime})
KEPT_DATES = Inline("type({v}) in dates")

Coercion = Callable[[Run, Any], Any]


def leaf_statement(
    source: Source, type_: GraphQLLeafType, variable: str, coercion: str, *, nullable: bool, keeps_dates: bool
) -> str:
    """The statement that completes a leaf in place; `coercion` names the slow path, a `Coercion`."""
    inline = _inline(source, type_, keeps_dates=keeps_dates)
    doubts = [] if inline.unchanged is None else [f"not ({inline.unchanged})"]
    if nullable:
        doubts.append("{v} is not None")
    condition = f"if {' and '.join(doubts)}: " if doubts else ""
    conversion = "" if inline.conversion is None else f"{inline.conversion} else "
    return f"{condition}{{v}} = {conversion}{coercion}(run, {{v}})".format(v=variable)


def _inline(source: Source, type_: GraphQLLeafType, *, keeps_dates: bool) -> Inline:
    if isinstance(type_, GraphQLEnumType):
        return _of_enum(source, type_)
    if keeps_dates and type_.coerce_output_value is isoformat:
        return KEPT_DATES
    known = (inline for coerce, inline in BY_COERCION if coerce is type_.coerce_output_value)
    return next(known, Inline())


def _of_enum(source: Source, type_: GraphQLEnumType) -> Inline:
    members = enum_names(type_)
    if members is None:
        return Inline()
    class_, names = members
    is_member = f"type({{v}}) is {source.bind(class_, 'Enum')}"
    if all(name == own_name for own_name, name in names.items()):
        return Inline(conversion=f"{{v}}._name_ if {is_member}")
    return Inline(conversion=f"{source.bind(names, 'names')}[{{v}}._name_] if {is_member}")


def enum_names(type_: GraphQLEnumType) -> tuple[type[Enum], dict[str, str]] | None:
    """For an enum over a Python enum: its class, and each member's name in the schema by its name in Python."""
    class_ = getattr(type_, "wrapped_cls", None)
    if not isinstance(class_, type) or not issubclass(class_, Enum) or issubclass(class_, Flag):
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
