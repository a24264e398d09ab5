"""What a field costs, declared in the schema by the directives of IBM's specification (`@cost`, `@listSize`).

What an operation costs by them is counted in `gateway.http.cost.estimates`.
"""

from collections.abc import Iterator

import strawberry
from strawberry.schema_directive import Location
from strawberry.types import get_object_definition
from strawberry.types.field import StrawberryField
from strawberry.types.unset import UNSET

MUTATION_WEIGHT = "10"


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="cost",
    description="What one call of the field costs beside the objects in its answer, which are 1 each.",
)
class Cost:
    """A field that is dearer than others."""

    weight: str


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="listSize",
    description="How long the list gets: as long as the slicing argument says, or as assumed. With `sizedFields` it "
    "is the list in those fields of the answer.",
)
class ListSize:
    """A list whose length counts."""

    assumed_size: int | None = UNSET
    slicing_arguments: list[str] | None = UNSET
    sized_fields: list[str] | None = UNSET


PAGE = ListSize(slicing_arguments=["first"], sized_fields=["edges"])


def declare_costs(schema: strawberry.Schema) -> None:
    """Puts `@listSize` on every field that gives a page, and `@cost` on every mutation that says nothing else."""
    for field in _fields(schema):
        if any(argument.python_name == "first" for argument in field.arguments):
            _declare(field, PAGE)
    mutation = get_object_definition(schema.mutation, strict=True)
    for field in mutation.fields:
        _declare(field, Cost(weight=MUTATION_WEIGHT))


def _fields(schema: strawberry.Schema) -> Iterator[StrawberryField]:
    for named in schema.schema_converter.type_map.values():
        yield from getattr(named.definition, "fields", ())


def _declare(field: StrawberryField, directive: Cost | ListSize) -> None:
    if not any(isinstance(declared, type(directive)) for declared in field.directives):
        field.directives = [*field.directives, directive]
