"""Operations made up from the schema, with values in the document or as variables; some break its rules."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    build_schema,
    parse_type,
    print_ast,
    value_from_ast_untyped,
    visit,
)
from hypothesis import strategies as st
from hypothesis_graphql import mutations, queries

from gateway.schema.build import printed_schema
from tests.fuzzing.values import ANY_JSON, SCALARS


class Operation(NamedTuple):
    """A document, and its variables as they go into JSON."""

    text: str
    variables: dict[str, Any]


@cache
def schema() -> GraphQLSchema:
    """The schema as clients have it."""
    return build_schema(printed_schema())


FAREWELLS = ("leaveMyPage", "recordShareRefund")
"""They close accounts, after which those who had them are nobody."""


def root_fields(of: GraphQLSchema) -> Sequence[str]:
    """Every field of Query and of Mutation, in an order in which nobody is gone before everything was asked."""
    roots = (of.query_type, of.mutation_type)
    names = [name for root in roots if root is not None for name in root.fields]
    return [*(name for name in names if name not in FAREWELLS), *FAREWELLS]


def roles_at(of: GraphQLSchema, root_field: str) -> Set[str]:
    """The staff's roles for which a root field is; none where it is not for staff alone."""
    roots = [root for root in (of.query_type, of.mutation_type) if root is not None]
    (field,) = (root.fields[root_field] for root in roots if root_field in root.fields)
    written = " ".join(print_ast(each) for each in field.ast_node.directives or ()) if field.ast_node else ""
    return set(re.findall(r"[A-Z]{4,}", written)) if "@isStaff" in written else set()


@cache
def operations(of: GraphQLSchema, root_field: str) -> st.SearchStrategy[Operation]:
    """Operations that ask for this field of a root."""
    made_up = queries if of.query_type and root_field in of.query_type.fields else mutations
    documents = made_up(of, fields=[root_field], custom_scalars=SCALARS, print_ast=lambda document: document)
    in_variables = documents.map(lambda document: with_variables(document, of))
    in_the_document = documents.map(lambda document: Operation(print_ast(document), {}))
    wrong = st.builds(with_others, in_variables, st.lists(ANY_JSON, max_size=3))
    return st.one_of(in_the_document, in_the_document, in_variables, in_variables, wrong)


def with_others(operation: Operation, values: Sequence[Any]) -> Operation:
    """The same operation, with its first variables having these values: most of them of a wrong kind."""
    changed = zip(operation.variables, values, strict=False)
    return Operation(operation.text, {**operation.variables, **dict(changed)})


def with_variables(document: DocumentNode, of: GraphQLSchema) -> Operation:
    """The same operation with every argument's value as a variable."""
    lifting = _Lifting(TypeInfo(of))
    changed = visit(document, TypeInfoVisitor(lifting.types, lifting))
    (operation,) = changed.definitions
    assert isinstance(operation, OperationDefinitionNode)
    declaring = replace(operation, variable_definitions=tuple(lifting.definitions))
    return Operation(print_ast(declaring), lifting.values)


class _Lifting(Visitor):
    """Makes variables of arguments' values."""

    def __init__(self, types: TypeInfo) -> None:
        super().__init__()
        self.types = types
        self.definitions: list[VariableDefinitionNode] = []
        self.values: dict[str, Any] = {}

    def enter_argument(self, node: ArgumentNode, *_: object) -> ArgumentNode | object:
        kind = self.types.get_input_type()
        if kind is None:
            return REMOVE
        name = f"v{len(self.values)}"
        self.values[name] = value_from_ast_untyped(node.value)
        variable = VariableNode(name=NameNode(value=name))
        self.definitions.append(
            VariableDefinitionNode(variable=variable, type=parse_type(str(kind)), directives=())
        )
        return ArgumentNode(name=node.name, value=variable)
