"""Which fields an object of a known type has in the answer, once `@skip` and `@include` are decided."""

from collections.abc import Iterable, Iterator, Mapping

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
    is_abstract_type,
)

from gateway.execution.refusal import NotCompiled

Grouped = dict[str, list[FieldNode]]

CONDITIONS = ("skip", "include")
NOT_COMPILED = ("defer", "stream")


def fragments_of(document: DocumentNode) -> dict[str, FragmentDefinitionNode]:
    """The document's fragments by name."""
    found = {}
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            if definition.variable_definitions:
                raise NotCompiled("a fragment with variables")
            found[definition.name.value] = definition
    return found


class Selections:
    """Collects the fields of selection sets, as graphql-core does, for given values of the conditions' variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        flags: Mapping[str, bool],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._flags = flags

    def fields(self, type_: GraphQLObjectType, sets: Iterable[SelectionSetNode | None]) -> Grouped:
        """The fields by response key, in order, each with every node that asks for it."""
        grouped: Grouped = {}
        visited: set[str] = set()
        for selection_set in sets:
            if selection_set is not None:
                self._collect(type_, selection_set, grouped, visited)
        return grouped

    def _collect(
        self,
        type_: GraphQLObjectType,
        selection_set: SelectionSetNode,
        grouped: Grouped,
        visited: set[str],
    ) -> None:
        for selection in selection_set.selections:
            if not self._included(selection):
                continue
            if isinstance(selection, FieldNode):
                key = selection.alias.value if selection.alias else selection.name.value
                grouped.setdefault(key, []).append(selection)
                continue
            fragment = self._entered(selection, type_, visited)
            if fragment is not None:
                self._collect(type_, fragment.selection_set, grouped, visited)

    def _entered(
        self, selection: SelectionNode, type_: GraphQLObjectType, visited: set[str]
    ) -> InlineFragmentNode | FragmentDefinitionNode | None:
        if isinstance(selection, InlineFragmentNode):
            return selection if self._applies(selection, type_) else None
        assert isinstance(selection, FragmentSpreadNode)  # noqa: S101 - there are three kinds of selection
        name = selection.name.value
        definition = self._fragments.get(name)
        if definition is None or name in visited or not self._applies(definition, type_):
            return None
        visited.add(name)
        return definition

    def _applies(
        self, fragment: InlineFragmentNode | FragmentDefinitionNode, type_: GraphQLObjectType
    ) -> bool:
        if fragment.type_condition is None:
            return True
        condition = self._schema.get_type(fragment.type_condition.name.value)
        if condition is type_:
            return True
        return is_abstract_type(condition) and self._schema.is_sub_type(condition, type_)

    def _included(self, selection: SelectionNode) -> bool:
        answers = {name: self._condition(directive) for name, directive in conditions_of(selection)}
        return not answers.get("skip", False) and answers.get("include", True)

    def _condition(self, directive: DirectiveNode) -> bool:
        value = condition_value(directive)
        return value.value if isinstance(value, BooleanValueNode) else self._flags[value.name.value]


def conditions_of(selection: SelectionNode) -> Iterator[tuple[str, DirectiveNode]]:
    """The first `@skip` and the first `@include` of a selection."""
    seen: set[str] = set()
    for directive in selection.directives or ():
        name = directive.name.value
        if name in NOT_COMPILED:
            raise NotCompiled(f"@{name}")
        if name in CONDITIONS and name not in seen:
            seen.add(name)
            yield name, directive


def condition_value(directive: DirectiveNode) -> BooleanValueNode | VariableNode:
    """The `if` of `@skip` or `@include`."""
    arguments = directive.arguments or ()
    if len(arguments) == 1 and arguments[0].name.value == "if":
        value = arguments[0].value
        if isinstance(value, BooleanValueNode | VariableNode):
            return value
    raise NotCompiled(f"@{directive.name.value} whose `if` is neither a boolean nor a variable")


def flags_of(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """The variables that decide `@skip` and `@include` anywhere in the operation, sorted."""
    flags: set[str] = set()
    entered: set[str] = set()
    waiting: list[SelectionSetNode] = [operation.selection_set]
    while waiting:
        for selection in waiting.pop().selections:
            for _, directive in conditions_of(selection):
                value = condition_value(directive)
                if isinstance(value, VariableNode):
                    flags.add(value.name.value)
            waiting += _below(selection, fragments, entered)
    return tuple(sorted(flags))


def _below(
    selection: SelectionNode, fragments: Mapping[str, FragmentDefinitionNode], entered: set[str]
) -> list[SelectionSetNode]:
    if isinstance(selection, FragmentSpreadNode):
        name = selection.name.value
        if name in entered or name not in fragments:
            return []
        entered.add(name)
        return [fragments[name].selection_set]
    below = getattr(selection, "selection_set", None)
    return [] if below is None else [below]
