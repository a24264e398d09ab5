"""One execution of a compiled operation: its answer so far, and what its resolvers ask for."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution import Executor
from graphql.execution.executor import CollectedErrors
from graphql.execution.values import VariableValues
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution.arguments import Arguments, are_constant
from gateway.execution.giving_up import Wait, objects_in

if TYPE_CHECKING:
    from gateway.execution.late import Late

Key = str | int
Answer = dict[str, Any] | None


class Pending(Enum):
    """Stands in the answer where a value is still to come."""

    PENDING = "PENDING"


PENDING = Pending.PENDING


class Lost(Exception):
    """The whole answer has become null: what is still awaited need not be."""


class Request(NamedTuple):
    """What graphql-core's `execute` is given."""

    schema: GraphQLSchema
    document: DocumentNode
    root_value: Any
    context_value: Any
    inputs: Mapping[str, Any]
    operation_name: str | None
    is_awaitable: Callable[[Any], bool]
    executor_class: type[Executor[Any]]
    executor_arguments: Mapping[str, Any]

    @property
    def operation_extensions(self) -> dict[str, Any] | None:
        """Strawberry's addition."""
        return self.executor_arguments.get("operation_extensions")


class Run:
    """What generated source calls `run`.

    `awaited` takes the fields, by type and name, whose plain resolvers returned awaitables. `waits` are the deferred
    fields being awaited and `settling` what came late; `lost` are the objects that are no longer in the answer, and
    `given_up` is what was awaited for them, both by identity.
    """

    __slots__ = (
        "_arguments",
        "_executor",
        "awaited",
        "context",
        "data",
        "errors",
        "fragments",
        "given_up",
        "late",
        "lost",
        "operation",
        "request",
        "settling",
        "variables",
        "waits",
    )

    def __init__(
        self,
        request: Request,
        operation: OperationDefinitionNode,
        fragments: dict[str, FragmentDefinitionNode],
        variables: VariableValues,
    ) -> None:
        self.request = request
        self.context = request.context_value
        self.operation = operation
        self.fragments = fragments
        self.variables = variables
        self.data: Answer = {}
        self.errors: list[GraphQLError] = []
        self.late: list[Late] = []
        self.awaited: set[tuple[str, str]] = set()
        self.waits: set[Wait] = set()
        self.settling: set[Late] = set()
        self.lost: dict[int, dict[str, Any]] = {}
        self.given_up: dict[int, Any] = {}
        self._arguments: dict[Arguments, dict[str, Any]] = {}
        self._executor: Executor[Any] | None = None

    def arguments(self, arguments: Arguments) -> dict[str, Any]:
        """A field's arguments; worked out once when no resolver could change them."""
        known = self._arguments.get(arguments)
        if known is not None:
            return known
        values = arguments.of(self.variables)
        if are_constant(values.values()):
            self._arguments[arguments] = values
        return values

    def report(self, error: GraphQLError, path: list[Key]) -> bool:
        """Notes an error, unless what it befell is null already; says whether it did."""
        if self.is_lost(path):
            return False
        self.errors.append(error)
        return True

    def put(self, path: list[Key], value: Any) -> None:
        """Puts a value that came late where it belongs; the root's place is the answer itself."""
        if not path:
            self.data = value
        elif not self.is_lost(path):
            holder: Any = self.data
            for key in path[:-1]:
                holder = holder[key]
            holder[path[-1]] = value

    def nullify(self, path: list[Key]) -> None:
        """Makes null what stands at the path, and gives up what is awaited for it."""
        lost = objects_in(self._at(path)) if self.waits else {}
        self.put(path, None)
        if lost:
            self.lost.update(lost)
            for wait in self.waits:
                wait.give_up(self)
        for late in self.settling:
            late.give_up(self)

    def _at(self, path: list[Key]) -> Any:
        value: Any = self.data
        for key in path:
            value = _part(value, key)
        return value

    def late_ones(self) -> "list[Late]":
        """What came late since the last time and is still wanted."""
        late, self.late = self.late, []
        return [one for one in late if not one.is_lost(self)]

    def is_lost(self, path: list[Key]) -> bool:
        """Whether something above the path has become null. What is not in the answer yet is not lost."""
        value: Any = self.data
        for key in path:
            if value is None:
                return True
            value = _part(value, key)
        return False

    @property
    def executor(self) -> Executor[Any]:
        """graphql-core's executor of this request, for what generated source does not do itself."""
        if self._executor is None:
            request = self.request
            executor = request.executor_class.build(
                request.schema,
                request.document,
                request.root_value,
                request.context_value,
                dict(request.inputs),
                request.operation_name,
                is_awaitable=cast("Any", request.is_awaitable),
                **request.executor_arguments,
            )
            assert isinstance(executor, Executor)  # noqa: S101 - the same variables were accepted before
            executor.collected_errors = ErrorsOf(self)
            self._executor = executor
        return self._executor

    @property
    def variables_for_resolvers(self) -> Any:
        """`info.variable_values`: a dict for Strawberry's resolvers, graphql-core's own container for others."""
        given_plainly = issubclass(self.request.executor_class, StrawberryGraphQLCoreExecutionContext)
        return self.variables.coerced if given_plainly else self.variables


def _part(value: Any, key: Any) -> Any:
    """A part of an answer; `PENDING` for what is not there yet."""
    if type(value) is dict:
        return value.get(key, PENDING)
    if type(value) is list:
        return value[key] if key < len(value) else PENDING
    return PENDING


class ErrorsOf(CollectedErrors):
    """Collects what graphql-core's executor finds into the run's errors."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run

    def add(self, error: GraphQLError, path: Path | None) -> None:
        """Both must agree that the place is not null already."""
        if not self.has_nulled_position(path):
            self._error_positions.add(path)
            self._run.report(error, [] if path is None else path.as_list())
