"""How a field's value is got: an attribute, or a call."""

import inspect
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum
from keyword import iskeyword
from typing import Any, Protocol, runtime_checkable

from graphql import FieldNode, GraphQLField, default_field_resolver

from gateway.execution.arguments import Arguments
from gateway.execution.source import Source, checked_name

InfoExpression = Callable[[str], str]
"""Writes the expression that makes the field's `info`, where it is needed, by the class of that name."""


class Awaits(Enum):
    """Whether what a resolver returns must be awaited."""

    NEVER = "a plain value, as far as is known"
    ALWAYS = "a coroutine"
    PERHAPS = "a plain value or an awaitable"


class Resolver(Protocol):
    """Writes the expression that gets one field's value."""

    @property
    def awaits(self) -> Awaits:
        """Whether the value must be awaited."""

    def expression(self, source: Source, holder: str, info: InfoExpression) -> str:
        """The expression; `holder` is the variable of the object that has the field, `info` writes the info."""


@runtime_checkable
class BatchResolver(Resolver, Protocol):
    """Gets the values of all objects of a level by one call; `expression` then makes one object's of `v`, its own."""

    @property
    def key(self) -> Callable[[Any], Hashable]:
        """Gives the key of an object."""

    def call(self, source: Source, keys: str) -> str:
        """The expression of the call; `keys` is the list of distinct keys."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """Read from the object."""

    name: str
    awaits: Awaits = Awaits.NEVER

    def expression(self, source: Source, holder: str, info: InfoExpression) -> str:
        """The attribute."""
        return f"{holder}.{self.name}"


@dataclass(frozen=True, slots=True)
class Call:
    """The resolver graphql-core would call: of the object, the info and the arguments."""

    field: GraphQLField
    node: FieldNode

    @property
    def awaits(self) -> Awaits:
        """As the function was written."""
        return Awaits.ALWAYS if inspect.iscoroutinefunction(self.field.resolve) else Awaits.NEVER

    def expression(self, source: Source, holder: str, info: InfoExpression) -> str:
        """The call."""
        function = source.bind(self.field.resolve or default_field_resolver, "resolve")
        arguments = keywords(source, Arguments(self.field, self.node))
        return f"{function}({holder}, {info('info')}{arguments})"


def keywords(source: Source, arguments: Arguments) -> str:
    """The end of a call: the arguments by keyword, worked out now where no request can change them."""
    known = arguments.known()
    if known is None:
        return f", **run.arguments({source.bind(arguments, 'arguments')})"
    if any(iskeyword(name) for name in known):
        return f", **{source.bind(known, 'arguments')}"
    return "".join(f", {checked_name(name)}={source.bind(value)}" for name, value in known.items())
