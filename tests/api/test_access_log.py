"""アクセスログ (E26): who saw whose what, written before the answer leaves."""

from typing import Any

import pytest

from gateway.store import Store
from gateway.store.records import AccessLogEntry, AccessLogQuery
from tests.api.asking import SIGN_IN, Api
from tests.api.doing import done
from tests.api.opening import take_away
from tests.running import NOW

TARO = "210100000001"

HOME = "{ viewer { member { profile { name } pico { prepaidBalance } cards { number } } } }"
LOG = """
query Log($first: Int!, $after: String) {
  viewer {
    account {
      accessLog(first: $first, after: $after) {
        edges { node { at action outcome memberNumber what address userAgent } }
        pageInfo { hasNextPage hasPreviousPage endCursor }
      }
    }
  }
}
"""

Line = tuple[str, str, str | None, tuple[str, ...]]


async def account(store: Store, coop: str, login_id: str) -> Any:
    found = await store.of(coop).accounts.by_login_id(login_id)
    assert found is not None
    return found.account_id


async def entries(store: Store, login_id: str, coop: str = "hirosaki") -> list[AccessLogEntry]:
    """What the log holds of an account, oldest first."""
    query = AccessLogQuery(limit=100, account_id=await account(store, coop, login_id))
    page = await store.of(coop).access_log.page(query)
    return list(reversed(page.items))


async def lines(store: Store, login_id: str, coop: str = "hirosaki") -> list[Line]:
    """The same, short."""
    return [
        (entry.action.value, entry.outcome.value, entry.member_number, entry.what)
        for entry in await entries(store, login_id, coop)
    ]


async def views(store: Store, login_id: str) -> list[Line]:
    """Those of them that tell of looking at somebody's data."""
    return [line for line in await lines(store, login_id) if line[0] == "VIEW"]


SIGNED_IN: Line = ("SIGN_IN", "ALLOWED", None, ())


async def test_looking_at_ones_own_page_is_one_line_that_names_its_parts(taro: Api, store: Store) -> None:
    await taro.data(HOME)

    assert await lines(store, "hirosaki-taro") == [
        SIGNED_IN,
        ("VIEW", "ALLOWED", TARO, ("CARDS", "MEMBER", "PICO", "PROFILE")),
    ]


async def test_a_line_says_when_from_where_and_in_which_session(taro: Api, store: Store) -> None:
    await taro.data(HOME)

    signing_in, view = await entries(store, "hirosaki-taro")

    assert (view.at, view.origin.address) == (NOW, "127.0.0.1")
    assert view.origin.user_agent is not None
    assert view.origin.user_agent.startswith("python-httpx/")
    assert view.session_id == signing_in.session_id is not None


async def test_a_guardians_look_is_the_guardians(taro: Api, ichiro: Api, store: Store) -> None:
    """X13: the log tells student and guardian apart."""
    await ichiro.data("{ viewer { member { number } } }")

    assert await lines(store, "hirosaki-ichiro") == [SIGNED_IN, ("VIEW", "ALLOWED", TARO, ("MEMBER",))]
    assert await lines(store, "hirosaki-taro") == [SIGNED_IN]


async def test_a_staff_list_is_one_line_a_member(hirosaki_staff: Api, store: Store) -> None:
    await hirosaki_staff.data("{ members(first: 3) { edges { node { number } } } }")

    assert await views(store, "staff-hirosaki") == [
        ("VIEW", "ALLOWED", str(210100000000 + index), ("MEMBER",)) for index in (1, 2, 3)
    ]


async def test_one_request_writes_all_it_saw_of_a_member_into_one_line(
    hirosaki_staff: Api, store: Store
) -> None:
    await hirosaki_staff.data(
        """
        query ($number: MemberNumber!) {
          a: member(number: $number) { profile { name } }
          b: member(number: $number) { cards { state } }
        }
        """,
        number=TARO,
    )

    assert await views(store, "staff-hirosaki") == [("VIEW", "ALLOWED", TARO, ("CARDS", "MEMBER", "PROFILE"))]


async def test_what_may_not_be_seen_is_written_as_refused(api: Api, store: Store, taro: Api) -> None:
    kept = (await taro.data("{ viewer { member { id } } }"))["viewer"]["member"]["id"]
    takasaki = await api.signed_in("hirosaki", "takasaki")

    await takasaki.ask("query ($id: ID!) { node(id: $id) { id } }", id=kept)

    assert await lines(store, "takasaki") == [SIGNED_IN, ("VIEW", "REFUSED", TARO, ("MEMBER",))]


async def test_a_guardian_who_is_shut_out_is_written_as_refused(taro: Api, ichiro: Api, store: Store) -> None:
    """X13."""
    await done(taro, "setGuardianSharing", shared=False)

    await ichiro.ask(HOME)

    assert await lines(store, "hirosaki-ichiro") == [SIGNED_IN, ("VIEW", "REFUSED", TARO, ("MEMBER",))]


async def test_what_cannot_be_viewed_yet_is_not_written_as_seen(api: Api, store: Store) -> None:
    """E9: neither profile nor statements opened."""
    kitami = await api.signed_in("hokkaido", "kitami@example.jp")

    await kitami.ask("{ viewer { member { profile { name } statements { edges { cursor } } } } }")

    assert (await lines(store, "kitami@example.jp", "hokkaido"))[1:] == [
        ("VIEW", "ALLOWED", "10000006", ("MEMBER",))
    ]


async def test_what_is_nobodys_data_leaves_no_line(taro: Api, store: Store) -> None:
    await taro.data("{ coops { name } viewer { account { loginId } } }")

    assert await lines(store, "hirosaki-taro") == [SIGNED_IN]


