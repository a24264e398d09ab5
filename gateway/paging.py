"""Keyset paging: opaque cursors, and how large a page may be."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from adapters.records import Page
from gateway.errors import BadInput
from gateway.opaque import read_opaque, write_opaque

PAGE_LIMIT = 100
"""The largest page (design: security, operations)."""

T = TypeVar("T")
K = TypeVar("K")


def page_size(first: int) -> int:
    """The size asked for, checked."""
    if not 1 <= first <= PAGE_LIMIT:
        raise BadInput("first", f"一度に取得できる件数は1から{PAGE_LIMIT}までです。")
    return first


def write_cursor(*parts: str) -> str:
    """The opaque form of a place in a list."""
    return write_opaque(parts)


def read_cursor(cursor: str | None, place: Callable[..., K]) -> K | None:
    """The place a cursor names, made by `place` from its parts; None stays None, another's cursor is `BadInput`."""
    if cursor is None:
        return None
    try:
        return place(*read_opaque(cursor))
    except (ValueError, TypeError) as error:
        raise BadInput(
            "after", "カーソルの形式が正しくありません。前の応答の endCursor を指定してください。"
        ) from error


def page_of(items: Sequence[T], *, first: int, follows: Callable[[T], bool]) -> Page[T]:
    """A page of a list that is at hand whole: the first items that follow the cursor."""
    rest = [item for item in items if follows(item)]
    return Page(rest[:first], has_next=len(rest) > first)
