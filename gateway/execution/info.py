"""The `info` of graphql-core for compiled operations: everything it has, worked out when it is asked for."""

from typing import TYPE_CHECKING, Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.pyutils import Path

from gateway.execution.positions import Position

if TYPE_CHECKING:
    from gateway.execution.run import Run


class ResolveInfo:
    """Has the attributes of graphql-core's `GraphQLResolveInfo`, and those that Strawberry adds."""

    __slots__ = ("_indices", "_position", "_run")

    def __init__(self, run: "Run", position: Position, indices: tuple[int, ...] = ()) -> None:
        self._run = run
        self._position = position
        self._indices = indices

    @property
    def field_name(self) -> str:
        """The field's name in the schema."""
        return self._position.nodes[0].name.value

    @property
    def field_nodes(self) -> list[FieldNode]:
        """Where the document asks for it."""
        return self._position.nodes

    @property
    def return_type(self) -> GraphQLOutputType:
        """The field's type."""
        return self._field.type

    @property
    def parent_type(self) -> GraphQLObjectType:
        """The type that has the field."""
        return self._position.parent_type

    @property
    def path(self) -> Path:
        """Where in the answer the field stands."""
        indices = iter(self._indices)
        steps = self._position.steps[: self._position.field_steps]
        path = self._position.linked([step if isinstance(step, str) else next(indices) for step in steps])
        assert path is not None  # noqa: S101 - a field has at least its own key
        return path

    @property
    def schema(self) -> GraphQLSchema:
        """graphql-core's schema."""
        return self._run.request.schema

    @property
    def fragments(self) -> dict[str, FragmentDefinitionNode]:
        """The document's fragments by name."""
        return self._run.fragments

    @property
    def root_value(self) -> Any:
        """What the operation began with."""
        return self._run.request.root_value

    @property
    def operation(self) -> OperationDefinitionNode:
        """The operation."""
        return self._run.operation

    @property
    def variable_values(self) -> Any:
        """As the executor class of the request gives them to resolvers."""
        return self._run.variables_for_resolvers

    @property
    def context(self) -> Any:
        """The request's context."""
        return self._run.request.context_value

    @property
    def is_awaitable(self) -> Any:
        """The request's test for awaitables."""
        return self._run.request.is_awaitable

    @property
    def abort_signal(self) -> None:
        """None: a request that can be aborted is left to graphql-core."""
        return

    @property
    def async_helpers(self) -> Any:
        """graphql-core's helpers."""
        return self._run.executor.async_helpers

    @property
    def operation_extensions(self) -> dict[str, Any] | None:
        """The `extensions` of the request."""
        return self._run.request.operation_extensions

    @property
    def _field(self) -> GraphQLField:
        field = self._position.field
        assert field is not None  # noqa: S101 - resolvers belong to fields
        return field
