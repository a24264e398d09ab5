"""What pydantic found in a co-op's file, as findings with a way to put it right."""

from collections.abc import Iterator
from typing import get_args, get_origin

from pydantic_core import ErrorDetails

from gateway.coop import Coop
from gateway.coop_config.parts import Part
from gateway.coop_config.positions import KeyPath
from gateway.coop_config.problems import Finding, spelled_out
from gateway.mistakes import did_you_mean, known_values, what_is_wrong

_TOP_OF_THE_FILE = "at the top of the file, before the first table"


def finding_of(error: ErrorDetails) -> Finding:
    """One error of pydantic's as a finding."""
    path = error["loc"]
    match error["type"]:
        case "missing":
            return Finding(path, "is missing", _how_to_add(path))
        case "extra_forbidden":
            return Finding(path, "is not a known key", _where_it_belongs(path))
        case _:
            return Finding(path, what_is_wrong(error), known_values(error))


def _how_to_add(path: KeyPath) -> str:
    *parents, key = path
    part = _part_at(path[:-1])
    if part and (header := _header(part, str(key), spelled_out(path))):
        return f"Add the table {header}."
    return f"Add `{key} = …` {f'to `{spelled_out(tuple(parents))}`' if parents else _TOP_OF_THE_FILE}."


def _where_it_belongs(path: KeyPath) -> str:
    """A key known in one other table only has most likely slipped below the wrong header."""
    key = str(path[-1])
    homes = [header for header, part in _tables() if key in part.model_fields]
    if len(homes) == 1:
        return f"It belongs {f'in {homes[0]}' if homes[0] else _TOP_OF_THE_FILE}."
    here = _part_at(path[:-1])
    return did_you_mean(key, list(here.model_fields)) if here else ""


def _part_at(path: KeyPath) -> type[Part] | None:
    """The model that describes the table at a path, or None where no table belongs."""
    part: type[Part] | None = Coop
    for key in path:
        if isinstance(key, str):
            field = part.model_fields.get(key) if part else None
            part = _part_in(field.annotation) if field else None
    return part


def _part_in(annotation: object) -> type[Part] | None:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for argument in get_args(annotation) if (part := _part_in(argument))), None)


def _header(part: type[Part], key: str, path: str) -> str:
    """How the table of a key begins, `[pico]` or `[[stores]]`; empty when the key is no table."""
    annotation = part.model_fields[key].annotation
    if not _part_in(annotation):
        return ""
    return f"[[{path}]]" if get_origin(annotation) is tuple else f"[{path}]"


def _tables(part: type[Part] = Coop, header: str = "", path: str = "") -> Iterator[tuple[str, type[Part]]]:
    """Every table a file may have, with its header; that of the root is empty."""
    yield header, part
    for key, field in part.model_fields.items():
        if inner := _part_in(field.annotation):
            inner_path = f"{path}.{key}" if path else key
            yield from _tables(inner, _header(part, key, inner_path), inner_path)
