"""What is wrong in the files of co-ops, all of it at once, in words for whoever writes them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from gateway.cannot_start import CannotStart
from gateway.coop_config.positions import KeyPath

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Finding(NamedTuple):
    """A mistake before its line is known: where in the document, what is wrong, how to put it right."""

    path: KeyPath
    what: str
    remedy: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake: where (line from 1; key empty for the whole file), what is wrong, how to put it right."""

    file: str
    line: int
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        subject = f"`{self.key}` " if self.key else ""
        return f"{self.file}:{self.line}: {subject}{self.what}. {self.remedy}".rstrip()


class CoopFileErrors(CannotStart):
    """The files of the co-ops cannot be used. `problems` has all mistakes of all files, by file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


def spelled_out(path: KeyPath) -> str:
    """A path as it would be written in TOML. Elements of lists are counted from 1: `stores[2].name`."""
    key = ""
    for part in path:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        else:
            key += f".{_quoted(part)}" if key else _quoted(part)
    return key


def _quoted(key: str) -> str:
    return key if _BARE_KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
