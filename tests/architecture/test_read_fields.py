"""Fields that are read from records: mypy does not follow their paths, so this does."""

from collections.abc import Iterator, Sequence
from types import NoneType
from typing import Any, NewType, TypeVar, get_args, get_origin, get_type_hints

import pytest
from strawberry.types import get_object_definition, has_object_definition
from strawberry.types.base import StrawberryObjectDefinition

from adapters import records
from gateway.execution.read_fields import PATH
from gateway.resolvers.card_reissues import HeldCard
from gateway.schema.build import build_schema
from gateway.schema.profile import Card
from gateway.schema.transactions import MonthlySpending
from gateway.schema.web_points import WebPointEntry

STAND_FOR_TYPES = {
    Card: HeldCard,
    MonthlySpending: records.MonthlySpending,
    WebPointEntry: records.WebPointEntry,
}
"""Records that resolvers hand out as they are. Those a path leads to are found by their paths."""


def read_fields() -> Iterator[tuple[type, str, str]]:
    """Type, name and path of every one."""
    for named in build_schema().schema_converter.type_map.values():
        if not isinstance(named.definition, StrawberryObjectDefinition):
            continue
        for field in named.definition.fields:
            path = getattr(field.base_resolver and field.base_resolver.wrapped_func, PATH, None)
            if path is not None:
                yield named.definition.origin, field.python_name, path


def part(of: Any, name: str) -> Any:
    """The declared type of a part, of a generic record too; None where there is none."""
    whole = get_origin(of) or of
    declared = get_type_hints(whole).get(name)
    if isinstance(declared, TypeVar):
        return get_args(of)[whole.__parameters__.index(declared)]
    return declared


def plain(type_: Any) -> Any:
    """Without the names that mypy alone tells apart."""
    return plain(type_.__supertype__) if isinstance(type_, NewType) else type_


def fits(shown: Any, held: Any) -> bool:
    """Whether what is held can be shown as it is."""
    shown, held = plain(shown), plain(held)
    if NoneType in get_args(shown):
        (shown,) = set(get_args(shown)) - {NoneType}
        return all(each is NoneType or fits(shown, each) for each in get_args(held) or [held])
    if get_origin(shown) is list:
        return get_origin(held) in (tuple, list, Sequence) and fits(get_args(shown)[0], get_args(held)[0])
    if has_object_definition(shown) and shown is not held:
        fields = get_object_definition(shown, strict=True).fields
        resolved = {field.python_name for field in fields if field.base_resolver is not None}
        return all(
            fits(part(shown, name), part(held, name)) for name in get_type_hints(shown).keys() - resolved
        )
    return bool(shown == held)


@pytest.mark.parametrize(
    ("type_", "name", "path"),
    [pytest.param(*each, id=f"{each[0].__name__}.{each[1]}") for each in read_fields()],
)
def test_a_path_leads_to_what_the_field_says(type_: type, name: str, path: str) -> None:
    held: Any = type_
    for each in path.split("."):
        held = part(held, each)

    assert fits(part(type_, name), held)


@pytest.mark.parametrize(("type_", "record"), STAND_FOR_TYPES.items())
def test_a_record_that_stands_for_a_type_has_its_fields(type_: type, record: type) -> None:
    assert fits(type_, record)


def test_what_does_not_fit_is_found() -> None:
    assert not fits(int, str)
    assert not fits(int, int | None)
    assert not fits(list[int], tuple[str, ...])
    assert not fits(MonthlySpending, records.Transaction | None)
