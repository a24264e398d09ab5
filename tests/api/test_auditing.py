"""アクセスログ of the whole co-op (E26, E27): searched and taken out by auditors, who stand in it themselves."""

import csv
import io
from typing import Any

import httpx
import pytest

from gateway.store import Store
from gateway.store.records import AccessLogEntry, AccessLogQuery, NewAccessLogEntry
from tests.api.asking import Api
from tests.api.doing import do
from tests.api.downloading import japanese_name

LOG = """
query ($search: AccessLogSearch, $first: Int!, $after: String) {
  accessLog(search: $search, first: $first, after: $after) {
    edges { node { at action outcome memberNumber what reason address account { kind loginId memberNumber } } }
    pageInfo { hasNextPage endCursor }
  }
}
"""
PATH = "/exports/access-log.csv"


@pytest.fixture
async def auditor(api: Api) -> Api:
    """監査 of Hirosaki."""
    return await api.signed_in("hirosaki", "auditor-hirosaki")


async def entries(auditor: Api, **search: Any) -> list[Any]:
    data = await auditor.data(LOG, search=search, first=50)
    return [edge["node"] for edge in data["accessLog"]["edges"]]


async def export(who: Api, query: str = "", **headers: str) -> httpx.Response:
    bearer = {} if who.token is None else {"Authorization": f"Bearer {who.token}"}
    return await who.client.get(f"{PATH}{query}", headers={**bearer, **headers})


def rows(response: httpx.Response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


async def test_auditors_see_who_did_what_to_whom(taro: Api, auditor: Api) -> None:
    """E26."""
    await taro.data("{ viewer { member { profile { name } } } }")

    (view,) = await entries(auditor, action="VIEW")

    assert view == {
        "at": "2026-11-20T12:00:00+09:00",
        "action": "VIEW",
        "outcome": "ALLOWED",
        "memberNumber": "210100000001",
        "what": ["MEMBER", "PROFILE"],
        "reason": None,
        "address": "127.0.0.1",
        "account": {"kind": "MEMBER", "loginId": "hirosaki-taro", "memberNumber": "210100000001"},
    }


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"loginId": "hirosaki-ichiro"}, {("SIGN_IN", "hirosaki-ichiro"), ("VIEW", "hirosaki-ichiro")}),
        ({"loginId": "nobody"}, set()),
        ({"outcome": "REFUSED", "loginId": "takasaki"}, {("SIGN_IN", "takasaki")}),
        ({"memberNumber": "210100000001"}, {("VIEW", "hirosaki-ichiro")}),
        ({"action": "LEFT"}, set()),
        ({"until": "2026-11-20T12:00:00+09:00"}, set()),
        ({"since": "2026-11-20T03:00:00Z", "action": "VIEW"}, {("VIEW", "hirosaki-ichiro")}),
    ],
)
async def test_every_part_of_a_search_must_match(
    api: Api, ichiro: Api, auditor: Api, search: dict[str, Any], found: set[tuple[str, str]]
) -> None:
    await ichiro.data("{ viewer { member { number } } }")
    await do(api, "signIn", coop="hirosaki", identifier="takasaki", password="wrong")

    seen = await entries(auditor, **search)

    assert {(entry["action"], entry["account"]["loginId"]) for entry in seen} == found


async def test_a_time_without_its_offset_is_bad_input(auditor: Api) -> None:
    answer = await auditor.ask(LOG, search={"since": "2026-11-20T12:00:00"}, first=50)

    assert answer.only_error()["extensions"] == {"code": "BAD_INPUT", "argument": "since"}


async def test_the_log_comes_in_pages(taro: Api, auditor: Api) -> None:
    first = (await auditor.data(LOG, first=1))["accessLog"]
    rest = (await auditor.data(LOG, first=50, after=first["pageInfo"]["endCursor"]))["accessLog"]

    assert first["pageInfo"]["hasNextPage"] is True
    assert rest["edges"][-1]["node"]["account"]["loginId"] == "hirosaki-taro"


async def test_an_auditor_takes_the_log_out_as_a_file_for_spreadsheets(
    taro: Api, auditor: Api, sapporo: Api
) -> None:
    """E27: UTF-8 with a byte order mark, newest first, of the own co-op only."""
    response = await export(auditor)

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert japanese_name(response) == "アクセスログ_2026-11-20.csv"
    assert response.headers["cache-control"] == "no-store"
    assert response.content.startswith(b"\xef\xbb\xbf")
    heading, newest, *_, oldest = rows(response)
    assert heading[:5] == ["日時", "操作", "結果", "アカウント区分", "ログインID"]
    assert newest[:5] == ["2026-11-20T12:00:00+09:00", "EXPORT", "ALLOWED", "STAFF", "auditor-hirosaki"]
    assert oldest[:5] == ["2026-11-20T12:00:00+09:00", "SIGN_IN", "ALLOWED", "MEMBER", "hirosaki-taro"]
    assert "sapporo@example.jp" not in response.text


@pytest.mark.parametrize(
    ("query", "lines"),
    [
        ("?from=2026-11-20&until=2026-11-20", True),
        ("?from=2026-11-21", False),
        ("?until=2026-11-19", False),
    ],
)
async def test_a_period_names_its_first_and_last_day(auditor: Api, query: str, lines: bool) -> None:
    assert (len(rows(await export(auditor, query))) > 1) is lines


@pytest.mark.parametrize(
    ("query", "named"), [("?from=x", "from"), ("?until=2026-13-01", "until"), ("?from=", "from")]
)
async def test_what_is_no_day_is_refused(auditor: Api, query: str, named: str) -> None:
    response = await export(auditor, query)

    assert (response.status_code, response.text) == (
        400,
        f"{named} は 2026-11-20 の形式でご指定ください。\n",
    )


async def test_nobody_signed_in_gets_no_log(api: Api) -> None:
    response = await export(api)

    assert (response.status_code, response.text) == (401, "ログインしてください。\n")


async def test_who_is_no_auditor_gets_none_and_leaves_a_trace(hirosaki_staff: Api, store: Store) -> None:
    response = await export(hirosaki_staff)

    assert (response.status_code, response.text) == (403, "この情報を利用する権限がありません。\n")
    log = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=1))
    assert [(entry.action.value, entry.outcome.value) for entry in log.items] == [("EXPORT", "REFUSED")]


async def test_a_browsers_name_is_never_a_formula(auditor: Api) -> None:
    """A spreadsheet would compute what somebody sent."""
    response = await export(auditor, "", **{"User-Agent": '=HYPERLINK("https://evil.example")'})

    assert rows(response)[1][-1] == '\'=HYPERLINK("https://evil.example")'


async def test_a_long_log_is_whole(auditor: Api, store: Store) -> None:
    """More rows than are read at once."""
    seen = await store.of("hirosaki").access_log.page(AccessLogQuery(limit=1))
    await store.of("hirosaki").access_log.record([as_new(seen.items[0])] * 1200)

    written = rows(await export(auditor))

    assert len(written) == 1 + 1200 + 3, "heading, the 1,200, sign-in in two lines and the export itself"


def as_new(entry: AccessLogEntry) -> NewAccessLogEntry:
    """An entry, to be written once more."""
    return NewAccessLogEntry(entry.at, entry.action, entry.outcome, entry.origin, entry.account_id)
