"""Manifests: files that list a client's operations, one file for each version of a client.

Two formats are read. Apollo's (`generate-persisted-query-manifest`) and Relay's (`persistConfig`):

    {"format": "apollo-persisted-query-manifest", "version": 1,
     "operations": [{"id": "…", "name": "Home", "type": "query", "body": "query Home { … }"}]}

    {"0c3a…": "query Home { … }"}
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from gateway.cannot_start import CannotStart

APOLLO_FORMAT = "apollo-persisted-query-manifest"
APOLLO_VERSION = 1


@dataclass(frozen=True, slots=True)
class ManifestDocument:
    """One document of a manifest: the id under which it is asked for, and its text."""

    id: str
    text: str
    file: Path

    @property
    def place(self) -> str:
        """Where to find it, for who has to put it right."""
        return f"{self.file}: document `{self.id}`"


class ManifestErrors(CannotStart):
    """Manifests that cannot be used. `problems` has a sentence for each mistake, naming file and document."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


def read_manifests(directory: Path) -> list[ManifestDocument]:
    """The documents of every `.json` file of a directory; raises `ManifestErrors`."""
    if not directory.is_dir():
        raise ManifestErrors([f"{directory} is no directory. It must hold the manifests of the clients."])
    files = sorted(directory.glob("*.json"))
    if not files:
        raise ManifestErrors([f"{directory} has no manifest: put one file NAME.json of each client there."])
    documents: list[ManifestDocument] = []
    problems: list[str] = []
    for file in files:
        try:
            documents += _documents_of(file)
        except ValueError as wrong:
            problems.append(f"{file}: {wrong}")
    problems += _contradictions(documents)
    if problems:
        raise ManifestErrors(problems)
    return documents


def _documents_of(file: Path) -> list[ManifestDocument]:
    try:
        read = orjson.loads(file.read_bytes())
    except orjson.JSONDecodeError as error:
        raise ValueError(f"is no JSON in UTF-8 ({error}).") from None
    match read:
        case {"format": str(name)}:
            pairs = list(_of_apollo(name, read))
        case dict() if all(isinstance(text, str) for text in read.values()):
            pairs = list(read.items())
        case _:
            raise ValueError(
                "is neither a manifest of Apollo's nor a map from id to document as Relay writes."
            )
    return [ManifestDocument(identifier, text, file) for identifier, text in pairs]


def _of_apollo(name: str, read: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if (name, read.get("version")) != (APOLLO_FORMAT, APOLLO_VERSION):
        raise ValueError(f"must have the format `{APOLLO_FORMAT}`, version {APOLLO_VERSION}.")
    operations = read.get("operations")
    if not isinstance(operations, list):
        raise ValueError("has no list of `operations`.")
    for position, operation in enumerate(operations, start=1):
        match operation:
            case {"id": str(identifier), "body": str(body)}:
                yield identifier, body
            case _:
                raise ValueError(f"operation {position} has no `id` and `body`.")


def _contradictions(documents: Sequence[ManifestDocument]) -> Iterator[str]:
    """Ids that stand for different texts."""
    first: dict[str, ManifestDocument] = {}
    for document in documents:
        known = first.setdefault(document.id, document)
        if known.text != document.text:
            yield f"{document.place} has another text than in {known.file}. One id must stand for one text."
