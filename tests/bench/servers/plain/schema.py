"""The schema of these types, on Strawberry or on the compiled executor."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import strawberry
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig

from gateway.schema.scalars import SCALARS
from tests.bench.servers.plain.types import Query

S = TypeVar("S", bound=strawberry.Schema)


def plain_schema(kind: Callable[..., S], extensions: Sequence[type[SchemaExtension]] = ()) -> S:
    """Of that class."""
    return kind(query=Query, config=StrawberryConfig(scalar_map=SCALARS), extensions=list(extensions))
