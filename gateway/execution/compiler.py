"""From a validated operation to Python source, and from that to functions.

The shape of what is written, for `{ member { name cards { number } } }` with an asynchronous resolver of `cards`:

    def step0(run, s):
     b5 = []
     try:
      try:
       a1 = s.member
       if a1 is None: pass
       elif type(a1) in plain or accepts(a1):
        s2 = a1
        try:
         a3 = s2.name
         if not (type(a3) is str) and a3 is not None: a3 = leaf4(run, a3)
        except Exception: a3 = fail(run)
        a1 = {'name': a3, 'cards': PENDING}
        b5.append((s2, a1))
       else: a1 = odd(run, a1)
      except Exception: a1 = fail(run)
      run.data.update({'member': a1})
     except Exception:
      fail_above(run, 0)
      return ()
     j = []
     if b5: j += Job(start6, finish7, b5),
     return j

Fields whose resolvers are asynchronous are *deferred* (`deferred.py`): the objects that have them wait in a bucket.
"""

from asyncio import CancelledError
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
)

from gateway.execution.batch import Batch
from gateway.execution.completion import Completion
from gateway.execution.deferred import Deferred, write_deferred
from gateway.execution.giving_up import gave_up
from gateway.execution.info import ResolveInfo
from gateway.execution.leaves import DATES
from gateway.execution.ledger import Ledger
from gateway.execution.plain import PlainClasses, is_plain_iterable
from gateway.execution.positions import Position
from gateway.execution.refusal import NotCompiled
from gateway.execution.resolvers import Awaits, Resolver
from gateway.execution.run import PENDING, Run
from gateway.execution.selections import Grouped, Selections
from gateway.execution.source import Function, Source, quoted
from gateway.execution.waiting import Job, Raised, begun, together

ResolverOf = Callable[[GraphQLField, FieldNode], Resolver]
FieldName = tuple[str, str]
"""Type and field."""

