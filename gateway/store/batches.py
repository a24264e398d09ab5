"""Batch reads: the keys that are asked for, and their answers under their own keys."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from gateway.store.prepared import Prepared, Row

K = TypeVar("K", bound=Hashable)
R = TypeVar("R")
V = TypeVar("V")


class BatchRead(Generic[K, V]):
    """One statement that answers for any number of keys.

    `answers` makes the mapping, which has every key, of the keys and the rows. `values` are the statement's parameters
    for the keys: most have the keys themselves, as one array.
    """

    def __init__(
        self,
        statement: sa.Select[Any] | sa.CompoundSelect[Any],
        answers: Callable[[Sequence[K], Iterable[Row]], Mapping[K, V]],
        values: Callable[[Sequence[K]], Mapping[str, Any]] = lambda keys: {"keys": keys},
    ) -> None:
        self.statement = statement
        self.answers = answers
        self.values = values

    @cached_property
    def prepared(self) -> Prepared:
        """The same statement, for the driver."""
        return Prepared(self.statement)


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
