"""How the domain's own enums get into the schema."""

from collections.abc import Mapping
from enum import Enum

import strawberry


def describe(enum: type[Enum], description: str, values: Mapping[str, str]) -> None:
    """Make an enum part of the schema, every value with its description."""
    strawberry.enum(enum, description=description)
    definition = enum.__strawberry_definition__  # type: ignore[attr-defined]  # set by strawberry.enum
    for value in definition.values:
        value.description = values[value.name]
