"""How large the operations of a document may be, counted before anything is validated.

Depth, aliases and directives count wherever a fragment is spread, and every fragment is measured once: fragments that
spread the next one twice double what they ask for with each line, and would keep who walks them naively busy for
years. Height counts fields as they are answered, merged, and stops counting at its limit. Fields named again and
again are merged for nothing in the answer, and make validating slow: it compares each with each.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
)

from gateway.http.limits import Excess
from gateway.limit_settings import LimitSettings

Definition = OperationDefinitionNode | FragmentDefinitionNode


class Size(NamedTuple):
    """Levels of fields, and aliases and directives, fragments counted wherever they are spread."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0


class Breadth(NamedTuple):
    """Fields as they are answered: at the root, and in all; and how many are named again at the same place."""

    root_fields: int
    height: int
    repetitions: int = 0


def size_excess(document: DocumentNode, limits: LimitSettings) -> Excess | None:
    """The first limit that an operation of the document is beyond."""
    measure = Measure(document)
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    found = (excess for each in operations for excess in _excesses(each, measure, limits))
    return next(found, None)


def _excesses(
    operation: OperationDefinitionNode, measure: "Measure", limits: LimitSettings
) -> Iterator[Excess]:
    size = measure.size(operation)
    yield from _beyond("depth", size.depth, limits.max_depth, "is nested {} levels deep")
    yield from _beyond("aliases", size.aliases, limits.max_aliases, "uses {} aliases")
    yield from _beyond("directives", size.directives, limits.max_directives, "uses {} directives")
    breadth = measure.breadth(operation, limits.max_height)
    if operation.operation is OperationType.MUTATION:
        yield from _beyond("mutations", breadth.root_fields, limits.max_mutations, "has {} mutations")
    yield from _beyond("root_fields", breadth.root_fields, limits.max_root_fields, "has {} root fields")
    yield from _beyond("height", breadth.height, limits.max_height, "asks for {} fields or more")
    yield from _beyond("repetitions", breadth.repetitions, limits.max_repetitions, "names {} fields again")


def _beyond(limit: str, found: int, allowed: int, what: str) -> Iterator[Excess]:
    if found > allowed:
        sentence = f"The operation {what.format(found)}, and at most {allowed} are allowed."
        yield Excess(limit, found, allowed, sentence)


class Measure:
    """Measures the definitions of one document."""

    def __init__(self, document: DocumentNode) -> None:
        definitions = document.definitions
        self._fragments: Mapping[str, FragmentDefinitionNode] = {
            each.name.value: each for each in definitions if isinstance(each, FragmentDefinitionNode)
        }
        self._measured: dict[str, Size] = {}

    def size(self, definition: Definition) -> Size:
        """The size of an operation or fragment."""
        depth = aliases = 0
        directives = len(definition.directives or ())
        for selection, level in _selections(definition):
            directives += len(selection.directives or ())
            match selection:
                case FieldNode():
                    depth = max(depth, level)
                    aliases += selection.alias is not None
                case FragmentSpreadNode():
                    spread = self._fragment(selection.name.value)
                    depth = max(depth, level - 1 + spread.depth)
                    aliases += spread.aliases
                    directives += spread.directives
        return Size(depth, aliases, directives)

    def _fragment(self, name: str) -> Size:
        if name not in self._measured:
            self._measured[name] = Size()  # one that spreads itself, or is missing: validation says so
            if name in self._fragments:
                self._measured[name] = self.size(self._fragments[name])
        return self._measured[name]

    def breadth(self, operation: OperationDefinitionNode, at_most: int) -> Breadth:
        """How many fields are answered; `height` is exact up to `at_most`, and no more is counted beyond it."""
        root = self._merged([operation.selection_set])
        height = repetitions = 0
        pending = [root]
        while pending and height <= at_most:
            merged = pending.pop()
            height += len(merged)
            repetitions += sum(len(fields) - 1 for fields in merged.values())
            below = (_selected_of(fields) for fields in merged.values())
            pending += [self._merged(selected) for selected in below if selected]
        return Breadth(len(root), height, repetitions)

    def _merged(self, selection_sets: Sequence[SelectionSetNode]) -> dict[str, list[FieldNode]]:
        """The fields of some selection sets by their name in the answer."""
        merged: dict[str, list[FieldNode]] = {}
        pending, spread = list(selection_sets), set[str]()
        while pending:
            for selection in pending.pop().selections:
                match selection:
                    case FieldNode():
                        merged.setdefault((selection.alias or selection.name).value, []).append(selection)
                    case InlineFragmentNode():
                        pending.append(selection.selection_set)
                    case FragmentSpreadNode() if selection.name.value not in spread:
                        spread.add(selection.name.value)
                        if selection.name.value in self._fragments:
                            pending.append(self._fragments[selection.name.value].selection_set)
        return merged


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


def _selected_of(fields: Sequence[FieldNode]) -> list[SelectionSetNode]:
    """What is selected of a field, wherever it is named. Introspection is not entered."""
    return [each.selection_set for each in fields if each.selection_set and not _introspects(each)]


def _introspects(field: FieldNode) -> bool:
    return field.name.value.startswith("__")
