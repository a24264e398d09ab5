"""Places in the answer, known when an operation is compiled but for the indices of lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLObjectType, GraphQLOutputType
from graphql.execution.collect_fields import FieldDetails
from graphql.pyutils import Path


class Index(NamedTuple):
    """A list's index: held by a variable of the generated source, or the length of the list being filled."""

    variable: str
    counted: bool

    @property
    def expression(self) -> str:
        """How generated source reads it."""
        return f"len({self.variable})" if self.counted else self.variable

    def read(self, variables: Mapping[str, Any]) -> int:
        """Its value in a frame of generated source."""
        value = variables[self.variable]
        return len(value) if self.counted else value


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """A field of the answer, or an item of its list.

    `steps` lead there from the root, `type_names` name the object type each step leaves (None for an index).
    `nullable` is how many steps lead to the nearest position that may be null: this one, or one above it; 0 is the
    whole answer. `field_steps` lead to the field. `was_awaited`: its values have been awaited, and are not awaited
    again. The root itself has no field, no nodes and no steps.
    """

    steps: tuple[str | Index, ...]
    type_names: tuple[str | None, ...]
    nodes: list[FieldNode]
    details: list[FieldDetails]
    parent_type: GraphQLObjectType
    field: GraphQLField | None
    type: GraphQLOutputType
    nullable: int
    field_steps: int
    was_awaited: bool = False

    @classmethod
    def root(cls, type_: GraphQLObjectType) -> "Position":
        """The answer's `data`."""
        return cls((), (), [], [], type_, None, type_, 0, 0)

    def of_field(
        self, key: str, nodes: list[FieldNode], parent: GraphQLObjectType, field: GraphQLField
    ) -> "Position":
        """A field of the object here."""
        steps = (*self.steps, key)
        return Position(
            steps=steps,
            type_names=(*self.type_names, parent.name),
            nodes=nodes,
            details=[FieldDetails(node, None) for node in nodes],
            parent_type=parent,
            field=field,
            type=field.type,
            nullable=self.nullable if isinstance(field.type, GraphQLNonNull) else len(steps),
            field_steps=len(steps),
        )

    def of_item(self, index: Index, type_: GraphQLOutputType) -> "Position":
        """An item of the list here."""
        steps = (*self.steps, index)
        return replace(
            self,
            steps=steps,
            type_names=(*self.type_names, None),
            type=type_,
            nullable=self.nullable if isinstance(type_, GraphQLNonNull) else len(steps),
            was_awaited=False,
        )

    def awaited(self) -> "Position":
        """The same place for values that have been awaited."""
        return replace(self, was_awaited=True)

    def indices(self) -> Iterator[Index]:
        """The list indices on the way."""
        return (step for step in self.steps if isinstance(step, Index))

    def handed_on(self) -> "Position":
        """The same place for another function, to which the indices are given as `i0`, `i1`, …"""
        numbers = iter(range(len(self.steps)))
        steps = tuple(
            Index(f"i{next(numbers)}", counted=False) if isinstance(step, Index) else step
            for step in self.steps
        )
        return replace(self, steps=steps)

    def path(self, variables: Mapping[str, Any]) -> list[str | int]:
        """The response path, read from a frame of generated source."""
        return [step if isinstance(step, str) else step.read(variables) for step in self.steps]

    def linked(self, path: list[str | int]) -> Path | None:
        """A response path of this position as graphql-core has it."""
        linked: Path | None = None
        for key, type_name in zip(path, self.type_names, strict=False):
            linked = Path(linked, key, type_name)
        return linked
