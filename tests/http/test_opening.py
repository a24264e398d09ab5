"""What a process has done with its trusted documents before the first request comes."""

import json
from pathlib import Path

import pytest
from pydantic import SecretStr

from gateway.http.documents.opening import open_documents
from gateway.schema.build import build_schema
from gateway.settings import DocumentMode, Settings

HOME = "query Home { coops { code } }"
STORES = "query Stores($names: Boolean!) { coops { stores { code name @include(if: $names) } } }"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "web.json").write_text(json.dumps({"home": HOME, "stores": STORES}), encoding="utf-8")
    return Settings(
        database_url=SecretStr("postgresql://gateway@localhost/gateway"),
        documents=DocumentMode.ONLY,
        documents_dir=tmp_path,
    )


def test_every_document_of_the_manifests_is_compiled_by_then(settings: Settings) -> None:
    schema = build_schema()
    open_documents(schema, settings)

    made = schema.compiled.statistics()
    assert (made.compiled, made.variants, made.executed) == (2, 2, 0)


def test_whether_or_not_it_will_be_asked_for_by_the_operations_name_too(settings: Settings) -> None:
    document = open_documents(build_schema(), settings).of(None, "home")

    assert document.operation("Home") is document.operation(None)


def test_none_is_where_operations_are_not_to_be_compiled(settings: Settings) -> None:
    schema = build_schema(compiled=False)
    open_documents(schema, settings)

    assert schema.compiled.statistics().variants == 0
