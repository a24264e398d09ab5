"""The arguments of one field node, as its resolver takes them."""

import datetime
import decimal
import uuid
from collections.abc import Callable
from enum import Enum
from typing import Any

from graphql import (
    BooleanValueNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    GraphQLError,
    GraphQLField,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    ObjectValueNode,
    StringValueNode,
    ValueNode,
    VariableNode,
    get_argument_values,
)
from graphql.execution.values import VariableValues

CONSTANT_TYPES = frozenset({
    str, int, float, bool, type(None), bytes, datetime.date, datetime.datetime, datetime.time, datetime.timedelta,
    decimal.Decimal, uuid.UUID,
})  # fmt: skip
"""What no resolver can change, so that one value may serve several."""

CONSTANT_NODES = (
    BooleanValueNode,
    EnumValueNode,
    FloatValueNode,
    IntValueNode,
    NullValueNode,
    StringValueNode,
)

Conversion = Callable[[dict[str, Any]], dict[str, Any]]


def as_they_are(values: dict[str, Any]) -> dict[str, Any]:
    """For resolvers that take graphql-core's own values."""
    return values


REMEMBERED_BY = frozenset({int, bool, type(None)})
"""Types of variables that arguments are remembered by: page sizes and switches, never what may be personal."""

MOST_REMEMBERED = 64
"""Combinations of variables whose arguments a field node remembers."""


class Arguments:
    """Works out a field node's arguments from the variables of a request."""

    def __init__(self, field: GraphQLField, node: FieldNode, conversion: Conversion = as_they_are) -> None:
        self._field = field
        self._node = node
        self._conversion = conversion
        self._names = sorted(_variables_in(node))
        self._remembered: dict[Any, dict[str, Any]] = {}

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """The arguments by keyword; raises `GraphQLError` as graphql-core does.

        What nobody can change is remembered for the same numbers and booleans.
        """
        given = [(name, variables.coerced[name]) for name in self._names if name in variables.coerced]
        key = tuple([(name, type(value), value) for name, value in given if type(value) in REMEMBERED_BY])
        if len(key) < len(given):
            return self._worked_out(variables)
        known = self._remembered.get(key)
        if known is None:
            known = self._worked_out(variables)
            if self.are_constant(known):
                if len(self._remembered) >= MOST_REMEMBERED:
                    self._remembered.clear()
                self._remembered[key] = known
        return known

    def are_constant(self, values: dict[str, Any]) -> bool:
        """Whether nobody can change them."""
        return all(type(value) in CONSTANT_TYPES or isinstance(value, Enum) for value in values.values())

    def known(self) -> dict[str, Any] | None:
        """The arguments, when no request can change them."""
        written = self._node.arguments or ()
        if not all(isinstance(argument.value, CONSTANT_NODES) for argument in written):
            return None
        try:
            values = self._worked_out(None)
        except GraphQLError:
            return None
        return values if self.are_constant(values) else None

    def _worked_out(self, variables: VariableValues | None) -> dict[str, Any]:
        return self._conversion(get_argument_values(self._field, self._node, variables))


def _variables_in(node: FieldNode) -> set[str]:
    """The variables that a field's arguments are made of."""
    found = set()
    pending: list[ValueNode] = [argument.value for argument in node.arguments or ()]
    while pending:
        match pending.pop():
            case VariableNode(name=name):
                found.add(name.value)
            case ListValueNode(values=values):
                pending += values
            case ObjectValueNode(fields=fields):
                pending += [field.value for field in fields]
    return found
