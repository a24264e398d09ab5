"""The variables of a request: graphql-core's coercion, and a short way for leaves that it would leave as they are."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLError,
    GraphQLID,
    GraphQLInputType,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    Undefined,
    VariableDefinitionNode,
    get_nullable_type,
    is_non_null_type,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values

MOST_ERRORS = 50
"""As many errors as graphql-core reports by default."""

Coercion = Callable[[Any], Any]
"""Gives the value that graphql-core would, or `Undefined` where it should be asked."""


def _string(value: Any) -> Any:
    return value if type(value) is str else Undefined


def _int(value: Any) -> Any:
    return value if type(value) is int and -2147483648 <= value <= 2147483647 else Undefined


def _boolean(value: Any) -> Any:
    return value if type(value) is bool else Undefined


SHORT_WAYS: tuple[tuple[GraphQLScalarType, Coercion], ...] = (
    (GraphQLString, _string),
    (GraphQLID, _string),
    (GraphQLInt, _int),
    (GraphQLBoolean, _boolean),
)


@dataclass(frozen=True, slots=True)
class Short:
    """A variable with a short way; `absent` is what comes of it when it is not given, None for an error."""

    signature: GraphQLVariableSignature
    coerce: Coercion
    may_be_null: bool
    absent: VariableValues | None

    def take(self, inputs: Mapping[str, Any], values: VariableValues) -> bool:
        """Adds the variable's value; False where graphql-core should be asked."""
        name = self.signature.name
        value = inputs.get(name, Undefined)
        if value is Undefined:
            return self._take_absent(values)
        coerced = value if value is None and self.may_be_null else self.coerce(value)
        values.coerced[name] = coerced
        values.sources[name] = VariableValueSource(self.signature, value)
        return coerced is not Undefined

    def _take_absent(self, values: VariableValues) -> bool:
        if self.absent is not None:
            values.coerced.update(self.absent.coerced)
            values.sources.update(self.absent.sources)
        return self.absent is not None


class Variables:
    """Coerces the variables of one operation."""

    def __init__(self, schema: GraphQLSchema, definitions: Collection[VariableDefinitionNode]) -> None:
        self._schema = schema
        self._definitions = definitions
        short = [self._short(definition) for definition in definitions]
        self._all_short = None if None in short else [one for one in short if one is not None]

    def of(self, inputs: Mapping[str, Any]) -> VariableValues | list[GraphQLError]:
        """The values, or what is wrong with them."""
        values = self._by_the_short_way(inputs)
        if values is not None:
            return values
        return get_variable_values(self._schema, self._definitions, dict(inputs), max_errors=MOST_ERRORS)

    def _by_the_short_way(self, inputs: Mapping[str, Any]) -> VariableValues | None:
        if self._all_short is None:
            return None
        values = VariableValues({}, {})
        for one in self._all_short:
            if not one.take(inputs, values):
                return None
        return values

    def _short(self, definition: VariableDefinitionNode) -> Short | None:
        signature = get_variable_signature(self._schema, definition)
        if isinstance(signature, GraphQLError):
            return None
        coerce = _short_way(signature.type)
        if coerce is None:
            return None
        absent = get_variable_values(self._schema, [definition], {})
        may_be_null = not is_non_null_type(signature.type)
        return Short(signature, coerce, may_be_null, absent if isinstance(absent, VariableValues) else None)


def _short_way(type_: GraphQLInputType) -> Coercion | None:
    nullable = get_nullable_type(type_)
    if isinstance(nullable, GraphQLEnumType):
        return _member(nullable)
    if isinstance(nullable, GraphQLScalarType):
        for scalar, coerce in SHORT_WAYS:
            if nullable.coerce_input_value is scalar.coerce_input_value:
                return coerce
    return None


def _member(type_: GraphQLEnumType) -> Coercion | None:
    try:
        members = {name: type_.coerce_input_value(name) for name in type_.values}
    except Exception:
        return None
    return lambda value: members.get(value, Undefined) if type(value) is str else Undefined
