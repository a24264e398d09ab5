"""The statements that `gateway.store` keeps in its modules."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

from sqlalchemy import ClauseElement, CompoundSelect, Delete, Insert, Select, Update

import gateway.store

WHOLE = (Select, CompoundSelect, Update, Delete, Insert)
BUILDING_BLOCKS = {"gateway.store.journal._CHANGE", "gateway.store.journal._CHANGE_CLAIMED"}
"""Updates that say nothing yet; what is made of them is a statement by itself."""


def kept_statements() -> Iterator[tuple[str, ClauseElement]]:
    """By their full names. What is put together anew for each search is not among them."""
    for found in walk_packages(gateway.store.__path__, "gateway.store."):
        if ".migrations" in found.name:
            continue
        for name, value in vars(import_module(found.name)).items():
            full_name = f"{found.name}.{name}"
            if isinstance(value, WHOLE) and full_name not in BUILDING_BLOCKS:
                yield full_name, value
