"""The arguments of one field node, as its resolver takes them."""

import datetime
import decimal
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from graphql import FieldNode, GraphQLField, VariableNode, get_argument_values, is_non_null_type
from graphql.execution.values import VariableValues

CONSTANT_TYPES = frozenset({
    str, int, float, bool, type(None), bytes, datetime.date, datetime.datetime, datetime.time, datetime.timedelta,
    decimal.Decimal, uuid.UUID,
})  # fmt: skip
"""What no resolver can change, so that one value may serve several."""

Conversion = Callable[[dict[str, Any]], dict[str, Any]]


def as_they_are(values: dict[str, Any]) -> dict[str, Any]:
    """For resolvers that take graphql-core's own values."""
    return values


def are_constant(values: Iterable[Any]) -> bool:
    """Whether nobody can change any of these."""
    return all(type(value) in CONSTANT_TYPES or isinstance(value, Enum | Probe) for value in values)


@dataclass(frozen=True, slots=True)
class Probe:
    """Stands for a variable's value where it is found out which arguments are just that."""

    variable: str


@dataclass(frozen=True, slots=True)
class ShortWay:
    """Arguments each of which is a constant or a variable that is handed on as it is.

    `handed_on` are the variables by keyword, `never_null` those of them that must have a value. `defaults` are the
    arguments for variables without one.
    """

    constants: dict[str, Any]
    handed_on: Mapping[str, str]
    never_null: Collection[str]
    defaults: Mapping[str, Any]

    def arguments(self, coerced: Mapping[str, Any]) -> dict[str, Any] | None:
        """By keyword; None where graphql-core has an error to tell."""
        values = self.constants.copy()
        for keyword, name in self.handed_on.items():
            value = coerced.get(name)
            if value is None and name in self.never_null:
                return None
            if value is not None or name in coerced:
                values[keyword] = value
            elif keyword in self.defaults:
                values[keyword] = self.defaults[keyword]
        return values


class Arguments:
    """Works out a field node's arguments from the variables of a request."""

    def __init__(self, field: GraphQLField, node: FieldNode, conversion: Conversion = as_they_are) -> None:
        self._field = field
        self._node = node
        self._conversion = conversion
        self._short_way = self._found_short_way()

    @property
    def are_short(self) -> bool:
        """Whether each of them is a constant or a variable that is handed on as it is."""
        return self._short_way is not None

    def of(self, variables: VariableValues) -> dict[str, Any]:
        """The arguments by keyword; raises `GraphQLError` as graphql-core does."""
        values = None if self._short_way is None else self._short_way.arguments(variables.coerced)
        return self._worked_out(variables) if values is None else values

    def known(self) -> dict[str, Any] | None:
        """The arguments, when no request can change them."""
        short_way = self._short_way
        return None if short_way is None or short_way.handed_on else short_way.constants

    def _found_short_way(self) -> ShortWay | None:
        """What comes of trying with a `Probe` for each variable that is an argument."""
        types = [
            (argument.value.name.value, self._field.args[argument.name.value].type)
            for argument in self._node.arguments or ()
            if isinstance(argument.value, VariableNode) and argument.name.value in self._field.args
        ]
        never_null = {name for name, type_ in types if is_non_null_type(type_)}
        values, defaults = self._tried(name for name, _ in types), self._tried(never_null)
        if values is None or defaults is None:
            return None
        handed_on = {keyword: value.variable for keyword, value in values.items() if isinstance(value, Probe)}
        constants = {keyword: value for keyword, value in values.items() if keyword not in handed_on}
        return ShortWay(constants, handed_on, never_null, defaults)

    def _tried(self, names: Iterable[str]) -> dict[str, Any] | None:
        """The arguments with a `Probe` for each variable of these names, if nobody could change them."""
        try:
            values = self._worked_out(VariableValues({}, {name: Probe(name) for name in names}))
        except Exception:
            return None
        return values if are_constant(values.values()) else None

    def _worked_out(self, variables: VariableValues) -> dict[str, Any]:
        return self._conversion(get_argument_values(self._field, self._node, variables))
