"""What is not for somebody's role leaves a line in the access log; a co-op that is gone leaves nobody signed in."""

import shutil
from pathlib import Path

import pytest
from pydantic import SecretStr

from gateway.settings import Settings
from gateway.store import Store
from gateway.store.records import AccessAction, AccessLogEntry, AccessLogQuery, AccessOutcome
from tests.api.asking import Api
from tests.api.own_gateway import running_gateway
from tests.running import LegacySystems


async def not_permitted(store: Store, coop: str) -> list[AccessLogEntry]:
    query = AccessLogQuery(limit=50, action=AccessAction.NOT_PERMITTED)
    return list((await store.of(coop).access_log.page(query)).items)


async def test_a_member_who_asks_for_what_is_the_staffs_stands_in_the_log(taro: Api, store: Store) -> None:
    """E26."""
    answer = await taro.ask("{ systems { system } members { edges { cursor } } coops { code } }")

    assert {error["extensions"]["code"] for error in answer.errors} == {"FORBIDDEN"}
    (entry,) = await not_permitted(store, "hirosaki")
    assert (entry.outcome, entry.what, entry.member_number) == (
        AccessOutcome.REFUSED,
        ("members", "systems"),
        None,
    )
    assert entry.account_id is not None
    assert entry.session_id is not None
    assert entry.origin.address == "127.0.0.1"


async def test_a_mutation_that_is_not_for_a_role_stands_there_too(hirosaki_staff: Api, store: Store) -> None:
    """E26."""
    answer = await hirosaki_staff.ask(
        'mutation { sendTestMail(input: {email: "a@example.jp"}) { errors { code } } }'
    )

    assert answer.only_error()["extensions"]["code"] == "FORBIDDEN"
    assert [entry.what for entry in await not_permitted(store, "hirosaki")] == [("sendTestMail",)]


async def test_who_is_nobody_leaves_no_line(api: Api, store: Store) -> None:
    answer = await api.ask("{ systems { system } }")

    assert answer.only_error()["extensions"]["code"] == "UNAUTHENTICATED"
    assert await not_permitted(store, "hirosaki") == []


@pytest.fixture
def without_hokkaido(patient_coops_dir: Path, tmp_path: Path) -> Path:
    """The files of the co-ops after one has been taken away."""
    shutil.copy(patient_coops_dir / "hirosaki.toml", tmp_path)
    return tmp_path


async def test_a_session_of_a_co_op_that_is_gone_is_nobodys(
    sapporo: Api, seeded_database: str, legacy_systems: LegacySystems, without_hokkaido: Path
) -> None:
    settings = Settings(
        database_url=SecretStr(seeded_database), coops_dir=without_hokkaido, deadline_seconds=30
    )
    async with running_gateway(settings) as api:
        left = Api(api.client, sapporo.token)
        answer = await left.ask('{ viewer { account { loginId } } coops { code } node(id: "x") { id } }')
        file = await left.client.get(
            "/exports/access-log.csv", headers={"Authorization": f"Bearer {sapporo.token}"}
        )

    assert answer.data == {"viewer": None, "coops": [{"code": "hirosaki"}], "node": None}
    assert answer.codes() == {"node": "UNAUTHENTICATED"}
    assert file.status_code == 401
