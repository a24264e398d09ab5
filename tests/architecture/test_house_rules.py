"""House rules that a reader cannot be trusted to see every time."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PRODUCT = ("gateway", "adapters")
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
CO_OPS = [file.stem for file in (ROOT / "gateway/coops").glob("*.toml")]
SLEEPS = re.compile(r"\b(?:time|asyncio)[.]sleep\((?!0\))")
READS_THE_MACHINES_CLOCK = re.compile(r"\b(date\.today|datetime\.now|datetime\.utcnow|time\.time)\(")


def modules(*packages: str) -> Iterator[Path]:
    for package in packages:
        yield from sorted((ROOT / package).rglob("*.py"))


def name_of(module: Path) -> str:
    return str(module.relative_to(ROOT))


def test_modules_are_named_for_what_is_in_them() -> None:
    named = [*modules(*PRODUCT, "legacy", "tests")]

    assert [name_of(module) for module in named if module.stem in BANNED_NAMES] == []


def test_no_rule_depends_on_which_co_op_it_is() -> None:
    """What differs stands in the co-op's file; only the demo knows co-ops by name."""
    outside_the_demo = (m for m in modules(*PRODUCT) if "gateway/demo" not in name_of(m))

    assert [name_of(m) for m in outside_the_demo if _names_a_co_op_in_code(m)] == []


def _names_a_co_op_in_code(module: Path) -> bool:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    constants = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return not constants.isdisjoint(CO_OPS)


def test_only_the_clock_reads_the_machines_clock() -> None:
    readers = [
        name_of(module)
        for module in modules(*PRODUCT)
        if READS_THE_MACHINES_CLOCK.search(module.read_text(encoding="utf-8"))
    ]

    assert readers == ["adapters/japan_time.py"]


WAIT_ON_THEIR_OWN_CLOCK = {
    "tests/bench",  # asks at given times, so many requests a second
    "tests/abuse",  # sends slowly on purpose
    "tests/adapters/upstream",  # runs on a loop with virtual time
    "tests/running",  # looks again until a process is there or gone
}


def test_no_test_sleeps() -> None:
    sleepers = [
        name_of(module)
        for module in modules("tests")
        if SLEEPS.search(module.read_text(encoding="utf-8"))
        and name_of(module.parent) not in WAIT_ON_THEIR_OWN_CLOCK
    ]

    assert sleepers == []


@pytest.mark.parametrize("module", [*modules(*PRODUCT)], ids=name_of)
def test_files_stay_small(module: Path) -> None:
    """Half of all files are 60 to 150 lines; the largest is read in one sitting."""
    longest = 420
    assert len(module.read_text(encoding="utf-8").splitlines()) <= longest
