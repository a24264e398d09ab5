"""`documents check DIR`: tell every mistake in the manifests of clients."""

import sys
from collections.abc import Sequence
from pathlib import Path

from gateway.commands import MISUSED
from gateway.http.documents.checking import document_problems
from gateway.http.documents.manifests import ManifestErrors, read_manifests
from gateway.limit_settings import LimitSettings
from gateway.schema.build import build_schema


def run(arguments: Sequence[str]) -> int:
    """Against this gateway's schema and the limits in the environment; 1 for mistakes, 0 for none."""
    match arguments:
        case ["check", directory]:
            return _check(Path(directory))
        case _:
            sys.stderr.write("usage: python -m gateway documents check DIR\n")
            return MISUSED


def _check(directory: Path) -> int:
    try:
        documents = read_manifests(directory)
        problems = document_problems(documents, build_schema()._schema, LimitSettings())
        if problems:
            raise ManifestErrors(problems)
    except ManifestErrors as wrong:
        sys.stdout.write(f"{wrong}\nProblems: {len(wrong.problems)}\n")
        return 1
    files = {document.file for document in documents}
    sys.stdout.write(f"Manifests: {len(files)}, documents: {len(documents)}, problems: 0\n")
    return 0
