"""Relay connections over keysets: a cursor names the last item seen, so that a page never shifts."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import strawberry

T = TypeVar("T")
R = TypeVar("R")


@strawberry.type(description="Where a page lies in its list (Relay).")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="More items follow.")
    has_previous_page: bool = strawberry.field(description="This page began after a cursor.")
    start_cursor: str | None = strawberry.field(
        description="Cursor of the first item, null on an empty page."
    )
    end_cursor: str | None = strawberry.field(description="Cursor of the last item; give it as `after`.")


@strawberry.type(description="An item and its place in the list.")
class Edge(Generic[T]):
    """One item of a connection."""

    node: T = strawberry.field(description="The item.")
    cursor: str = strawberry.field(description="Opaque; good as `after`.")


@strawberry.type(description="A page of a list that grows.")
class Connection(Generic[T]):
    """One page."""

    edges: list[Edge[T]] = strawberry.field(description="The items of this page, in order.")
    page_info: PageInfo = strawberry.field(description="Whether and where it goes on.")


def connection(
    records: Sequence[R],
    *,
    node: Callable[[R], T],
    cursor: Callable[[R], str],
    has_next: bool,
    after: str | None,
) -> Connection[T]:
    """A page from records in order: `node` makes the type, `cursor` names the record's place."""
    edges = [Edge(node=node(record), cursor=cursor(record)) for record in records]
    return Connection(
        edges=edges,
        page_info=PageInfo(
            has_next_page=has_next,
            has_previous_page=after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )
