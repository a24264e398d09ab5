"""Documents as `gateway.execution` takes them when nobody has anything to check or to know."""

from graphql import DocumentNode, GraphQLSchema

from gateway.execution import CompiledSchema, Documents


def unchecked(schema: CompiledSchema) -> Documents[None]:
    """Every valid document of the schema."""
    return Documents(schema, check=anything, examine=_no_facts)


def anything(_document: DocumentNode) -> None:
    """The check that lets every document pass."""


def _no_facts(_document: DocumentNode, _schema: GraphQLSchema) -> None:
    """The examination that finds nothing more to know."""
