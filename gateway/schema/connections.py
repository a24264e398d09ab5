"""Relay connections over keysets: a cursor names the last item seen, so that a page never shifts."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import strawberry

T = TypeVar("T")
R = TypeVar("R")

WriteCursor = Callable[[Any], str]
"""Names the place of a record in its list."""


@strawberry.type(description="Where a page lies in its list (Relay).")
class PageInfo:
    """Relay's page information."""

    records: strawberry.Private[Sequence[Any]]
    write_cursor: strawberry.Private[WriteCursor]
    has_next_page: bool = strawberry.field(description="More items follow.")
    has_previous_page: bool = strawberry.field(description="This page began after a cursor.")

    @strawberry.field(description="Cursor of the first item, null on an empty page.")
    def start_cursor(self) -> str | None:
        """Where the page begins."""
        return self.write_cursor(self.records[0]) if self.records else None

    @strawberry.field(description="Cursor of the last item; give it as `after`.")
    def end_cursor(self) -> str | None:
        """Where the page ends."""
        return self.write_cursor(self.records[-1]) if self.records else None


@strawberry.type(description="An item and its place in the list.")
class Edge(Generic[T]):
    """One item of a connection."""

    record: strawberry.Private[Any]
    write_cursor: strawberry.Private[WriteCursor]
    node: T = strawberry.field(description="The item.")

    @strawberry.field(description="Opaque; good as `after`.")
    def cursor(self) -> str:
        """The item's place."""
        return self.write_cursor(self.record)


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
    return Connection(
        edges=[Edge(record=record, write_cursor=cursor, node=node(record)) for record in records],
        page_info=PageInfo(
            records=records,
            write_cursor=cursor,
            has_next_page=has_next,
            has_previous_page=after is not None,
        ),
    )
