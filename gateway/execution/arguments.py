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
    NullValueNode,
    StringValueNode,
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


class Arguments:
    """Works out a field node's arguments from the variables of a request."""

    def __init__(self, field: GraphQLField, node: FieldNode, conversion: Conversion = as_they_are) -> None:
        self._field = field
        self._node = node
        self._conversion = conversion

    def of(self, variables: VariableValues | None) -> dict[str, Any]:
        """The arguments by keyword; raises `GraphQLError` as graphql-core does."""
        return self._conversion(get_argument_values(self._field, self._node, variables))

    def are_constant(self, values: dict[str, Any]) -> bool:
        """Whether nobody can change them."""
        return all(type(value) in CONSTANT_TYPES or isinstance(value, Enum) for value in values.values())

    def known(self) -> dict[str, Any] | None:
        """The arguments, when no request can change them."""
        written = self._node.arguments or ()
        if not all(isinstance(argument.value, CONSTANT_NODES) for argument in written):
            return None
        try:
            values = self.of(None)
        except GraphQLError:
            return None
        return values if self.are_constant(values) else None
