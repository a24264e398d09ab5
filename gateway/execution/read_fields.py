"""Strawberry fields that are read from a part of their object.

    @strawberry.type
    class Purchase:
        record: strawberry.Private[Receipt]
        amount: int = read_field("record.amount", description="…")

A compiled operation reads `purchase.record.amount` and nothing else of the record; other executors call a resolver
that does the same.
"""

from operator import attrgetter
from typing import Any

import strawberry

PATH = "__path__"
"""The attribute of a resolver's function that holds the path it reads."""


def read_field(path: str, **options: Any) -> Any:
    """A field with the value at a path of attributes, such as "record.amount"; `options` are `strawberry.field`'s."""
    read = attrgetter(path)

    def resolve(self: Any) -> Any:
        return read(self)

    setattr(resolve, PATH, path)
    return strawberry.field(resolver=resolve, **options)
