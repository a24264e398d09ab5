"""How large the variables of one request may be, looked at before they are coerced."""

from collections.abc import Mapping
from typing import Any

import orjson

from gateway.http.limits import Excess
from gateway.limit_settings import LimitSettings


def variables_excess(variables: Mapping[str, Any] | None, limits: LimitSettings) -> Excess | None:
    """The first limit that the variables, as they came in JSON, are beyond."""
    if not variables:
        return None
    depth, longest = _extent(variables)
    if depth > limits.max_variable_depth:  # orjson writes what is nested 254 levels deep, and nothing deeper
        return _excess("variable_depth", depth, limits.max_variable_depth, "are nested {:,} levels deep")
    written = len(orjson.dumps(variables))
    if written > limits.max_variable_bytes:
        return _excess("variable_bytes", written, limits.max_variable_bytes, "have {:,} bytes")
    if longest > limits.max_variable_items:
        return _excess("variable_items", longest, limits.max_variable_items, "have a list of {:,} items")
    return None


def _excess(limit: str, found: int, allowed: int, what: str) -> Excess:
    sentence = f"The variables {what.format(found)}, and at most {allowed:,} are allowed."
    return Excess(limit, found, allowed, sentence)


def _extent(variables: Mapping[str, Any]) -> tuple[int, int]:
    """How deep they are nested, the variables themselves being the first level, and how long the longest list is."""
    deepest = longest = 0
    pending: list[tuple[Any, int]] = [(variables, 0)]
    while pending:
        value, level = pending.pop()
        deepest = max(deepest, level)
        if isinstance(value, list):
            longest = max(longest, len(value))
            pending += [(item, level + 1) for item in value]
        elif isinstance(value, dict):
            pending += [(item, level + 1) for item in value.values()]
    return deepest, longest
