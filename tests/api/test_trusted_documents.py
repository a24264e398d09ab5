"""Trusted documents: in production nothing runs but what stands in the clients' manifests."""

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from gateway.app import create_app
from gateway.http.documents.manifests import ManifestErrors
from gateway.settings import DocumentMode, Settings
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.running import LegacySystems

HOME = "query Home { coops { code } }"
LONG = "query Long { coops { " + "...C " * 600 + "} } fragment C on Coop { code }"
PAGE = "query Page($code: CoopCode!) { coop(code: $code) { name } }"
UNKNOWN = "{ coops { name } }"
HOME_HASH = sha256(HOME.encode()).hexdigest()
CODES = {"coops": [{"code": "hirosaki"}, {"code": "hokkaido"}]}
OF_NO_MANIFEST = "Only documents from manifests are run here: send the id of one of them."


@pytest.fixture
def manifests(tmp_path: Path) -> Path:
    """Those of an app in Apollo's format and of a web frontend in Relay's."""
    apollo = {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            {"id": HOME_HASH, "name": "Home", "type": "query", "body": HOME},
            {"id": "long-1", "name": "Long", "type": "query", "body": LONG},
        ],
    }
    (tmp_path / "app-1.4.json").write_text(json.dumps(apollo), encoding="utf-8")
    (tmp_path / "web.json").write_text(json.dumps({"0c3a": PAGE}), encoding="utf-8")
    return tmp_path


def settings(database: str, manifests: Path, mode: DocumentMode) -> Settings:
    return Settings(database_url=SecretStr(database), documents=mode, documents_dir=manifests)


@pytest.fixture
async def only(seeded_database: str, legacy_systems: LegacySystems, manifests: Path) -> AsyncIterator[Api]:
    """A gateway that runs nothing else."""
    async with running_gateway(settings(seeded_database, manifests, DocumentMode.ONLY)) as api:
        yield api


async def send(api: Api, **parameters: object) -> httpx.Response:
    return await api.client.post("/graphql", json=parameters)


async def test_a_document_runs_by_its_id_its_hash_or_its_text(only: Api) -> None:
    apollos = {"persistedQuery": {"version": 1, "sha256Hash": HOME_HASH}}
    asked = [
        await send(only, documentId=HOME_HASH),
        await send(only, documentId=f"sha256:{HOME_HASH}"),
        await send(only, extensions=apollos),
        await send(only, extensions=apollos, query=HOME),
        await send(only, query=HOME),
        await only.client.get("/graphql", params={"documentId": f"sha256:{HOME_HASH}"}),
        await only.client.get("/graphql", params={"extensions": json.dumps(apollos)}),
    ]

    assert [response.json() for response in asked] == [{"data": CODES}] * 7


async def test_clients_of_several_versions_are_served_side_by_side(only: Api) -> None:
    response = await send(only, documentId="0c3a", variables={"code": "hirosaki"})

    assert response.json() == {"data": {"coop": {"name": "弘前大学生活協同組合"}}}


async def test_a_trusted_document_is_as_long_as_it_is(only: Api) -> None:
    assert (await send(only, documentId="long-1")).json() == {"data": CODES}


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"query": UNKNOWN}, OF_NO_MANIFEST),
        ({"query": f"{HOME} "}, OF_NO_MANIFEST),
        ({"query": "{"}, OF_NO_MANIFEST),
        ({"query": UNKNOWN, "documentId": "nobody"}, OF_NO_MANIFEST),
        ({"documentId": "nobody"}, "No manifest has a document of this id."),
        (
            {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
            "No manifest has a document of this id.",
        ),
    ],
)
async def test_whatever_else_is_asked_is_refused_with_one_error(
    only: Api, parameters: dict[str, object], message: str
) -> None:
    response = await send(only, **parameters)
    accepted = {"accept": "application/graphql-response+json"}
    in_graphqls_own_type = await only.client.post("/graphql", json=parameters, headers=accepted)

    assert response.json() == {
        "errors": [{"message": message, "extensions": {"code": "DOCUMENT_NOT_TRUSTED"}}]
    }
    assert (response.status_code, in_graphqls_own_type.status_code) == (200, 400)


async def test_an_id_of_another_type_is_no_id(only: Api) -> None:
    response = await send(only, documentId=7)

    assert response.json()["errors"][0]["message"] == "`documentId` must be a string."


async def test_unknown_documents_can_be_run_and_logged_once_each(
    seeded_database: str, legacy_systems: LegacySystems, manifests: Path
) -> None:
    async with running_gateway(settings(seeded_database, manifests, DocumentMode.LOG_UNKNOWN)) as api:
        with capture_logs() as logs:
            answers = [await api.ask(query) for query in (UNKNOWN, UNKNOWN, HOME, "{ __typename }")]

    assert [answer.errors for answer in answers] == [[]] * 4
    digests = [f"sha256:{sha256(text.encode()).hexdigest()}" for text in (UNKNOWN, "{ __typename }")]
    logged = [each["document"] for each in logs if each["event"] == "document_not_trusted"]
    assert logged == digests


async def test_without_manifests_an_id_alone_finds_nothing(api: Api) -> None:
    error = (await send(api, documentId="x")).json()["errors"][0]

    assert error["extensions"] == {"code": "DOCUMENT_NOT_TRUSTED"}


def test_a_manifest_that_does_not_fit_the_schema_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "web.json").write_text(json.dumps({"1": "query Home { coops { cod } }"}), encoding="utf-8")

    with pytest.raises(ManifestErrors) as wrong:
        create_app(settings("postgresql://nobody@127.0.0.1:1/none", tmp_path, DocumentMode.ONLY))

    assert wrong.value.problems == (
        f"{tmp_path}/web.json: document `1`: Cannot query field 'cod' on type 'Coop'. Did you mean 'code'?",
    )
