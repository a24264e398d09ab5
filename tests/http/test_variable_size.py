"""How large the variables of a request may be."""

import json
from typing import Any

import pytest

from gateway.http.variable_size import variables_excess
from gateway.limit_settings import LimitSettings

LIMITS = LimitSettings(max_variable_bytes=100, max_variable_items=5, max_variable_depth=3)
DEEP = {"a": json.loads("[" * 500 + "]" * 500)}
"""Deeper than could be written as JSON to see how long it is."""


@pytest.mark.parametrize(
    "variables",
    [None, {}, {"a": "x" * 91}, {"a": [1, 2, 3, 4, 5]}, {"a": {"b": {"c": 1}}}, {"a": [[1]]}],
)
def test_what_is_within_the_limits_passes(variables: dict[str, Any] | None) -> None:
    assert variables_excess(variables, LIMITS) is None


@pytest.mark.parametrize(
    ("variables", "sentence"),
    [
        ({"a": "x" * 93}, "The variables have 101 bytes, and at most 100 are allowed."),
        ({"a": "あ" * 31}, "The variables have 101 bytes, and at most 100 are allowed."),
        ({"a": [1] * 6}, "The variables have a list of 6 items, and at most 5 are allowed."),
        ({"a": {"b": {"c": {"d": 1}}}}, "The variables are nested 4 levels deep, and at most 3 are allowed."),
        ({"a": [[[1]]]}, "The variables are nested 4 levels deep, and at most 3 are allowed."),
        (DEEP, "The variables are nested 500 levels deep, and at most 3 are allowed."),
    ],
)
def test_what_is_beyond_a_limit_is_told_with_the_limit(variables: dict[str, Any], sentence: str) -> None:
    excess = variables_excess(variables, LIMITS)

    assert excess is not None
    assert excess.sentence == sentence
