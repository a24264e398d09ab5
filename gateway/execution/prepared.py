"""A document that may be run: parsed, valid, within limits. Its operations are compiled when they are asked for."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, OperationType

from gateway.execution.door import Kept

FactsT = TypeVar("FactsT")


class DocumentRefused(Exception):
    """A document that is not run, whoever asks; `errors` say why."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Operation(Generic[FactsT]):
    """One operation of a document; `kept` is what compiling it has come to."""

    document: "Document[FactsT]"
    name: str | None
    kind: OperationType
    kept: Kept


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Document(Generic[FactsT]):
    """A document that may be run; `digest` is its text's SHA-256 in hexadecimal, `facts` what its examination gave.

    `is_pinned`: it is kept for good, and its operations are compiled when first asked for at the latest.
    """

    digest: str
    text: str
    node: DocumentNode
    facts: FactsT
    is_pinned: bool = False
    _operations: dict[str | None, Operation[FactsT]] = field(default_factory=dict)

    def operation(self, name: str | None) -> Operation[FactsT]:
        """The operation of that name, or the only one; raises `GraphQLError` when that is not clear."""
        known = self._operations.get(name)
        if known is None:
            definition = self._definition(name)
            own_name = None if definition.name is None else definition.name.value
            known = self._operations.get(own_name) or self._new(own_name, definition)
            self._operations[name] = self._operations[own_name] = known
        return known

    def _new(self, name: str | None, definition: OperationDefinitionNode) -> Operation[FactsT]:
        kept = Kept(self.node, name, at_once=self.is_pinned)
        return Operation(self, name, definition.operation, kept)

    def _definition(self, name: str | None) -> OperationDefinitionNode:
        definitions = operations_of(self.node)
        if name is not None:
            definitions = [one for one in definitions if one.name is not None and one.name.value == name]
        if not definitions:
            raise GraphQLError(f'Unknown operation named "{name}".')
        if len(definitions) > 1:
            raise GraphQLError("Must provide operation name if query contains multiple operations.")
        return definitions[0]


def operations_of(document: DocumentNode) -> list[OperationDefinitionNode]:
    """All operations that a document defines."""
    return [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
