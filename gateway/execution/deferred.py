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
      except CancelledError: gave_up(run, v)
     j = []
     if j or run.late: await together(run, j)

In a bucket an object is its source `s`, its dict `d` in the answer, and the indices of the lists it is in. A batch
field (`batch.py`) is one call in `start`, whose answer `finish` awaits once:

    def start6(run, b):
     w = Batch(b, key8)
     try: w.call = load9(run.request.context_value, w.distinct)
     except Exception: w.call = Raised()
     return w

    async def finish7(run, b, w):
     o = await w.found(run)
     for (s, d, i0), k in zip(b, w.keys):
      try:
       v = o[k]
       if isinstance(v, Exception): raise v
       v = make10(s, v)
       …
"""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    is_leaf_type,
)

from gateway.execution.positions import Position
from gateway.execution.resolvers import Awaits, BatchResolver, Resolver
from gateway.execution.source import Function, quoted

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
    resolver = deferred.resolver
    if isinstance(resolver, BatchResolver):
        function.line(f"w = Batch(b, {compiler.source.bind(resolver.key, 'key')})", here)
        function.line(f"try: w.call = {resolver.call(compiler.source, 'w.distinct')}", here)
        function.line("except Exception: w.call = Raised()")
        function.line("return w")
        return
    value = resolver.expression(compiler.source, "s", partial(compiler.info, here))
    function.line("w = []", here)
    with function.block(f"for {entry} in b:"):
        function.line(f"try: w.append({value})", here)
        function.line("except Exception: w.append(Raised())")
    function.line("return begun(w, run.request.is_awaitable)")


def _write_finish(compiler: "Compiler", deferred: Deferred, here: Position, name: str, entry: str) -> None:
    function = compiler.source.function(f"async def {name}(run, b, w):")
    is_batch = isinstance(deferred.resolver, BatchResolver)
    each, values = ("k", "w.keys") if is_batch else ("v", "w")
    if is_batch:
        function.line("o = await w.found(run)", here)
    with function.block(f"for ({entry}), {each} in zip(b, {values}):", here):
        with function.block("try:"):
            _write_value(compiler, function, deferred, here)
            if not is_leaf_type(get_named_type(here.type)):
                function.line("if run.lost and id(d) in run.lost: continue")
            compiler.completion.write(function, "v", here)
            function.line(f"d[{quoted(deferred.key)}] = v")
        _write_failure(function, deferred, here)
        if not is_batch:
            function.line("except CancelledError: gave_up(run, v)")
    compiler.collect_jobs(function)
    function.line("if j or run.late: await together(run, j)")


def _write_value(compiler: "Compiler", function: Function, deferred: Deferred, here: Position) -> None:
    """What was got for one object, as `v`."""
    if isinstance(deferred.resolver, BatchResolver):
        function.line("v = o[k]", here)
        function.line("if isinstance(v, Exception): raise v", here)
        made = deferred.resolver.expression(compiler.source, "s", partial(compiler.info, here))
        function.line(f"v = {made}", here)
        return
    condition = "if run.request.is_awaitable(v): " if deferred.awaits is Awaits.PERHAPS else ""
    function.line(f"{condition}v = await v", here)


def _write_failure(function: Function, deferred: Deferred, here: Position) -> None:
    if here.nullable == 0:
        function.line("except Exception: fail_all(run)")
    elif isinstance(here.type, GraphQLNonNull):
        function.line(f"except Exception: fail_above(run, {here.nullable})")
    else:
        function.line(f"except Exception: d[{quoted(deferred.key)}] = fail(run)")
