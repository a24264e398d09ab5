"""How large an operation may be: how deep it is nested, how many aliases it uses.

Strawberry's own limiters walk a fragment once for every place it is spread at. Fragments that spread the next one
twice double that work with each line, so that a few hundred bytes keep them busy for years. Here every fragment is
measured once.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    ValidationRule,
)

Definition = OperationDefinitionNode | FragmentDefinitionNode


class Size(NamedTuple):
    """Levels of fields, and aliases, fragments counted wherever they are spread."""

    depth: int = 0
    aliases: int = 0


class Measure:
    """Measures the definitions of one document."""

    def __init__(self, document: DocumentNode) -> None:
        definitions = document.definitions
        self._fragments = {
            each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._measured: dict[str, Size] = {}

    def size(self, definition: Definition) -> Size:
        """The size of an operation or fragment."""
        depth = aliases = 0
        for selection, level in _selections(definition):
            match selection:
                case FieldNode():
                    depth = max(depth, level)
                    aliases += selection.alias is not None
                case FragmentSpreadNode():
                    spread = self._fragment(selection.name.value)
                    depth = max(depth, level - 1 + spread.depth)
                    aliases += spread.aliases
        return Size(depth, aliases)

    def _fragment(self, name: str) -> Size:
        if name not in self._measured:
            self._measured[name] = Size()  # one that spreads itself, or is missing: validation says so
            if name in self._fragments:
                self._measured[name] = self.size(self._fragments[name])
        return self._measured[name]


def _selections(definition: Definition) -> Iterator[tuple[SelectionNode, int]]:
    """Every selection that a definition itself holds, with its level. Introspection is not entered."""
    pending = [(definition.selection_set, 1)]
    while pending:
        selection_set, level = pending.pop()
        for selection in selection_set.selections:
            yield selection, level
            if isinstance(selection, InlineFragmentNode):
                pending.append((selection.selection_set, level))
            elif isinstance(selection, FieldNode) and selection.selection_set and not _introspects(selection):
                pending.append((selection.selection_set, level + 1))


def _introspects(field: FieldNode) -> bool:
    return field.name.value.startswith("__")


def size_limit(max_depth: int, max_aliases: int) -> type[ValidationRule]:
    """The validation rule that holds every operation to these limits."""

    class SizeLimit(ValidationRule):
        def enter_document(self, document: DocumentNode, *_: Any) -> None:
            measure = Measure(document)
            for definition in document.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    self._check(definition, measure.size(definition))

        def _check(self, operation: OperationDefinitionNode, size: Size) -> None:
            if size.depth > max_depth:
                self._refuse(operation, f"is nested {size.depth} levels deep, and at most {max_depth}")
            if size.aliases > max_aliases:
                self._refuse(operation, f"uses {size.aliases} aliases, and at most {max_aliases}")

        def _refuse(self, operation: OperationDefinitionNode, what: str) -> None:
            self.report_error(GraphQLError(f"The operation {what} are allowed.", operation))

    return SizeLimit
