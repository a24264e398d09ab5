"""docs/security.md names tests that exist, and every requirement of the two chapters."""

import re

from tests.docs.markdown import ROOT

PAGE = ROOT / "docs/security.md"
NAMED = re.compile(r"`([a-z_]+/test_\w+\.py)(?:::(test_\w+))?`")
REQUIREMENT = re.compile(r"^\| ([67]\.\d\.\d+)(?:–[67]\.\d\.(\d+))? \|", re.MULTILINE)
SIZES = {"6.1": 3, "6.2": 12, "6.3": 8, "6.4": 6, "6.5": 8, "6.6": 4, "6.7": 2, "6.8": 4} | {
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 3,
    "7.6": 2,
}
"""How many requirements each section of ASVS 5.0 has."""


def test_every_test_it_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))
    assert len(named) > 30
    for file, function in named:
        text = (ROOT / "tests" / file).read_text(encoding="utf-8")
        assert not function or f"def {function}(" in text, f"{file}::{function}"


def test_every_requirement_has_its_row() -> None:
    listed = []
    for first, last in REQUIREMENT.findall(PAGE.read_text(encoding="utf-8")):
        section, number = first.rsplit(".", 1)
        listed += [f"{section}.{each}" for each in range(int(number), int(last or number) + 1)]
    assert listed == [f"{section}.{n}" for section, size in SIZES.items() for n in range(1, size + 1)]
