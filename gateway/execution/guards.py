"""Field extensions that only guard a field: they let a request pass, or raise.

    class MembersOnly(Guard):
        def guard(self, info: strawberry.Info) -> None:
            if not info.context.is_member:
                raise Forbidden

    @strawberry.field(extensions=[MembersOnly()])
    def points(self) -> int: …

A compiled operation asks them, in the order of the extensions, and calls the resolver itself; other executors go
through Strawberry's chain of extensions, with the same outcome.
"""

from collections.abc import Callable, Sequence
from typing import Any

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.extensions.field_extension import AsyncExtensionResolver, SyncExtensionResolver


class Guard(FieldExtension):
    """Whoever inherits says whom it lets pass, by `guard`."""

    def guard(self, info: strawberry.Info) -> None:
        """Raises for whom it does not let pass."""
        raise NotImplementedError

    def resolve(
        self, next_: SyncExtensionResolver, source: Any, info: strawberry.Info, **arguments: Any
    ) -> Any:
        """Guards, then resolves."""
        self.guard(info)
        return next_(source, info, **arguments)

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: strawberry.Info, **arguments: Any
    ) -> Any:
        """Guards, then resolves."""
        self.guard(info)
        return await next_(source, info, **arguments)


def only_guards(extensions: Sequence[FieldExtension]) -> bool:
    """Whether none of them does anything else to a request."""
    return all(
        isinstance(extension, Guard)
        and type(extension).resolve is Guard.resolve
        and type(extension).resolve_async is Guard.resolve_async
        and type(extension).map_arguments is FieldExtension.map_arguments
        for extension in extensions
    )


def guarded(extensions: Sequence[FieldExtension], function: Callable[..., Any]) -> Callable[..., Any]:
    """The function behind its guards: it is given the info first, for them, and then what it takes itself."""
    guards = [extension.guard for extension in extensions if isinstance(extension, Guard)]

    def call(info: strawberry.Info, /, *given: Any, **arguments: Any) -> Any:
        for guard in guards:
            guard(info)
        return function(*given, **arguments)

    return call
