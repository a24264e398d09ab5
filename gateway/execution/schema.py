"""A Strawberry schema whose operations are compiled."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import strawberry
from graphql import DocumentNode, GraphQLError, GraphQLSchema, specified_rules
from graphql import ExecutionResult as CoreResult
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import SchemaExtension
from strawberry.types import ExecutionResult

from gateway.execution.door import CompiledExecution
from gateway.execution.limits import Limits
from gateway.execution.prepared import FactsT, Operation
from gateway.execution.run import Request
from gateway.execution.strawberry_fields import StrawberryFields


class CompiledSchema(strawberry.Schema):
    """A `strawberry.Schema` that carries out operations by `compiled`; everything around that is Strawberry's own.

    `keeps_dates` is for answers that orjson writes: dates and times stay what they are in compiled operations' data.
    """

    def __init__(
        self, *arguments: Any, limits: Limits | None = None, keeps_dates: bool = False, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.compiled = CompiledExecution(
            self._schema,
            StrawberryFields(self).resolver,
            limits,
            super()._get_execute_function(),
            keeps_dates=keeps_dates,
        )

    @property
    def core(self) -> GraphQLSchema:
        """The schema as graphql-core has it."""
        return self._schema

    async def carry_out(
        self,
        operation: Operation[FactsT],
        variables: Mapping[str, Any] | None = None,
        context: Any = None,
        extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """The answer to an operation of a prepared document.

        Strawberry's `execute` stands between only where it has something to do: extensions' hooks, and directives.
        """
        if self.extensions or self.directives:
            return await self._through_strawberry(operation, variables, context, extensions)
        request = Request(
            schema=self._schema,
            document=operation.document.node,
            root_value=None,
            context_value=context,
            inputs=variables or {},
            operation_name=operation.name,
            is_awaitable=optimized_is_awaitable,
            executor_class=self.execution_context_class,
            executor_arguments=self._get_custom_context_kwargs(extensions),
        )
        result = self.compiled.carry_out(operation.kept, request)
        if not isinstance(result, CoreResult):
            result = await result
        if result.errors:
            self.tell(result.errors)
        return ExecutionResult(result.data, result.errors)

    def compile_now(self, operation: Operation[FactsT]) -> None:
        """Compiles an operation of a pinned document before it is asked for, if it can be compiled at all."""
        self.compiled.compile_now(operation.kept)

    def tell(self, errors: list[GraphQLError]) -> None:
        """Does with the errors of an answer what Strawberry does: `process_errors`, and what the configuration adds."""
        self._process_errors(errors)

    def get_extensions(self, sync: bool = False) -> list[SchemaExtension]:
        """Strawberry's, and ours, which knows documents that are prepared."""
        return [*super().get_extensions(sync), AlreadyPrepared()]

    def _get_execute_function(self) -> Callable[..., Any]:
        return self.compiled.execute

    async def _through_strawberry(
        self,
        operation: Operation[Any],
        variables: Mapping[str, Any] | None,
        context: Any,
        extensions: dict[str, Any] | None,
    ) -> ExecutionResult:
        return await self.execute(
            PreparedText(operation.document.text, operation.document.node),
            variable_values=None if variables is None else dict(variables),
            context_value=context,
            operation_name=operation.name,
            operation_extensions=extensions,
        )


class PreparedText(str):
    """The text of a document that has been parsed and found valid, `node`."""

    node: DocumentNode

    def __new__(cls, text: str, node: DocumentNode) -> "PreparedText":
        """The same text."""
        prepared = super().__new__(cls, text)
        prepared.node = node
        return prepared


class AlreadyPrepared(SchemaExtension):
    """Spares Strawberry parsing and validating a `PreparedText` again."""

    def on_parse(self) -> Iterator[None]:
        """Hands the document over."""
        context = self.execution_context
        if isinstance(context.query, PreparedText):
            context.graphql_document = context.query.node
            context.validation_rules = tuple(set(context.validation_rules).difference(specified_rules))
        yield None
