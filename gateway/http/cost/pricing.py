"""Reads an operation with a schema's prices: which fields cost something, and how long their lists get."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_abstract_type,
)

from gateway.http.cost.estimates import BySize, PricedField, PricedOperation, Size, page_of
from gateway.http.cost.prices import Price, Prices, prices_of


class Pricing:
    """Prices the operations of one schema. A document must be valid, and within the limit of height."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._prices: Prices = prices_of(schema)

    def priced(
        self, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
    ) -> PricedOperation:
        """The operation with its prices; `fragments` are those of its document."""
        root = self._schema.get_root_type(operation.operation)
        reading = _Reading(self._schema, self._prices, fragments, _defaults(operation))
        return PricedOperation(reading.fields(root, [operation.selection_set], {}) if root else ())


class _Reading(NamedTuple):
    """Reads the fields of one operation."""

    schema: GraphQLSchema
    prices: Prices
    fragments: Mapping[str, FragmentDefinitionNode]
    defaults: Mapping[str, ValueNode]

    def fields(
        self,
        of: GraphQLObjectType,
        selections: Sequence[SelectionSetNode],
        sizes: Mapping[str, Size],
    ) -> tuple[PricedField, ...]:
        """The fields of a type that cost something; `sizes` are those of lists that the field above has sized."""
        collected: dict[str, list[FieldNode]] = {}
        for field in self._collected(of, selections):
            collected.setdefault((field.alias or field.name).value, []).append(field)
        read = (self._field(of, key, fields, sizes) for key, fields in collected.items())
        return tuple(each for each in read if each.price.objects or each.price.weight)

    def _field(
        self,
        of: GraphQLObjectType,
        key: str,
        fields: Sequence[FieldNode],
        sizes: Mapping[str, Size],
    ) -> PricedField:
        name = fields[0].name.value
        if name.startswith("__"):
            return PricedField(key, Price(weight=0, objects=False, many=False), 1, {})
        price = self.prices[of.name][name]
        size = self._size(price, fields[0])
        own = sizes.get(name, price.assumed_size if price.slicing is None else size) if price.many else 1
        below = dict.fromkeys(price.sized_fields, size)
        selections = [field.selection_set for field in fields if field.selection_set]
        types = self._types(get_named_type(of.fields[name].type)) if selections else ()
        return PricedField(
            key, price, own, {each.name: self.fields(each, selections, below) for each in types}
        )

    def _types(self, named: GraphQLNamedType) -> Sequence[GraphQLObjectType]:
        if is_abstract_type(named):
            return self.schema.get_possible_types(named)
        return [named] if isinstance(named, GraphQLObjectType) else []

    def _size(self, price: Price, field: FieldNode) -> Size:
        """The size that the slicing arguments say, the assumed one without any."""
        given = {argument.name.value: argument.value for argument in field.arguments or ()}
        for name, default in (price.slicing or {}).items():
            return self._given_size(given[name], default) if name in given else default
        return price.assumed_size

    def _given_size(self, value: ValueNode, default: int) -> Size:
        match value:
            case IntValueNode():
                return page_of(int(value.value))
            case ListValueNode():
                return page_of(len(value.values))
            case VariableNode() if value.name.value in self.defaults:
                otherwise = self._given_size(self.defaults[value.name.value], default)
                return BySize(value.name.value, otherwise if isinstance(otherwise, int) else default)
            case VariableNode():
                return BySize(value.name.value, default)
            case _:
                return default

    def _collected(
        self, of: GraphQLObjectType, selections: Sequence[SelectionSetNode]
    ) -> Iterator[FieldNode]:
        """Every field selected of an object of this type, each fragment once."""
        pending, spread = list(reversed(selections)), set[str]()
        while pending:
            for selection in pending.pop().selections:
                match selection:
                    case FieldNode():
                        yield selection
                    case InlineFragmentNode():
                        if self._applies(of, selection):
                            pending.append(selection.selection_set)
                    case FragmentSpreadNode() if selection.name.value not in spread:
                        spread.add(selection.name.value)
                        fragment = self.fragments[selection.name.value]
                        if self._applies(of, fragment):
                            pending.append(fragment.selection_set)

    def _applies(self, of: GraphQLObjectType, fragment: InlineFragmentNode | FragmentDefinitionNode) -> bool:
        if fragment.type_condition is None:
            return True
        named = self.schema.type_map[fragment.type_condition.name.value]
        return named is of or (is_abstract_type(named) and self.schema.is_sub_type(named, of))


def _defaults(operation: OperationDefinitionNode) -> Mapping[str, ValueNode]:
    return {
        each.variable.name.value: each.default_value
        for each in operation.variable_definitions or ()
        if each.default_value is not None
    }
