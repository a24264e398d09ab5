"""The door: graphql-core's `execute`, compiled where it can be."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from cachetools import LRUCache
from graphql import DocumentNode, ExecutionResult, GraphQLSchema
from graphql import execute as graphql_core_execute
from graphql.execution import Executor, MiddlewareManager
from graphql.execution.incremental import IncrementalExecutor
from graphql.pyutils import is_awaitable as graphql_core_is_awaitable

from gateway.execution.budget import CompileBudget
from gateway.execution.compiler import ResolverOf
from gateway.execution.limits import Limits
from gateway.execution.operation import CompiledOperation, Workshop
from gateway.execution.refusal import NotCompiled
from gateway.execution.resolvers import Call
from gateway.execution.run import Request

Result = ExecutionResult | Awaitable[ExecutionResult]
Execute = Callable[..., Result]
"""graphql-core's `execute`, or one with its signature."""


@dataclass(slots=True)
class Kept:
    """What compiling a document's operation has come to. The document is held so that its identity stays its own.

    `at_once`: it is known to be asked for often.
    """

    document: DocumentNode
    operation_name: str | None
    at_once: bool = False
    asked: int = 0
    compiled: CompiledOperation | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """What compiling has cost and brought so far; `left` counts executions left to graphql-core by reason."""

    compiled: int
    variants: int
    compile_seconds: float
    source_bytes: int
    executed: int
    left: Mapping[str, int] = field(default_factory=dict)


class CompiledExecution:
    """Executes the operations of one schema; for one event loop, as a schema's requests are.

    `execute` knows a document by its identity, so parsed documents must be cached; `carry_out` is told.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        resolver_of: ResolverOf = Call,
        limits: Limits | None = None,
        otherwise: Execute = graphql_core_execute,
        *,
        keeps_dates: bool = False,
    ) -> None:
        self._limits = limits or Limits()
        budget = CompileBudget(self._limits.share, self._limits.at_once)
        self._workshop = Workshop(schema, resolver_of, self._limits, budget, keeps_dates)
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
    ) -> Result:
        """As graphql-core's. What is asked for in a way that is not compiled goes there, with the same answer."""
        extensions = {} if operation_extensions is None else {"operation_extensions": operation_extensions}
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
        if schema is not self._workshop.schema:
            return self._leave("another schema", request, middleware=middleware, **rare)
        if rare:
            return self._leave("custom execution", request, middleware=middleware, **rare)
        if middleware and not (isinstance(middleware, MiddlewareManager) and not middleware.middlewares):
            return self._leave("middleware", request, middleware=middleware)
        return self.carry_out(self._found(document, operation_name), request)

    def carry_out(self, kept: Kept, request: Request) -> Result:
        """The same for an operation that the caller keeps."""
        try:
            result = (kept.compiled or self._compiled(kept)).execute(request)
        except NotCompiled as refusal:
            reason = str(refusal)
        else:
            self._executed += 1
            return result
        return self._leave(reason, request)

    def compile_now(self, kept: Kept) -> None:
        """Compiles beforehand what can be compiled."""
        with suppress(NotCompiled):
            (kept.compiled or self._compiled(kept)).compile_now()

    def statistics(self) -> Statistics:
        """For metrics."""
        made = self._workshop.made
        return Statistics(
            compiled=made.operations,
            variants=made.variants,
            compile_seconds=made.seconds,
            source_bytes=made.source_bytes,
            executed=self._executed,
            left=dict(self._left),
        )

    def _leave(self, reason: str, request: Request, **rare: Any) -> Result:
        self._left[reason] += 1
        return self._otherwise(
            request.schema,
            request.document,
            root_value=request.root_value,
            context_value=request.context_value,
            variable_values=request.inputs,
            operation_name=request.operation_name,
            executor_class=request.executor_class,
            is_awaitable=request.is_awaitable,
            **request.executor_arguments,
            **rare,
        )

    def _found(self, document: DocumentNode, operation_name: str | None) -> Kept:
        key = (id(document), operation_name)
        kept = self._kept.get(key)
        if kept is None:
            kept = self._kept[key] = Kept(document, operation_name)
        return kept

    def _compiled(self, kept: Kept) -> CompiledOperation:
        if kept.refusal is not None:
            raise NotCompiled(kept.refusal)
        kept.asked += 1
        after = self._limits.compile_after
        if after is None or (kept.asked < after and not kept.at_once):
            raise NotCompiled("not asked for often enough")
        try:
            if self._is_incremental:
                raise NotCompiled("a schema with incremental delivery")
            kept.compiled = CompiledOperation(self._workshop, kept.document, kept.operation_name)
        except NotCompiled as refusal:
            kept.refusal = str(refusal)
            raise
        return kept.compiled
