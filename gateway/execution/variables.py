"""The variables of a request: graphql-core's coercion, and a short way for values that it would leave as they are."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from graphql import (
    GraphQLBoolean,
    GraphQLError,
    GraphQLID,
    GraphQLInt,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLString,
    VariableDefinitionNode,
    get_named_type,
    get_nullable_type,
    is_non_null_type,
)
from graphql.execution.get_variable_signature import GraphQLVariableSignature, get_variable_signature
from graphql.execution.values import VariableValues, VariableValueSource, get_variable_values

MOST_ERRORS = 50
"""As many errors as graphql-core reports by default."""


def _is_string(value: Any) -> bool:
    return type(value) is str


def _is_int(value: Any) -> bool:
    return type(value) is int and -2147483648 <= value <= 2147483647


def _is_boolean(value: Any) -> bool:
    return type(value) is bool


SHORT_WAYS: tuple[tuple[GraphQLScalarType, Callable[[Any], bool]], ...] = (
    (GraphQLString, _is_string),
    (GraphQLID, _is_string),
    (GraphQLInt, _is_int),
    (GraphQLBoolean, _is_boolean),
)


class Variables:
    """Coerces the variables of one operation."""

    def __init__(self, schema: GraphQLSchema, definitions: Collection[VariableDefinitionNode]) -> None:
        self._schema = schema
        self._definitions = definitions
        self._short = [
            (signature, signature.name, short, not is_non_null_type(signature.type))
            for definition in definitions
            for signature in [get_variable_signature(schema, definition)]
            if isinstance(signature, GraphQLVariableSignature)
            and (short := _short_way(signature)) is not None
        ]
        self._all_are_short = len(self._short) == len(definitions)

    def of(self, inputs: Mapping[str, Any]) -> VariableValues | list[GraphQLError]:
        """The values, or what is wrong with them."""
        values = self._by_the_short_way(inputs) if self._all_are_short else None
        if values is not None:
            return values
        return get_variable_values(self._schema, self._definitions, dict(inputs), max_errors=MOST_ERRORS)

    def _by_the_short_way(self, inputs: Mapping[str, Any]) -> VariableValues | None:
        coerced = {}
        sources = {}
        for signature, name, is_unchanged, may_be_null in self._short:
            value = inputs.get(name)
            if not is_unchanged(value) and not (may_be_null and value is None and name in inputs):
                return None
            coerced[name] = value
            sources[name] = VariableValueSource(signature, value)
        return VariableValues(sources, coerced)


def _short_way(signature: GraphQLVariableSignature) -> Callable[[Any], bool] | None:
    type_ = get_nullable_type(signature.type)
    if type_ is not get_named_type(signature.type) or not isinstance(type_, GraphQLScalarType):
        return None
    for scalar, is_unchanged in SHORT_WAYS:
        if type_.coerce_input_value is scalar.coerce_input_value:
            return is_unchanged
    return None
