"""Strawberry fields that are resolved for all objects of a level by one call.

    async def names(context: Context, keys: Sequence[str]) -> Mapping[str, str | Exception]: ...

    @strawberry.type
    class Member:
        number: str

        @batch_field(names, key=lambda member: member.number, description="…")
        def greeting(self, found: str, polite: bool = True) -> str:
            return f"Dear {found}" if polite else f"Hi {found}"

`names` is given the request's context, every object's key once, and the field's arguments, if it has any, by keyword;
an exception in its answer is the error of that key's objects. The function of the field makes one object's value of
what was found for it, and must not await. Executors that know nothing of batch fields call both for each object.
"""

import inspect
from collections.abc import Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import strawberry

Load = Callable[..., Awaitable[Mapping[Any, Any]]]

BATCH = "__batch__"
"""The attribute of a resolver's function that holds its `BatchParts`."""


@dataclass(frozen=True, slots=True)
class BatchParts:
    """What a batch field is made of; `takes_info` is whether `make` does."""

    load: Load
    key: Callable[[Any], Hashable]
    make: Callable[..., Any]
    takes_info: bool


def batch_field(
    load: Load, *, key: Callable[[Any], Hashable], **options: Any
) -> Callable[[Callable[..., Any]], Any]:
    """A decorator; `options` are those of `strawberry.field`."""

    def decorated(make: Callable[..., Any]) -> Any:
        takes_info = "info" in inspect.signature(make).parameters

        async def resolve(source: Any, info: Any, **arguments: Any) -> Any:
            own_key = key(source)
            outcome = (await load(info.context, [own_key], **arguments))[own_key]
            if isinstance(outcome, Exception):
                raise outcome
            given = {"info": info, **arguments} if takes_info else arguments
            return make(source, outcome, **given)

        return strawberry.field(_like(resolve, make, BatchParts(load, key, make, takes_info)), **options)

    return decorated


def _like(resolve: Any, make: Callable[..., Any], parts: BatchParts) -> Any:
    """The resolver as Strawberry is to see it: named, documented and typed as `make` is, without what was found."""
    signature = inspect.signature(make)
    source, _, *others = signature.parameters.values()
    info = inspect.Parameter("info", inspect.Parameter.KEYWORD_ONLY, annotation=strawberry.Info)
    arguments = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in others if each.name != "info"]
    resolve.__signature__ = signature.replace(parameters=[source, info, *arguments])
    for name in ("__module__", "__name__", "__qualname__", "__doc__"):
        setattr(resolve, name, getattr(make, name))
    setattr(resolve, BATCH, parts)
    return resolve
