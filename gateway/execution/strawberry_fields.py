"""Strawberry's fields: attributes read and resolvers called without what stands between, where that is nothing."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from inspect import iscoroutinefunction
from keyword import iskeyword
from typing import Any

import strawberry
from graphql import FieldNode, GraphQLField, GraphQLObjectType
from strawberry import Schema
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument, convert_arguments
from strawberry.types.base import StrawberryList, StrawberryOptional, has_object_definition
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver
from strawberry.types.lazy_type import LazyType

from gateway.execution.arguments import Arguments, Conversion
from gateway.execution.batch_fields import BATCH, BatchParts
from gateway.execution.guards import guarded, only_guards
from gateway.execution.read_fields import PATH
from gateway.execution.resolvers import Attribute, Awaits, Call, InfoExpression, Resolver, keywords
from gateway.execution.source import Source
from gateway.execution.strawberry_info import StrawberryInfo


class StrawberryFields:
    """Chooses how each field of one Strawberry schema is resolved."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def resolver(self, field: GraphQLField, node: FieldNode) -> Resolver:
        """The most direct way that does all that Strawberry would do."""
        definition = (field.extensions or {}).get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if not isinstance(definition, StrawberryField) or self._is_special(definition):
            return Call(field, node)
        attribute = None if definition.extensions else _attribute(definition)
        if attribute is not None:
            return attribute
        base = definition.base_resolver
        if base is None or not callable(base.wrapped_func):
            return Call(field, node)
        arguments = Arguments(field, node, self._conversion(definition.arguments))
        if not arguments.are_short and not self._are_simple(definition.arguments):
            return Call(field, node)
        parts = getattr(base.wrapped_func, BATCH, None)
        if isinstance(parts, BatchParts) and not definition.extensions:
            return BatchCall(definition, parts, arguments, self._schema)
        return DirectCall(definition, base, arguments, self._schema)

    def _is_special(self, definition: StrawberryField) -> bool:
        return bool(
            not only_guards(definition.extensions)
            or definition.is_subscription
            or self._schema.exception_handlers
            or type(definition).get_result is not StrawberryField.get_result
        )

    def _are_simple(self, arguments: list[StrawberryArgument]) -> bool:
        """Whether no argument is an input type, whose making may need the info."""
        return not any(has_object_definition(_innermost(argument.type)) for argument in arguments)

    def _conversion(self, arguments: list[StrawberryArgument]) -> Conversion:
        registry = self._schema.schema_converter.scalar_registry
        return partial(
            convert_arguments,
            arguments=arguments,
            scalar_registry=registry,
            config=self._schema.config,
        )


def _innermost(type_: Any) -> Any:
    while isinstance(type_, StrawberryOptional | StrawberryList | LazyType):
        type_ = type_.resolve_type() if isinstance(type_, LazyType) else type_.of_type
    return type_


def _attribute(definition: StrawberryField) -> Attribute | None:
    if definition.base_resolver is not None:
        path = getattr(definition.base_resolver.wrapped_func, PATH, None)
    else:
        path = definition.python_name if definition.default_resolver is getattr else None
    if path is None or not all(name.isidentifier() and not iskeyword(name) for name in path.split(".")):
        return None
    return Attribute(path)


@dataclass(frozen=True, slots=True)
class DirectCall:
    """The function that was written for the field, called with what it asks for."""

    definition: StrawberryField
    base: StrawberryResolver[Any]
    arguments: Arguments
    schema: Schema

    @property
    def awaits(self) -> Awaits:
        """As the function was written."""
        return Awaits.ALWAYS if iscoroutinefunction(self.base.wrapped_func) else Awaits.NEVER

    def expression(self, source: Source, holder: str, info: InfoExpression) -> str:
        """The call."""
        given = [holder] if self.base.self_parameter else []
        named = (self.base.parent_parameter, self.base.root_parameter)
        given += [f"{parameter.name}={holder}" for parameter in named if parameter is not None]
        if self.base.info_parameter is not None:
            own_info = _info(source, self.schema, self.definition, info)
            given.append(f"{self.base.info_parameter.name}={own_info}")
        arguments = keywords(source, self.arguments).removeprefix(", ")
        if arguments:
            given.append(arguments)
        function: Any = self.base.wrapped_func
        if self.definition.extensions:
            function = guarded(self.definition.extensions, function)
            given.insert(0, _info(source, self.schema, self.definition, info))
        return f"{source.bind(function, 'resolve')}({', '.join(given)})"


@dataclass(frozen=True, slots=True)
class BatchCall:
    """The functions of a batch field."""

    definition: StrawberryField
    parts: BatchParts
    arguments: Arguments
    schema: Schema
    awaits: Awaits = Awaits.ALWAYS

    @property
    def key(self) -> Callable[[Any], Hashable]:
        """As the field was declared."""
        return self.parts.key

    def call(self, source: Source, keys: str) -> str:
        """One call for all objects."""
        load = source.bind(self.parts.load, "load")
        return f"{load}(run.request.context_value, {keys}{keywords(source, self.arguments)})"

    def expression(self, source: Source, holder: str, info: InfoExpression) -> str:
        """One object's value, of what was found for it."""
        given = [holder, "v"]
        if self.parts.takes_info:
            given.append(f"info={_info(source, self.schema, self.definition, info)}")
        make = source.bind(self.parts.make, "make")
        return f"{make}({', '.join(given)}{keywords(source, self.arguments)})"


def _info(source: Source, schema: Schema, definition: StrawberryField, info: InfoExpression) -> str:
    """The expression that makes Strawberry's info, or the schema's own kind of it around graphql-core's."""
    info_class = schema.config.info_class
    if info_class is strawberry.Info:
        return info(source.bind(StrawberryInfo, "Info"))
    return f"{source.bind(info_class, 'Info')}({info('info')}, {source.bind(definition, 'field')})"


def own_class(type_: GraphQLObjectType) -> type | None:
    """The class whose plain instances Strawberry's own `is_type_of` accepts without a doubt."""
    definition = (type_.extensions or {}).get(GraphQLCoreConverter.DEFINITION_BACKREF)
    if definition is None or definition.is_type_of is not None:
        return None
    return definition.origin if isinstance(definition.origin, type) else None
