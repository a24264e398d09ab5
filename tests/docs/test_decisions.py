"""docs/decisions/ is whole: every page stands in the index, every dependency has its reason."""

import re
import tomllib

from tests.docs.markdown import ROOT

INDEX = (ROOT / "docs/decisions/README.md").read_text(encoding="utf-8")
TYPES_ONLY = "types-"


def dependencies() -> set[str]:
    """What pyproject.toml asks for, without versions and extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"].values()
    asked = [*project["project"]["dependencies"], *(each for group in groups for each in group)]
    return {re.split(r"[\[<>=!~ ]", each)[0] for each in asked if not each.startswith(TYPES_ONLY)}


def test_every_page_stands_in_the_index() -> None:
    pages = {page.name for page in (ROOT / "docs/decisions").glob("*.md")} - {"README.md"}
    assert set(re.findall(r"\]\(([\w-]+\.md)\)", INDEX)) == pages


def test_every_dependency_has_its_reason() -> None:
    _, table = INDEX.split("## Dependencies")
    rows = re.findall(r"^\| (`.*?`) \| (.+) \|$", table, re.MULTILINE)
    explained = [name for cell, _ in rows for name in re.findall(r"`([^`]+)`", cell)]
    assert sorted(explained) == sorted(dependencies())


def test_smaller_libraries_are_explained_on_their_page() -> None:
    page = (ROOT / "docs/decisions/small-libraries.md").read_text(encoding="utf-8")
    (cell,) = re.findall(r"^\| (.*?) \| \[small-libraries\.md\]", INDEX, re.MULTILINE)
    assert [name for name in re.findall(r"`([^`]+)`", cell) if f"`{name}`" not in page] == []
