"""The door: graphql-core's `execute`, compiled where it can be."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cachetools import LRUCache
from graphql import DocumentNode, ExecutionResult, GraphQLSchema
from graphql import execute as graphql_core_execute
from graphql.execution import Executor, MiddlewareManager
from graphql.execution.incremental import IncrementalExecutor
from graphql.pyutils import is_awaitable as graphql_core_is_awaitable

from gateway.execution.compiler import ResolverOf
from gateway.execution.limits import Limits
from gateway.execution.operation import CompiledOperation, Workshop
from gateway.execution.refusal import NotCompiled
from gateway.execution.resolvers import Call
from gateway.execution.run import Request

Execute = Callable[..., ExecutionResult | Awaitable[ExecutionResult]]
"""graphql-core's `execute`, or one with its signature."""


@dataclass(slots=True)
class Kept:
    """A document's operation in the cache. The document is held so that its identity stays its own."""

    document: DocumentNode
    asked: int = 0
    compiled: CompiledOperation | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What compiling has cost and brought so far; `left` counts executions left to graphql-core by reason."""

    operations: int
    compiled: int
    variants: int
    compile_seconds: float
    source_bytes: int
    executed: int
    left: Mapping[str, int] = field(default_factory=dict)


class CompiledExecution:
    """Executes the operations of one schema; for one event loop, as a schema's requests are.

    A document is known by its identity, so parsed documents must be cached (Strawberry's `ParserCache`).
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        resolver_of: ResolverOf = Call,
        limits: Limits | None = None,
        otherwise: Execute = graphql_core_execute,
    ) -> None:
        self._limits = limits or Limits()
        self._workshop = Workshop(schema, resolver_of, self._limits)
        self._otherwise = otherwise
        self._kept: LRUCache[tuple[int, str | None], Kept] = LRUCache(self._limits.operations)
        self._executed = 0
        self._left: Counter[str] = Counter()
        self._is_incremental = any(schema.get_directive(name) for name in ("defer", "stream"))

    def execute(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        root_value: Any = None,
        context_value: Any = None,
        variable_values: Mapping[str, Any] | None = None,
        operation_name: str | None = None,
        middleware: Any = None,
        executor_class: type[Executor[Any]] = IncrementalExecutor,
        is_awaitable: Callable[[Any], bool] = graphql_core_is_awaitable,
        operation_extensions: dict[str, Any] | None = None,
        **rare: Any,
    ) -> ExecutionResult | Awaitable[ExecutionResult]:
        """As graphql-core's. What is asked for in a way that is not compiled goes there, with the same answer."""
        extensions = {} if operation_extensions is None else {"operation_extensions": operation_extensions}
        try:
            self._refuse_rare(schema, middleware, rare)
            compiled = self._compiled(document, operation_name)
            request = Request(
                schema=schema,
                document=document,
                root_value=root_value,
                context_value=context_value,
                inputs=variable_values or {},
                operation_name=operation_name,
                is_awaitable=is_awaitable,
                executor_class=executor_class,
                executor_arguments=extensions,
            )
            result = compiled.execute(request)
        except NotCompiled as refusal:
            self._left[str(refusal)] += 1
        else:
            self._executed += 1
            return result
        return self._otherwise(
            schema,
            document,
            root_value=root_value,
            context_value=context_value,
            variable_values=variable_values,
            operation_name=operation_name,
            middleware=middleware,
            executor_class=executor_class,
            is_awaitable=is_awaitable,
            **extensions,
            **rare,
        )

    def statistics(self) -> Statistics:
        """For metrics."""
        compiled = [kept.compiled for kept in self._kept.values() if kept.compiled is not None]
        return Statistics(
            operations=len(self._kept),
            compiled=len(compiled),
            variants=sum(len(one.programs) for one in compiled),
            compile_seconds=sum(one.compile_seconds for one in compiled),
            source_bytes=sum(one.source_bytes for one in compiled),
            executed=self._executed,
            left=dict(self._left),
        )

    def _refuse_rare(self, schema: GraphQLSchema, middleware: Any, rare: Mapping[str, Any]) -> None:
        if schema is not self._workshop.schema:
            raise NotCompiled("another schema")
        if self._is_incremental:
            raise NotCompiled("a schema with incremental delivery")
        if rare:
            raise NotCompiled("custom execution")
        if middleware and not (isinstance(middleware, MiddlewareManager) and not middleware.middlewares):
            raise NotCompiled("middleware")

    def _compiled(self, document: DocumentNode, operation_name: str | None) -> CompiledOperation:
        key = (id(document), operation_name)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = Kept(document)
        if kept.compiled is not None:
            return kept.compiled
        if kept.refusal is not None:
            raise NotCompiled(kept.refusal)
        kept.asked += 1
        if kept.asked < self._limits.compile_after:
            raise NotCompiled("not asked for often enough")
        try:
            kept.compiled = CompiledOperation(self._workshop, document, operation_name)
        except NotCompiled as refusal:
            kept.refusal = str(refusal)
            raise
        return kept.compiled
