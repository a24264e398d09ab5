"""Reading a whole list for a file, a page at a time."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

from adapters.errors import Unavailable
from adapters.records import Page
from adapters.upstream import deadline
from gateway.context import Context
from gateway.outage import LegacySystem, system_name

T = TypeVar("T")


async def whole(
    context: Context, fetch: Callable[[str | None], Awaitable[Page[T]]], cursor: Callable[[T], str]
) -> AsyncIterator[Sequence[T]]:
    """Every page that `fetch` gives after a cursor; none is kept, so that a list of any length fits through."""
    after = None
    while True:
        page = await fetch(after)
        yield page.items
        if not page.has_next:
            return
        after = cursor(page.items[-1])
        context.forget_loaded()


async def in_time(pages: AsyncIterator[T], seconds: float) -> AsyncIterator[T]:
    """The same pages, each within so many seconds."""
    while True:
        with deadline(seconds):
            page = await anext(pages, None)
        if page is None:
            return
        yield page


async def current(context: Context, system: LegacySystem, pages: AsyncIterator[T]) -> AsyncIterator[T]:
    """The same pages as long as the system itself gives them; raises `Unavailable` for last known ones.

    On a screen these say how old they are. A file outlives the outage, and nobody would see it from it.
    """
    async for page in pages:
        if system in context.trail.last_known:
            name = system_name(context.at_home().coop.code, system)
            raise Unavailable(name, "only last known answers, which no export holds")
        yield page


async def begun(pages: AsyncIterator[T]) -> AsyncIterator[T]:
    """The same pages with the first one read: what keeps it from being read is raised here."""
    return _after(await anext(pages), pages)


async def _after(first: T, rest: AsyncIterator[T]) -> AsyncIterator[T]:
    yield first
    async for each in rest:
        yield each
