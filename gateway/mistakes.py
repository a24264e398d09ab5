"""Mistakes in configuration, told in plain English. A value is never repeated: it may be a secret."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

_DAY = "must be a day such as 2026-12-29, without quotes"
_LIST = "must be a list in square brackets"
_SENTENCES: Mapping[str, str] = {
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false, without quotes",
    "date_from_datetime_parsing": _DAY,
    "date_parsing": _DAY,
    "date_type": _DAY,
    "enum": "has an unknown value",
    "finite_number": "must be a number",
    "float_parsing": "must be a number",
    "float_type": "must be a number, without quotes",
    "frozen_set_type": _LIST,
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number, without quotes",
    "less_than_equal": "must be {le} or less",
    "missing": "is missing",
    "model_type": "must be a table",
    "string_too_short": "must not be empty",
    "string_type": "must be text in quotes",
    "too_short": "must not be empty",
    "tuple_type": _LIST,
    "value_error": "{error}",
}


def what_is_wrong(error: ErrorDetails) -> str:
    """One error of pydantic's as the rest of a sentence that begins with the key."""
    sentence = _SENTENCES.get(error["type"])
    if sentence is None:
        return f"is wrong: {error['msg']}"
    return sentence.format(**_plain_numbers(error.get("ctx", {})))


def known_values(error: ErrorDetails) -> str:
    """What to write instead of an unknown value; empty for other mistakes."""
    if error["type"] != "enum":
        return ""
    known = re.findall(r"'([^']*)'", error["ctx"]["expected"])
    return did_you_mean(str(error["input"]), known)


def did_you_mean(written: str, known: Sequence[str]) -> str:
    """A suggestion when something known looks alike, else all that is known."""
    by_lower_case = {name.lower(): name for name in known}
    alike = get_close_matches(written.lower(), by_lower_case, n=1)
    if alike:
        return f"Did you mean `{by_lower_case[alike[0]]}`?"
    return f"Known here: {', '.join(f'`{name}`' for name in known)}."


def _plain_numbers(context: dict[str, Any]) -> dict[str, Any]:
    """60.0 as 60."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in context.items()
    }