Step = Callable[[Run, Any], list[Job]]
"""Resolves root fields of a source into the answer; gives the jobs that remain."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled operation: its steps are carried out in order, each to its end before the next."""

    text: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Fields of an object that have been written: the display of its dict, and what remains to be awaited."""

    display: str
    deferred: list[Deferred]


class Compiler:
    """Writes the source of one operation for one decision of its `@skip` and `@include`."""

    def __init__(
        self,
        schema: GraphQLSchema,
        selections: Selections,
        resolver_of: ResolverOf,
        plain: PlainClasses,
        awaited: Collection[FieldName],
        longest: int,
        *,
        keeps_dates: bool,
    ) -> None:
        self.source = Source(longest)
        self.schema = schema
        self.plain = plain
        self.ledger = Ledger(self.source.namespace)
        self.completion = Completion(self, keeps_dates=keeps_dates)
        self._selections = selections
        self._resolver_of = resolver_of
        self._awaited = awaited
        self._jobs: dict[str, list[str]] = {}
        self.source.namespace.update(
            PENDING=PENDING,
            Batch=Batch,
            CancelledError=CancelledError,
            Job=Job,
            Raised=Raised,
            begun=begun,
            gave_up=gave_up,
            together=together,
            info=ResolveInfo,
            plain=plain.seen,
            accepts=plain.accepts,
            dates=DATES,
            iterable=is_plain_iterable,
            odd=self.ledger.odd,
            fail=self.ledger.fail,
            fail_above=self.ledger.fail_above,
            fail_all=self.ledger.fail_all,
        )

    def program(self, operation: OperationDefinitionNode, root_type: GraphQLObjectType) -> Program:
        """The whole operation: one step for a query, one for each root field of a mutation."""
        grouped = self._selections.fields(root_type, [operation.selection_set])
        serial = operation.operation is OperationType.MUTATION
        parts = [{key: nodes} for key, nodes in grouped.items()] if serial else [grouped]
        names = [self._step(root_type, part) for part in parts]
        text, self.ledger.places = self.source.assembled()
        namespace = self.source.namespace
        exec(compile(text, "<compiled operation>", "exec"), namespace)  # noqa: S102 - source.py says what is in it
        return Program(text, tuple(namespace[name] for name in names))

    def _step(self, root_type: GraphQLObjectType, grouped: Grouped) -> str:
        name = self.source.name("step")
        function = self.source.function(f"def {name}(run, s):")
        root = Position.root(root_type)
        with function.block("try:", root):
            fields = self._fields(function, root_type, grouped, "s", root)
            function.line(f"run.data.update({fields.display})")
            self._wait(function, fields, "s", "run.data", root)
        with function.block("except Exception:"):
            function.line("fail_above(run, 0)")
            function.line("return ()")
        self.collect_jobs(function)
        function.line("return j")
        return name

    def collect_jobs(self, function: Function) -> None:
        """At the end of a function: the jobs of its buckets, as `j`."""
        function.line("j = []")
        for bucket in function.buckets:
            function.line(f"if {bucket}: j += {', '.join(self._jobs[bucket])},")

    def object_fields(
        self, function: Function, type_: GraphQLObjectType, holder: str, into: str, place: Position
    ) -> None:
        """Writes the fields of the object in `holder`; `into` becomes its dict in the answer."""
        grouped = self._selections.fields(type_, [node.selection_set for node in place.nodes])
        fields = self._fields(function, type_, grouped, holder, place)
        function.line(f"{into} = {fields.display}")
        self._wait(function, fields, holder, into, place)

    def _fields(
        self, function: Function, type_: GraphQLObjectType, grouped: Grouped, holder: str, place: Position
    ) -> Fields:
        display: list[str] = []
        deferred: list[Deferred] = []
        for key, nodes in grouped.items():
            if nodes[0].name.value == "__typename":
                display.append(f"{quoted(key)}: {quoted(type_.name)}")
                continue
            field = self._field(type_, nodes[0])
            resolver = self._resolver_of(field, nodes[0])
            awaits = self._awaits(resolver, type_, nodes[0])
            if awaits is not Awaits.NEVER:
                deferred.append(Deferred(key, nodes, type_, field, resolver, awaits))
                display.append(f"{quoted(key)}: PENDING")
                continue
            variable = self.source.name("a")
            display.append(f"{quoted(key)}: {variable}")
            here = place.of_field(key, nodes, type_, field)
            value = resolver.expression(self.source, holder, partial(self.info, here))
            self._value(function, variable, value, here)
        return Fields("{" + ", ".join(display) + "}", deferred)

    def _field(self, type_: GraphQLObjectType, node: FieldNode) -> GraphQLField:
        field: GraphQLField | None = type_.fields.get(node.name.value)
        if field is None:
            raise NotCompiled("introspection, or a field the schema does not have")
        return field

    def _awaits(self, resolver: Resolver, type_: GraphQLObjectType, node: FieldNode) -> Awaits:
        if resolver.awaits is Awaits.NEVER and (type_.name, node.name.value) in self._awaited:
            return Awaits.PERHAPS
        return resolver.awaits

    def _value(self, function: Function, variable: str, value: str, here: Position) -> None:
        if isinstance(here.type, GraphQLNonNull):
            function.line(f"{variable} = {value}", here)
            self.completion.write(function, variable, here)
            return
        with function.block("try:", here):
            function.line(f"{variable} = {value}", here)
            self.completion.write(function, variable, here)
        function.line(f"except Exception: {variable} = fail(run)")

    def _wait(self, function: Function, fields: Fields, holder: str, into: str, place: Position) -> None:
        """Puts the object into a bucket if fields of it remain."""
        if not fields.deferred:
            return
        bucket = function.bucket()
        indices = "".join(f", {index.expression}" for index in place.indices())
        function.line(f"{bucket}.append(({holder}, {into}{indices}))")
        pairs = [write_deferred(self, one, place.handed_on()) for one in fields.deferred]
        self._jobs[bucket] = [f"Job({start}, {finish}, {bucket})" for start, finish in pairs]

    def info(self, here: Position, made_by: str = "info") -> str:
        """The expression that makes a field's `info`, by a class as `ResolveInfo` is."""
        indices = "".join(f"{index.expression}, " for index in here.indices())
        given = f", ({indices})" if indices else ""
        return f"{made_by}(run, {self.source.bind(here, 'place')}{given})"
