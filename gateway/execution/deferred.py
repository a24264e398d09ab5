"""Fields that must be awaited: for all objects of a level at once.

For each such field two functions are written. `start` calls the resolver for every object that waits in the bucket;
`finish` awaits what they returned, completes the values, and carries out the jobs of the level below:

    def start6(run, b):
     w = []
     for s, d, i0 in b:
      try: w.append(resolve8(s))
      except Exception: w.append(Raised())
     return begun(w, run.request.is_awaitable)

    async def finish7(run, b, w):
     for (s, d, i0), v in zip(b, w):
      try:
       v = await v
       …
       d['cards'] = v
      except Exception: d['cards'] = fail(run)
     j = []
     if j or run.late: await together(run, j)

In a bucket an object is its source `s`, its dict `d` in the answer, and the indices of the lists it is in.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField, GraphQLNonNull, GraphQLObjectType

from gateway.execution.positions import Position
from gateway.execution.resolvers import Awaits, Resolver
from gateway.execution.source import quoted

if TYPE_CHECKING:
    from gateway.execution.compiler import Compiler


@dataclass(frozen=True, slots=True)
class Deferred:
    """One field of one kind of object."""

    key: str
    nodes: list[FieldNode]
    parent: GraphQLObjectType
    field: GraphQLField
    resolver: Resolver
    awaits: Awaits


def write_deferred(compiler: "Compiler", deferred: Deferred, place: Position) -> tuple[str, str]:
    """Writes both functions and gives their names; `place` is the object's."""
    here = place.of_field(deferred.key, deferred.nodes, deferred.parent, deferred.field)
    start, finish = compiler.source.name("start"), compiler.source.name("finish")
    entry = ", ".join(["s", "d", *(index.variable for index in here.indices())])
    _write_start(compiler, deferred, here, start, entry)
    _write_finish(compiler, deferred, here.awaited(), finish, entry)
    return start, finish


def _write_start(compiler: "Compiler", deferred: Deferred, here: Position, name: str, entry: str) -> None:
    function = compiler.source.function(f"def {name}(run, b):")
    value = deferred.resolver.expression(compiler.source, "s", lambda: compiler.info(here))
    function.line("w = []", here)
    with function.block(f"for {entry} in b:"):
        function.line(f"try: w.append({value})", here)
        function.line("except Exception: w.append(Raised())")
    function.line("return begun(w, run.request.is_awaitable)")


def _write_finish(compiler: "Compiler", deferred: Deferred, here: Position, name: str, entry: str) -> None:
    function = compiler.source.function(f"async def {name}(run, b, w):")
    condition = "if run.request.is_awaitable(v): " if deferred.awaits is Awaits.PERHAPS else ""
    answer = f"d[{quoted(deferred.key)}]"
    with function.block(f"for ({entry}), v in zip(b, w):", here):
        with function.block("try:"):
            function.line(f"{condition}v = await v", here)
            compiler.completion.write(function, "v", here)
            function.line(f"{answer} = v")
        if here.nullable == 0:
            function.line("except Exception: fail_all(run)")
        elif isinstance(here.type, GraphQLNonNull):
            function.line(f"except Exception: fail_above(run, {here.nullable})")
        else:
            function.line(f"except Exception: {answer} = fail(run)")
    compiler.collect_jobs(function)
    function.line("if j or run.late: await together(run, j)")
