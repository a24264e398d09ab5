"""Relay's Node: an opaque global id that says which type, which co-op and which one."""

from typing import NamedTuple
from uuid import UUID

import strawberry

from gateway.errors import BadInput
from gateway.opaque import read_opaque, write_opaque


class GlobalId(NamedTuple):
    """What a global id stands for. `key` is the type's own, a list of strings."""

    type_name: str
    coop_code: str
    key: tuple[str, ...]


def write_global_id(type_name: str, coop_code: str, *key: str) -> strawberry.ID:
    """The opaque form of a global id."""
    return strawberry.ID(write_opaque((type_name, coop_code, *key)))


def read_global_id(text: str) -> GlobalId:
    """The meaning of an opaque id; `BadInput` when it is none of ours."""
    try:
        parts = read_opaque(text)
    except ValueError as error:
        raise malformed() from error
    if not isinstance(parts, list) or len(parts) < 3 or not all(isinstance(part, str) for part in parts):
        raise malformed()
    type_name, coop_code, *key = parts
    return GlobalId(type_name, coop_code, tuple(key))


def identity_in(text: str, type_name: str, coop_code: str) -> UUID | None:
    """The UUID that ends an id of this type and co-op; None when it is anything else."""
    try:
        wanted = read_global_id(text)
        own = wanted[:2] == (type_name, coop_code)
        return UUID(wanted.key[-1]) if own and wanted.key else None
    except (BadInput, ValueError):
        return None


def malformed() -> BadInput:
    """What to raise for a text that is no id of ours."""
    return BadInput("id", "IDの形式が正しくありません。")


@strawberry.interface(description="Anything that can be fetched again by its id (Relay).")
class Node:
    """Every node has an id; `node(id:)` authorises anew."""

    id: strawberry.ID = strawberry.field(description="Opaque global id.")
