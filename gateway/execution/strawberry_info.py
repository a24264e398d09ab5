"""Strawberry's `info` in one object: what lies behind it is made when it is asked for."""

from functools import cached_property
from typing import TYPE_CHECKING, Any

import strawberry
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from gateway.execution.info import ResolveInfo
from gateway.execution.positions import Position

if TYPE_CHECKING:
    from gateway.execution.run import Run


class StrawberryInfo(strawberry.Info[Any, Any]):
    """Made from what a `ResolveInfo` is made from; the context, which most resolvers want, is at hand."""

    __slots__ = ("_indices", "_position", "_run", "context")

    def __init__(self, run: "Run", position: Position, indices: tuple[int, ...] = ()) -> None:
        self._run = run
        self._position = position
        self._indices = indices
        self.context = run.context  # type: ignore[misc]  # a property of strawberry.Info

    @cached_property
    def _raw_info(self) -> Any:  # type: ignore[override]
        return ResolveInfo(self._run, self._position, self._indices)

    @property
    def _field(self) -> StrawberryField:  # type: ignore[override]
        field = self._position.field
        assert field is not None  # noqa: S101 - resolvers belong to fields
        definition: StrawberryField = field.extensions[GraphQLCoreConverter.DEFINITION_BACKREF]
        return definition
