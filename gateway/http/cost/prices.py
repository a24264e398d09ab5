"""The prices of a schema's fields, from its `@cost` and `@listSize`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
)
from strawberry.types.field import StrawberryField

from gateway.schema.cost import Cost, ListSize

ASSUMED_SIZE = 10
"""Of a list that says nothing about its length."""


@dataclass(frozen=True, slots=True)
class Price:
    """`weight` of a call, whether its value is made of objects, and how long its list gets."""

    weight: int
    objects: bool
    many: bool
    assumed_size: int = ASSUMED_SIZE
    slicing: Mapping[str, int] | None = None
    """The slicing arguments, each with the size that its default stands for."""
    sized_fields: frozenset[str] = frozenset()
    """Fields of the value to which the size belongs; without them it is that of the field's own list."""


Prices = Mapping[str, Mapping[str, Price]]
"""By the names of a type and of a field."""


def prices_of(schema: GraphQLSchema) -> Prices:
    """The price of every field of every object and interface."""
    return {
        name: {field_name: _price(field) for field_name, field in each.fields.items()}
        for name, each in schema.type_map.items()
        if isinstance(each, GraphQLObjectType | GraphQLInterfaceType)
    }


def _price(field: GraphQLField) -> Price:
    cost, size = _declared(field, Cost), _declared(field, ListSize)
    price = Price(
        weight=int(cost.weight) if cost else 0,
        objects=is_composite_type(get_named_type(field.type)),
        many=is_list_type(get_nullable_type(field.type)),
    )
    return price if size is None else _sized(price, field, size)


def _sized(price: Price, field: GraphQLField, size: ListSize) -> Price:
    assumed = size.assumed_size or ASSUMED_SIZE
    slicing = {
        name: _size_of(field.args[name].default_value, assumed) for name in size.slicing_arguments or ()
    }
    return Price(
        price.weight, price.objects, price.many, assumed, slicing, frozenset(size.sized_fields or ())
    )


def _size_of(default: Any, assumed: int) -> int:
    return default if isinstance(default, int) else assumed


def _declared(field: GraphQLField, kind: type[Any]) -> Any:
    definition = field.extensions.get("strawberry-definition")
    if not isinstance(definition, StrawberryField):
        return None
    return next((each for each in definition.directives if isinstance(each, kind)), None)
