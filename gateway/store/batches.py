"""Batch reads: the keys that are asked for, and their answers under their own keys."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")


def asked_for(column: sa.Column[Any]) -> sa.ColumnElement[bool]:
    """Whether the column is among the parameter `keys`: an array, so that one statement serves any number."""
    return column == sa.any_(sa.bindparam("keys", type_=ARRAY(column.type)))


def one_each(keys: Iterable[K], records: Iterable[R], key_of: Callable[[R], K]) -> Mapping[K, R | None]:
    """The record of every key; None where there is none."""
    found = {key_of(record): record for record in records}
    return {key: found.get(key) for key in keys}


def many_each(keys: Iterable[K], records: Iterable[R], key_of: Callable[[R], K]) -> Mapping[K, Sequence[R]]:
    """The records of every key, in the order they come; an empty sequence where there are none."""
    found: dict[K, list[R]] = {key: [] for key in keys}
    for record in records:
        found[key_of(record)].append(record)
    return found
