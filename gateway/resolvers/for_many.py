"""Resolving a field for many members at once: what it reads is loaded for all of them first, then each is resolved.

Each keeps its own permission, its own entry in the access log and its own error.
"""

from asyncio import wait
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, TypeVar

from aiodataloader import DataLoader

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


async def loaded(loader: "DataLoader[K, Any]", keys: Sequence[K]) -> None:
    """Has a loader ask for all keys in one call, unless there is only one. What fails is told to who asks for it."""
    if len(keys) < 2:
        return
    futures = [loader.load(key) for key in keys]
    for future in futures:
        if not future.done():
            await wait([future])
        future.exception()


async def outcomes(keys: Sequence[K], resolve: Callable[[K], Awaitable[V]]) -> dict[K, V | Exception]:
    """What a resolver gives for each key, or raises. What it reads has been loaded, so that it waits for nothing."""
    found: dict[K, V | Exception] = {}
    for key in keys:
        try:
            found[key] = await resolve(key)
        except Exception as error:
            found[key] = error
    return found
