"""Manifests of Apollo's and Relay's formats: read, checked against the schema, and told with every mistake."""

import json
from pathlib import Path
from typing import Any

import pytest

from gateway.http.documents.checking import document_problems
from gateway.http.documents.manifests import ManifestDocument, ManifestErrors, read_manifests
from gateway.limit_settings import LimitSettings
from gateway.schema.build import build_schema

HOME = "query Home { coops { code } }"
OTHER = "query Other { coops { name } }"


def apollo(*operations: tuple[str, str], **otherwise: Any) -> dict[str, Any]:
    """A manifest as Apollo's `generate-persisted-query-manifest` writes it."""
    listed = [{"id": one, "name": "Any", "type": "query", "body": body} for one, body in operations]
    return {"format": "apollo-persisted-query-manifest", "version": 1, "operations": listed, **otherwise}


def write(directory: Path, **manifests: object) -> None:
    for name, manifest in manifests.items():
        text = manifest if isinstance(manifest, str) else json.dumps(manifest)
        (directory / f"{name}.json").write_text(text, encoding="utf-8")


def told(directory: Path) -> list[str]:
    with pytest.raises(ManifestErrors) as wrong:
        read_manifests(directory)
    return [problem.replace(f"{directory}/", "") for problem in wrong.value.problems]


def test_both_formats_and_several_versions_are_read_side_by_side(tmp_path: Path) -> None:
    write(tmp_path, app_1=apollo(("a1", HOME)), app_2=apollo(("a1", HOME), ("a2", OTHER)), web={"w1": OTHER})

    read = read_manifests(tmp_path)

    assert [(each.file.name, each.id, each.text) for each in read] == [
        ("app_1.json", "a1", HOME),
        ("app_2.json", "a1", HOME),
        ("app_2.json", "a2", OTHER),
        ("web.json", "w1", OTHER),
    ]


def test_every_mistake_is_told_with_its_file(tmp_path: Path) -> None:
    write(
        tmp_path,
        a="{",
        b=[],
        c={"id": 1},
        d=apollo(version=2),
        e={**apollo(), "operations": {}},
        f={**apollo(), "operations": [{"id": "1"}]},
    )

    problems = told(tmp_path)

    assert problems[0].startswith("a.json: is no JSON in UTF-8 (")
    assert problems[1:] == [
        "b.json: is neither a manifest of Apollo's nor a map from id to document as Relay writes.",
        "c.json: is neither a manifest of Apollo's nor a map from id to document as Relay writes.",
        "d.json: must have the format `apollo-persisted-query-manifest`, version 1.",
        "e.json: has no list of `operations`.",
        "f.json: operation 1 has no `id` and `body`.",
    ]


def test_one_id_stands_for_one_text(tmp_path: Path) -> None:
    write(tmp_path, a={"1": HOME}, b={"1": OTHER})

    (problem,) = told(tmp_path)

    assert problem == "b.json: document `1` has another text than in a.json. One id must stand for one text."


def test_a_directory_without_manifests_is_a_mistake(tmp_path: Path) -> None:
    nowhere = tmp_path / "x"
    assert told(nowhere) == [f"{nowhere} is no directory. It must hold the manifests of the clients."]
    assert told(tmp_path) == [f"{tmp_path} has no manifest: put one file NAME.json of each client there."]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (HOME, []),
        ("query {", ["Syntax Error: Expected Name, found <EOF>."]),
        ("query A { coops { code } } query B { coops { code } }", ["It has 2 operations and must have one."]),
        ("fragment F on Coop { code }", ["It has 0 operations and must have one."]),
        (
            "{ coops { cod nam } }",
            [
                "Cannot query field 'cod' on type 'Coop'. Did you mean 'code'?",
                "Cannot query field 'nam' on type 'Coop'. Did you mean 'name'?",
            ],
        ),
        (
            "{ " + " ".join(f"a{n}: coops {{ code }}" for n in range(31)) + " }",
            ["The operation uses 31 aliases, and at most 30 are allowed."],
        ),
        (
            "{ members(first: 100) { edges { node { statements(first: 80) { edges { cursor } } } } } }",
            [
                "The operation asks for up to 8,100 objects in lists, and at most 5,000 are allowed: ask for smaller"
                " pages."
            ],
        ),
        ("{ coops { " + "...C " * 600 + "} } fragment C on Coop { code }", []),
    ],
)
def test_documents_are_checked_against_the_schema_and_the_limits(text: str, problems: list[str]) -> None:
    """A trusted document may have any number of tokens."""
    document = ManifestDocument("1", text, Path("web.json"))

    found = document_problems([document], build_schema()._schema, LimitSettings())

    assert found == [f"web.json: document `1`: {problem}" for problem in problems]
