"""docs/cookbook.md still fits the tree: its diffs apply, its new files are new."""

import re
from subprocess import run

import pytest

from tests.docs.markdown import ROOT, Block, blocks

PAGE = "docs/cookbook.md"
DIFFS = [block for block in blocks(PAGE) if block.language == "diff"]
NEW_FILES = re.findall(r"^`([^`]+)`, new:$", (ROOT / PAGE).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize("diff", DIFFS, ids=[f"line {diff.line}" for diff in DIFFS])
def test_a_diff_applies(diff: Block) -> None:
    checked = run(["git", "apply", "--check", "-"], input=diff.text, cwd=ROOT, text=True, capture_output=True)  # noqa: S607, PLW1510
    assert checked.stderr == ""
    assert checked.returncode == 0


@pytest.mark.parametrize("path", NEW_FILES)
def test_a_new_file_is_new(path: str) -> None:
    assert not (ROOT / path).exists()
