"""Values that are not what a compiled operation expects where it meets them: graphql-core completes them.

An awaitable from a resolver that is a plain function, an awaitable item of a list, an asynchronous iterable, a type
resolver that must be awaited, an instance of `Undefined`. No resolver is ever called a second time for it: the value
it gave is handed on.
"""

import asyncio
from collections.abc import Awaitable, Callable
from types import CoroutineType
from typing import Any

from graphql import GraphQLNonNull, Undefined, located_error

from gateway.execution.giving_up import gave_up
from gateway.execution.positions import Position
from gateway.execution.run import Key, Lost, Run

Completion = Callable[[Any], Any]
"""From a value to a completed value, or to an awaitable of one."""


class Late:
    """Stands in the answer for a value that must be awaited first."""

    __slots__ = ("_awaitable", "_complete", "_path", "_position", "_task")

    def __init__(
        self,
        position: Position,
        path: list[Key],
        awaitable: Awaitable[Any],
        complete: Completion | None = None,
    ) -> None:
        self._position = position
        self._path = path
        self._awaitable = awaitable
        self._complete = complete
        self._task: asyncio.Task[Any] | None = None

    def is_lost(self, run: Run) -> bool:
        """Whether something above its place has become null meanwhile; then it is abandoned."""
        if not run.is_lost(self._path):
            return False
        if isinstance(self._awaitable, CoroutineType):
            self._awaitable.close()
        return True

    def give_up(self, run: Run) -> None:
        """Ends awaiting the value, if that has begun and its place is lost; a future may be others' too."""
        if self._task is None or id(self) in run.given_up or isinstance(self._awaitable, asyncio.Future):
            return
        if run.is_lost(self._path):
            run.given_up[id(self)] = self
            self._task.cancel()

    async def settle(self, run: Run) -> None:
        """Awaits and completes the value and puts it in its place, or null in the nearest place that may be.

        Raises `Lost` when that is the whole answer.
        """
        if self.is_lost(run):
            return
        self._task = asyncio.current_task()
        try:
            value = await self._value(run)
        except asyncio.CancelledError:
            gave_up(run, self)
        except Exception as error:
            located = located_error(error, self._position.nodes, self._path)
            self._task = None
            if run.report(located, self._path):
                run.nullify(self._path[: self._position.nullable])
            if run.data is None:
                raise Lost from None
        else:
            self._task = None
            run.put(self._path, value)

    async def _value(self, run: Run) -> Any:
        value = await self._awaitable
        if self._complete is None:
            return value
        value = self._complete(value)
        return await value if run.request.is_awaitable(value) else value


def completed_late(run: Run, position: Position, path: list[Key], value: Any) -> Any:
    """Any value, completed as graphql-core does: the completed value, or a `Late` the run will settle."""
    if isinstance(value, Exception):
        raise value
    if value is None or value is Undefined:
        return required(position) if isinstance(position.type, GraphQLNonNull) else None
    complete = completion(run, position, path)
    if not position.was_awaited and run.request.is_awaitable(value):
        if len(path) == position.field_steps:
            run.awaited.add((position.parent_type.name, position.nodes[0].name.value))
        return awaited_later(run, position, path, value, complete)
    completed = complete(value)
    if run.request.is_awaitable(completed):
        return awaited_later(run, position, path, completed)
    return completed


def awaited_later(
    run: Run, position: Position, path: list[Key], value: Any, complete: Completion | None = None
) -> Late:
    """Registers an awaitable with the run."""
    late = Late(position, path, value, complete)
    run.late.append(late)
    return late


def completion(run: Run, position: Position, path: list[Key]) -> Completion:
    """graphql-core's completion of values at a position."""
    executor = run.executor
    linked = position.linked(path)
    info = executor.build_resolve_info(
        position.field,  # type: ignore[arg-type]  # the root alone has no field, and is never completed
        position.nodes,
        position.parent_type,
        position.linked(path[: position.field_steps]),  # type: ignore[arg-type]  # not empty
    )

    def complete(value: Any) -> Any:
        return executor.complete_value(position.type, position.details, info, linked, value, None)  # type: ignore[arg-type]

    return complete


def required(position: Position) -> Any:
    """Raises what graphql-core raises for a null where none may be."""
    name = position.nodes[0].name.value
    raise TypeError(f"Cannot return null for non-nullable field {position.parent_type}.{name}.")
