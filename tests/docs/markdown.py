"""What the pages of docs/ print: fenced blocks, in order."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """One fenced block."""

    line: int
    language: str
    text: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, named from the project's root."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return [
        Block(text.count("\n", 0, found.start()) + 1, found[1], found[2]) for found in _BLOCK.finditer(text)
    ]


def pairs(page: str, language: str) -> Iterator[tuple[Block, Block]]:
    """Each block of a language with the JSON that is printed right after it."""
    for block, following in pairwise(blocks(page)):
        if block.language == language and following.language == "json":
            yield block, following