SIGN_IN_AND_LOOK = """
  signIn(input: {coop: "%s", identifier: "%s", password: "demo-coop-2026"}) {
    viewer { member { profile { name } } }
  }
"""


async def test_signing_in_looking_and_signing_out_at_once_still_leaves_the_look(
    api: Api, store: Store
) -> None:
    """The request is nobody's any more when it ends; what it saw was somebody's."""
    look = SIGN_IN_AND_LOOK % ("hirosaki", "hirosaki-taro")
    data = await api.data(f"mutation {{ {look} signOut {{ errors {{ code }} }} }}")

    assert data["signIn"]["viewer"]["member"]["profile"] == {"name": "弘前 太郎"}
    assert ("VIEW", "ALLOWED", TARO, ("MEMBER", "PROFILE")) in await lines(store, "hirosaki-taro")


async def test_a_request_that_changes_hands_writes_to_each_viewers_account_and_co_op(
    api: Api, store: Store
) -> None:
    first = SIGN_IN_AND_LOOK % ("hirosaki", "hirosaki-taro")
    second = SIGN_IN_AND_LOOK % ("hokkaido", "sapporo@example.jp")

    await api.data(f"mutation {{ a: {first} b: {second} }}")

    seen = ("MEMBER", "PROFILE")
    assert (await lines(store, "hirosaki-taro"))[1:] == [("VIEW", "ALLOWED", TARO, seen)]
    assert (await lines(store, "sapporo@example.jp", "hokkaido"))[1:] == [
        ("VIEW", "ALLOWED", "10000001", seen)
    ]


async def test_nothing_personal_is_answered_that_cannot_be_logged(
    taro: Api, ichiro: Api, hirosaki_staff: Api, store: Store
) -> None:
    """E26: fail closed."""
    own = "{ viewer { member { profile { name } } } }"
    looked_up = f'{{ member(number: "{TARO}") {{ profile {{ name }} }} }}'
    await take_away(store, "access_log")

    for api, operation in ((taro, own), (ichiro, own), (hirosaki_staff, looked_up)):
        response = await api.post(operation)
        told = response.json()
        assert response.status_code == 500
        assert "data" not in told
        assert [error["extensions"]["code"] for error in told["errors"]] == ["INTERNAL"]
        assert "弘前" not in response.text
        assert "access_log" not in response.text


async def test_nobody_signs_in_without_a_line_in_the_log(api: Api, store: Store) -> None:
    """E26: and no session is left behind."""
    await take_away(store, "access_log")

    answer = await api.ask(SIGN_IN, coop="hirosaki", identifier="hirosaki-taro", password="demo-coop-2026")

    taro = await account(store, "hirosaki", "hirosaki-taro")
    assert answer.codes() == {"signIn": "INTERNAL"}
    assert (await store.of("hirosaki").sessions.of_accounts([taro], NOW))[taro] == []


async def test_what_is_public_is_answered_without_the_log(api: Api, store: Store) -> None:
    await take_away(store, "access_log")

    assert await api.data('{ coop(code: "hirosaki") { phone } }') == {"coop": {"phone": "0172-34-4806"}}


async def own_log(api: Api, first: int, after: str | None = None) -> Any:
    return (await api.data(LOG, first=first, after=after))["viewer"]["account"]["accessLog"]


async def test_one_reads_ones_own_log_newest_first(taro: Api) -> None:
    """E26."""
    await taro.data(HOME)

    view, signing_in = [edge["node"] for edge in (await own_log(taro, 20))["edges"]]

    assert view["userAgent"] == signing_in["userAgent"]
    assert {key: value for key, value in view.items() if key != "userAgent"} == {
        "at": "2026-11-20T12:00:00+09:00",
        "action": "VIEW",
        "outcome": "ALLOWED",
        "memberNumber": TARO,
        "what": ["CARDS", "MEMBER", "PICO", "PROFILE"],
        "address": "127.0.0.1",
    }
    assert (signing_in["action"], signing_in["memberNumber"], signing_in["what"]) == ("SIGN_IN", None, [])


async def test_the_log_goes_on_from_a_cursor_without_gap_or_repetition(taro: Api) -> None:
    for part in ("cards { number }", "profile { name }", "pico { points }", "shareCapital { units }"):
        await taro.data(f"{{ viewer {{ member {{ {part} }} }} }}")

    whole = await own_log(taro, 100)
    first = await own_log(taro, 2)
    await taro.data(HOME)  # a newer line does not shift the pages
    second = await own_log(taro, 2, first["pageInfo"]["endCursor"])
    third = await own_log(taro, 2, second["pageInfo"]["endCursor"])

    assert [*first["edges"], *second["edges"], *third["edges"]] == whole["edges"]
    assert [part for edge in whole["edges"] for part in edge["node"]["what"] if part != "MEMBER"] == [
        "SHARE_CAPITAL",
        "PICO",
        "PROFILE",
        "CARDS",
    ]
    ends = [page["pageInfo"] for page in (first, second, third)]
    assert [(end["hasNextPage"], end["hasPreviousPage"]) for end in ends] == [
        (True, False),
        (True, True),
        (False, True),
    ]


async def test_nobody_reads_in_their_log_what_others_did(taro: Api, ichiro: Api) -> None:
    """A16: a guardian has a log of their own."""
    await taro.data(HOME)

    assert [edge["node"]["action"] for edge in (await own_log(ichiro, 20))["edges"]] == ["SIGN_IN"]


@pytest.mark.parametrize("first", [0, -1, 101])
async def test_a_page_has_between_one_and_a_hundred_lines(taro: Api, first: int) -> None:
    error = (await taro.ask(LOG, first=first)).only_error()

    assert error["message"] == "一度に取得できる件数は1から100までです。"
    assert error["extensions"] == {"code": "BAD_INPUT", "argument": "first"}
