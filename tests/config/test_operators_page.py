"""docs/operators/configure.md names every setting and every key, and no setting that does not exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from gateway.coop import Coop
from gateway.coop_config.parts import Part
from gateway.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "operators" / "configure.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", PAGE))


def parts_in(annotation: object) -> Iterator[type[Part]]:
    """The models a type is made of."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for argument in get_args(annotation):
        yield from parts_in(argument)


def keys_of(part: type[Part]) -> Iterator[str]:
    """Every key of a table and the tables in it, except those that are tables themselves."""
    for name, field in part.model_fields.items():
        inner = list(parts_in(field.annotation))
        if not inner:
            yield name
        for table in inner:
            yield from keys_of(table)


def test_every_setting_is_on_the_page_and_no_other() -> None:
    settings = {f"GATEWAY_{name.upper()}" for name in Settings.model_fields}
    assert {name for name in NAMED if re.fullmatch(r"GATEWAY_[A-Z_]+", name)} == settings


def test_every_key_of_a_co_ops_file_is_on_the_page() -> None:
    assert set(keys_of(Coop)) - NAMED == set()
