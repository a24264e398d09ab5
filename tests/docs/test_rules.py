"""docs/rules.md is true: every row is there, and what it names exists."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "docs/rules.md"
SIZES = {"A": 37, "B": 33, "C": 4, "D": 10, "E": 27, "X": 23}
NEVER_GIVEN = {"X20"}
IDS = [f"{group}{i}" for group, size in SIZES.items() for i in range(1, size + 1)]
CELLS = re.compile(r"^\| ([A-EX]\d+) \| (.+) \| ((?:done|open).*?) \| (.*?) ?\| (.*?) ?\|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
RULE_IDS = re.compile(r"\b([A-EX])(\d{1,2})(?:[–-]\1?(\d{1,2}))?\b")


class Row(NamedTuple):
    """One promise."""

    id: str
    rule: str
    state: str
    places: list[str]
    tests: list[str]


def read_row(cells: tuple[str, ...]) -> Row:
    row_id, rule, state, places, tests = cells
    return Row(row_id, rule, state, QUOTED.findall(places), QUOTED.findall(tests))


ROWS = [read_row(cells) for cells in CELLS.findall(TABLE.read_text(encoding="utf-8"))]
every_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)


@cache
def names_in(module: str) -> dict[str, str]:
    """Every function and class of a module with its docstring, wherever it is nested."""
    nodes = ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8")))
    return {
        node.name: ast.get_docstring(node) or ""
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
    }


@cache
def keys_in(file: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / file).read_text(encoding="utf-8"))


def holds(table: Any, keys: list[str]) -> bool:
    """Whether a key stands where its dots say."""
    for key in keys:
        if key not in table:
            return False
        table = table[key]
    return True


def ids_named(text: str) -> set[str]:
    """The rows a text names: `B6`, and `B24–B29` as all six."""
    return {
        f"{group}{number}"
        for group, first, last in RULE_IDS.findall(text)
        for number in range(int(first), int(last or first) + 1)
    }


def test_every_promise_has_one_row() -> None:
    assert [row.id for row in ROWS] == [row_id for row_id in IDS if row_id not in NEVER_GIVEN]


@every_row
def test_the_places_of_a_row_exist(row: Row) -> None:
    for place in row.places:
        file, _, name = place.partition(": ")
        assert (ROOT / file).is_file(), place
        if file.endswith(".py"):
            assert name in names_in(file), place
        elif file.endswith(".toml"):
            assert holds(keys_in(file), name.split(".")), place


@every_row
def test_the_tests_of_a_row_exist_and_name_it(row: Row) -> None:
    for test in row.tests:
        file, _, name = test.partition("::")
        docstring = names_in(file).get(name)
        assert docstring is not None, f"{test} does not exist"
        assert row.id in ids_named(f"{name} {docstring}"), f"{test} does not name {row.id}"


@every_row
def test_what_is_done_lives_somewhere_and_is_proven(row: Row) -> None:
    """What is open says what is missing."""
    if row.state == "done":
        assert row.places
        assert row.tests
    else:
        assert row.state.startswith("open: ")
