"""Reads the files of all co-ops, and either gives every co-op or tells every mistake."""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date, time
from pathlib import Path

from pydantic import ValidationError

from gateway.coop import Coop
from gateway.coop_config import consistency
from gateway.coop_config.positions import KeyPath, line_numbers
from gateway.coop_config.problems import CoopFileErrors, Finding, Problem, spelled_out
from gateway.coop_config.systems import Adapters
from gateway.coop_config.wording import finding_of

__all__ = ["CoopFileErrors", "load_coops"]

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")


def load_coops(directory: Path, adapters: Adapters) -> dict[str, Coop]:
    """The co-ops of a directory by code, one a `*.toml`; raises `CoopFileErrors` with the mistakes of all."""
    coops: dict[str, Coop] = {}
    problems: list[Problem] = []
    for file in sorted(directory.glob("*.toml")):
        try:
            coop = _load(file, adapters)
            coops[coop.code] = coop
        except CoopFileErrors as wrong:
            problems += wrong.problems
    if not coops and not problems:
        problems.append(
            Problem(str(directory), 1, "", "holds no co-op", "Put a file CODE.toml there for each co-op.")
        )
    if problems:
        raise CoopFileErrors(problems)
    return coops


def _load(file: Path, adapters: Adapters) -> Coop:
    text = _text_of(file)
    try:
        document = tomllib.loads(text)
    except ValueError as invalid:
        raise CoopFileErrors([_syntax_problem(file, text, str(invalid))]) from None
    found = [*_wrong_values(document), *consistency.findings(document, file.stem, adapters)]
    if found:
        raise CoopFileErrors(_with_lines(file, found, line_numbers(text)))
    return _coop(document)


def _text_of(file: Path) -> str:
    """Editors on Windows put a byte-order mark in front and write CRLF."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as wrong:
        line = wrong.object[: wrong.start].count(b"\n") + 1
        problem = Problem(str(file), line, "", "is not written in UTF-8", "Save the file as UTF-8.")
        raise CoopFileErrors([problem]) from None
    except OSError as wrong:
        raise CoopFileErrors([Problem(str(file), 1, "", f"cannot be read: {wrong.strerror}", "")]) from None


def _syntax_problem(file: Path, text: str, message: str) -> Problem:
    """The parser says where in its message only."""
    what, line = message, 1
    if place := _PLACE.search(message):
        what = message[: place.start()]
        line = int(place["line"] or text.rstrip("\n").count("\n") + 1)
    return Problem(str(file), line, "", f"is not valid TOML: {what}", "Nothing after it could be checked.")


def _wrong_values(document: dict[str, object]) -> Iterator[Finding]:
    try:
        _coop(document)
    except ValidationError as invalid:
        yield from map(finding_of, invalid.errors(include_url=False))


def _coop(document: dict[str, object]) -> Coop:
    """By way of JSON: strictly typed, yet lists become tuples and sets, and names become enums."""
    return Coop.model_validate_json(json.dumps(document, default=_as_json), strict=True)


def _as_json(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"TOML has no {type(value)}")


def _with_lines(file: Path, found: Iterable[Finding], lines: dict[KeyPath, int]) -> list[Problem]:
    return [
        Problem(
            str(file), _line(finding.path, lines), spelled_out(finding.path), finding.what, finding.remedy
        )
        for finding in found
    ]


def _line(path: KeyPath, lines: dict[KeyPath, int]) -> int:
    """What is missing stands nowhere: its table's line is told."""
    return lines[path] if path in lines else _line(path[:-1], lines)
