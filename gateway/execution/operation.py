"""One operation of one document, compiled."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from time import thread_time
from typing import cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)
from graphql.execution.values import VariableValues
from graphql.type.directives import GraphQLDisableErrorPropagationDirective

from gateway.execution.budget import CompileBudget
from gateway.execution.compiler import Compiler, FieldName, Program, ResolverOf, Step
from gateway.execution.limits import Limits
from gateway.execution.plain import PlainClasses
from gateway.execution.refusal import NotCompiled
from gateway.execution.run import Request, Run
from gateway.execution.selections import Selections, flags_of, fragments_of
from gateway.execution.variables import Variables
from gateway.execution.waiting import Job, settled

Decisions = tuple[bool, ...]
"""The values of the variables of `@skip` and `@include`."""


@dataclass(slots=True)
class Made:
    """What has been compiled so far, and what it took."""

    operations: int = 0
    variants: int = 0
    seconds: float = 0.0
    source_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Workshop:
    """What all operations of one schema are compiled with.

    `keeps_dates` leaves dates and times in answers for their writer to write.
    `awaited` holds the fields whose plain resolvers have been seen to return awaitables: compiled anew, they are
    deferred like asynchronous ones.
    """

    schema: GraphQLSchema
    resolver_of: ResolverOf
    limits: Limits
    budget: CompileBudget
    keeps_dates: bool = False
    plain: PlainClasses = field(default_factory=PlainClasses)
    awaited: set[FieldName] = field(default_factory=set)
    made: Made = field(default_factory=Made)


class CompiledOperation:
    """An operation and its variants."""

    def __init__(self, workshop: Workshop, document: DocumentNode, operation_name: str | None) -> None:
        self._workshop = workshop
        self._operation = operation_of(document, operation_name)
        self._fragments: dict[str, FragmentDefinitionNode] = fragments_of(document)
        self._flags = flags_of(self._operation, self._fragments)
        self._variables = Variables(workshop.schema, self._operation.variable_definitions or ())
        self._variants: dict[Decisions, Program] = {}
        self._known_awaited = len(workshop.awaited)
        workshop.made.operations += 1

    @property
    def programs(self) -> tuple[Program, ...]:
        """What is compiled now, one for each decision met."""
        return tuple(self._variants.values())

    def execute(self, request: Request) -> ExecutionResult | Awaitable[ExecutionResult]:
        """The answer. Raises `NotCompiled` before anything is resolved when it must be graphql-core's."""
        variables = self._variables.of(request.inputs)
        if isinstance(variables, list):
            return ExecutionResult(None, variables)
        steps = self._program(variables).steps
        run = Run(request, self._operation, self._fragments, variables)
        for done, step in enumerate(steps, start=1):
            jobs = step(run, request.root_value)
            if run.data is None:
                run.late_ones()
                break
            if jobs or run.late:
                return self._awaited(run, jobs, steps[done:])
        return ExecutionResult(run.data, run.errors or None)

    def compile_now(self) -> None:
        """Compiles, whatever the budget says, what the variables' defaults decide; a flag without one counts as true.

        Raises `NotCompiled`.
        """
        definitions = self._operation.variable_definitions or ()
        defaults = {each.variable.name.value: each.default_value for each in definitions}
        decisions = tuple([getattr(defaults[flag], "value", True) is not False for flag in self._flags])
        if decisions not in self._variants:
            self._made(decisions)

    async def _awaited(self, run: Run, jobs: Sequence[Job], steps: Sequence[Step]) -> ExecutionResult:
        await settled(run, jobs)
        for step in steps:
            if run.data is None:
                break
            await settled(run, step(run, run.request.root_value))
        self._workshop.awaited.update(run.awaited)
        return ExecutionResult(run.data, run.errors or None)

    def _program(self, variables: VariableValues) -> Program:
        if self._known_awaited != len(self._workshop.awaited):
            self._known_awaited = len(self._workshop.awaited)
            self._variants.clear()
        decisions = tuple([variables.coerced.get(flag) for flag in self._flags])
        if decisions and not all(type(decision) is bool for decision in decisions):
            raise NotCompiled("@skip or @include without a boolean")
        program = self._variants.get(cast("Decisions", decisions))
        return self._compiled(cast("Decisions", decisions)) if program is None else program

    def _compiled(self, decisions: Decisions) -> Program:
        workshop, made = self._workshop, self._workshop.made
        if len(self._variants) >= workshop.limits.variants:
            raise NotCompiled("too many variants of @skip and @include")
        if not workshop.budget.allows():
            raise NotCompiled("compiling has had its share of the time")
        before = made.seconds
        try:
            return self._made(decisions)
        finally:
            workshop.budget.spend(made.seconds - before)

    def _made(self, decisions: Decisions) -> Program:
        made = self._workshop.made
        begun = thread_time()
        try:
            program = self._compiler(decisions).program(self._operation, self._root_type())
        except (RecursionError, SyntaxError) as error:
            raise NotCompiled("nested too deeply") from error
        finally:
            made.seconds += thread_time() - begun
        made.variants += 1
        made.source_bytes += len(program.text)
        self._variants[decisions] = program
        return program

    def _compiler(self, decisions: Decisions) -> Compiler:
        workshop = self._workshop
        flags = dict(zip(self._flags, decisions, strict=True))
        selections = Selections(workshop.schema, self._fragments, flags)
        return Compiler(
            workshop.schema,
            selections,
            workshop.resolver_of,
            workshop.plain,
            workshop.awaited,
            workshop.limits.lines,
            keeps_dates=workshop.keeps_dates,
        )

    def _root_type(self) -> GraphQLObjectType:
        root_type = self._workshop.schema.get_root_type(self._operation.operation)
        if root_type is None:
            raise NotCompiled("a kind of operation the schema does not have")
        return root_type


def operation_of(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """The operation that is asked for, if it is of a kind that is compiled."""
    operations = [one for one in document.definitions if isinstance(one, OperationDefinitionNode)]
    if name is not None:
        operations = [one for one in operations if one.name is not None and one.name.value == name]
    if len(operations) != 1:
        raise NotCompiled("not exactly one operation of that name")
    (operation,) = operations
    if operation.operation is OperationType.SUBSCRIPTION:
        raise NotCompiled("a subscription")
    disabling = GraphQLDisableErrorPropagationDirective.name
    if any(directive.name.value == disabling for directive in operation.directives or ()):
        raise NotCompiled(f"@{disabling}")
    return operation
