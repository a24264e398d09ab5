"""The parameters of a download's address, read strictly. What cannot be used is `BadInput` with a Japanese message."""

import re
from datetime import date
from enum import Enum
from typing import TypeVar

from starlette.datastructures import QueryParams

from adapters.records import YearMonth
from gateway.errors import BadInput

E = TypeVar("E", bound=Enum)

_DAY = re.compile(r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}")


def day_in(parameters: QueryParams, name: str) -> date | None:
    """`2026-11-20`, None where it is not given."""
    written = parameters.get(name)
    return None if written is None else _day(written, name, "2026-11-20")


def month_in(parameters: QueryParams, name: str) -> YearMonth | None:
    """`2026-11`, None where it is not given."""
    written = parameters.get(name)
    return None if written is None else YearMonth.of(_day(f"{written}-01", name, "2026-11"))


def choice_in(parameters: QueryParams, name: str, choices: type[E]) -> E:
    """One of an enum's values, which must be given."""
    try:
        return choices(parameters.get(name))
    except ValueError:
        known = "、".join(str(choice.value) for choice in choices)
        raise BadInput(name, f"{name} は次のいずれかをご指定ください：{known}") from None


def _day(written: str, name: str, example: str) -> date:
    try:
        if _DAY.fullmatch(written):
            return date.fromisoformat(written)
        raise ValueError(written)
    except ValueError:
        raise BadInput(name, f"{name} は {example} の形式でご指定ください。") from None
