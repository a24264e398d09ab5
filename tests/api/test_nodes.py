"""`node` and `nodes`: what an answer gave can be asked for again by its id, and is authorised anew."""

import base64
from collections.abc import Sequence
from uuid import UUID

import orjson
import pytest
from graphql import GraphQLInterfaceType, build_schema

from gateway.schema.build import printed_schema
from gateway.schema.fetching import FETCHERS
from gateway.store import Store
from tests.api.asking import Answer, Api
from tests.api.doing import done
from tests.api.opening import open_member

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"

HIROSAKI_IDS = """
{
  viewer {
    account { id }
    member {
      id
      notices(first: 1) { edges { node { id } } }
      pico { transactions(first: 1) { edges { node { id } } } }
      changeRequests(first: 1) { edges { node { id } } }
    }
  }
}
"""
HOKKAIDO_IDS = """
{ viewer { account { id } member { id statements(first: 1) { edges { node { id } } } } } }
"""

MALFORMED = "IDの形式が正しくありません。"


def an_id(*parts: object) -> str:
    """An id as somebody might make it up who has looked into one."""
    return base64.urlsafe_b64encode(orjson.dumps(parts)).rstrip(b"=").decode()


async def node(api: Api, node_id: str) -> Answer:
    return await api.ask(NODE, id=node_id)


async def ids_of_taro(api: Api) -> dict[str, str]:
    """An id of each type that Hirosaki has, of Taro."""
    await done(api, "requestWebPointTransfer", points=200, idempotencyKey=str(UUID(int=1)))
    viewer = (await api.data(HIROSAKI_IDS))["viewer"]
    member = viewer["member"]
    return {
        "Account": viewer["account"]["id"],
        "ChangeRequest": member["changeRequests"]["edges"][0]["node"]["id"],
        "Member": member["id"],
        "Notice": member["notices"]["edges"][0]["node"]["id"],
        "Transaction": member["pico"]["transactions"]["edges"][0]["node"]["id"],
    }


async def ids_of_sapporo(api: Api) -> dict[str, str]:
    """The same of Sapporo, who has statements."""
    viewer = (await api.data(HOKKAIDO_IDS))["viewer"]
    statement = viewer["member"]["statements"]["edges"][0]["node"]["id"]
    return {"Account": viewer["account"]["id"], "Member": viewer["member"]["id"], "Statement": statement}


def test_every_type_that_is_a_node_can_be_fetched() -> None:
    schema = build_schema(printed_schema())
    interface = schema.get_type("Node")
    assert isinstance(interface, GraphQLInterfaceType)

    implementing = {each.name for each in schema.get_implementations(interface).objects}

    assert implementing == FETCHERS.keys()
    assert implementing == {
        "Account",
        "ChangeRequest",
        "Inquiry",
        "Member",
        "Notice",
        "Statement",
        "Transaction",
    }


async def test_what_is_ones_own_is_found_again(taro: Api, sapporo: Api) -> None:
    for api, ids in ((taro, await ids_of_taro(taro)), (sapporo, await ids_of_sapporo(sapporo))):
        for type_name, node_id in ids.items():
            answer = await node(api, node_id)
            assert (answer.data, answer.errors) == ({"node": {"__typename": type_name, "id": node_id}}, [])


async def test_a_guardian_finds_what_is_the_students_but_not_the_students_account(
    taro: Api, ichiro: Api
) -> None:
    """A16, X13."""
    ids = await ids_of_taro(taro)

    codes = {type_name: (await node(ichiro, node_id)).codes() for type_name, node_id in ids.items()}

    assert codes == {
        "Account": {"node": "FORBIDDEN"},
        "ChangeRequest": {},
        "Member": {},
        "Notice": {},
        "Transaction": {},
    }


async def test_another_members_ids_give_nothing(api: Api, taro: Api, sapporo: Api) -> None:
    strangers = {
        "hirosaki": (await api.signed_in("hirosaki", "takasaki"), await ids_of_taro(taro)),
        "hokkaido": (
            await api.signed_in("hokkaido", "asahikawa@example.jp"),
            await ids_of_sapporo(sapporo),
        ),
    }

    for stranger, ids in strangers.values():
        for node_id in ids.values():
            answer = await node(stranger, node_id)
            assert answer.data == {"node": None}
            assert answer.only_error()["message"] == "この情報を利用する権限がありません。"
            assert answer.codes() == {"node": "FORBIDDEN"}


async def test_ids_of_another_co_op_give_nothing_not_even_to_staff(
    taro: Api, sapporo: Api, hirosaki_staff: Api, hokkaido_staff: Api
) -> None:
    of_hirosaki, of_hokkaido = await ids_of_taro(taro), await ids_of_sapporo(sapporo)

    for api, ids in (
        (sapporo, of_hirosaki),
        (hokkaido_staff, of_hirosaki),
        (taro, of_hokkaido),
        (hirosaki_staff, of_hokkaido),
    ):
        for node_id in ids.values():
            answer = await node(api, node_id)
            assert (answer.data, answer.codes()) == ({"node": None}, {"node": "FORBIDDEN"})


async def test_staff_find_what_is_a_members_but_not_the_members_account(
    taro: Api, hirosaki_staff: Api
) -> None:
    ids = await ids_of_taro(taro)

    codes = {name: (await node(hirosaki_staff, node_id)).codes() for name, node_id in ids.items()}

    assert codes == {
        "Account": {"node": "FORBIDDEN"},
        "ChangeRequest": {},
        "Member": {},
        "Notice": {},
        "Transaction": {},
    }


async def test_there_is_no_telling_a_number_that_exists_from_one_that_does_not(taro: Api) -> None:
    """Neither by the answer nor by its code."""
    answers = [
        await node(taro, an_id("Member", "hirosaki", number)) for number in ("210100000003", "210199999999")
    ]

    assert answers[0] == answers[1]
    assert answers[0].codes() == {"node": "FORBIDDEN"}


async def test_a_request_stands_under_its_own_member_only(taro: Api, hirosaki_staff: Api) -> None:
    """An id made up of one member's number and another's request leads nowhere."""
    own = (await ids_of_taro(taro))["ChangeRequest"]
    _, _, _, request = orjson.loads(base64.urlsafe_b64decode(own + "=" * (-len(own) % 4)))

    answer = await node(hirosaki_staff, an_id("ChangeRequest", "hirosaki", "210100000003", request))

    assert (answer.data, answer.errors) == ({"node": None}, [])


async def test_a_withdrawn_members_ids_are_refused_as_their_page_is(api: Api, store: Store) -> None:
    """E22."""
    await open_member(store, "hirosaki", "kuroishi", "210100000009")
    kuroishi = await api.signed_in("hirosaki", "kuroishi")

    for node_id in (
        an_id("Member", "hirosaki", "210100000009"),
        an_id("ChangeRequest", "hirosaki", "210100000009", str(UUID(int=1))),
        an_id("Notice", "hirosaki", "210100000009", "1"),
        an_id("Transaction", "hirosaki", "210100000009", "2026-11-01", "101", "01", "1"),
    ):
        assert (await node(kuroishi, node_id)).codes() == {"node": "WITHDRAWN"}


async def test_a_statement_by_its_id_opens_when_the_page_does(api: Api) -> None:
    """E9, X16: registered this month, viewable from the next."""
    kitami = await api.signed_in("hokkaido", "kitami@example.jp")

    answer = await node(kitami, an_id("Statement", "hokkaido", "10000006", "2026", "10"))

    assert answer.data == {"node": None}
    assert answer.only_error()["extensions"] == {"code": "NOT_YET_VIEWABLE", "viewableFrom": "2026-12-01"}


@pytest.mark.parametrize(
    "parts",
    [
        ("ChangeRequest", "hirosaki", "210100000001", str(UUID(int=1))),
        ("Notice", "hirosaki", "210100000001", "no such notice"),
        ("Transaction", "hirosaki", "210100000001", "2026-11-01", "999", "99", "999999"),
        ("Statement", "hirosaki", "210100000001", "2026", "10"),
    ],
)
async def test_what_is_gone_or_never_was_is_null_without_an_error(taro: Api, parts: Sequence[str]) -> None:
    answer = await node(taro, an_id(*parts))

    assert (answer.data, answer.errors) == ({"node": None}, [])


TARO = ("hirosaki", "210100000001")

GARBAGE = {
    "nothing": "",
    "no base64": "!!!",
    "not ASCII": "組合員",
    "no JSON": base64.urlsafe_b64encode(b"{").decode(),
    "a number": base64.urlsafe_b64encode(b"5").decode(),
    "an object": base64.urlsafe_b64encode(b"{}").decode(),
    "deep": base64.urlsafe_b64encode(b"[" * 5000).decode(),
    "a number for a name": an_id(1, "hirosaki", "x"),
    "too short": an_id("Member", "hirosaki"),
    "too long": an_id("Member", *TARO, "x"),
    "no such type": an_id("Card", *TARO),
    "a type that is no node": an_id("Session", *TARO),
    "a number of another co-op's form": an_id("Member", "hirosaki", "10000001"),
    "a number with NUL": an_id("Member", "hirosaki", "21010000000\0"),
    "no request's id": an_id("ChangeRequest", *TARO, "x"),
    "no account's id": an_id("Account", "hirosaki", "x"),
    "no month": an_id("Statement", *TARO, "2026", "13"),
    "month zero": an_id("Statement", *TARO, "2026", "0"),
    "no year": an_id("Statement", *TARO, "999999999999", "1"),
    "no date": an_id("Transaction", *TARO, "2026-13-01", "101", "01", "1"),
    "no store": an_id("Transaction", *TARO, "2026-11-01", "\0", "01", "1"),
    "a store the POS cannot write": an_id("Transaction", *TARO, "2026-11-01", "😀", "01", "1"),
    "a negative number": an_id("Transaction", *TARO, "2026-11-01", "101", "01", "-1"),
    "too large a number": an_id("Transaction", *TARO, "2026-11-01", "101", "01", "9" * 40),
}


@pytest.mark.parametrize("made_up", GARBAGE.values(), ids=GARBAGE.keys())
async def test_a_made_up_id_is_bad_input_and_nothing_else(taro: Api, made_up: str) -> None:
    """Never an internal error, and no legacy system is asked with it."""
    answer = await node(taro, made_up)

    assert answer.data == {"node": None}
    assert answer.only_error()["message"] == MALFORMED
    assert answer.only_error()["extensions"] == {"code": "BAD_INPUT", "argument": "id"}


async def test_nodes_come_in_the_order_of_their_ids(taro: Api) -> None:
    ids = list((await ids_of_taro(taro)).values())
    gone = an_id("Notice", *TARO, "no such notice")

    data = await taro.data(NODES, ids=[*reversed(ids), gone, ids[0]])

    found = [None if each is None else each["id"] for each in data["nodes"]]
    assert found == [*reversed(ids), None, ids[0]]


async def test_one_node_that_may_not_be_seen_refuses_all(taro: Api) -> None:
    own = (await ids_of_taro(taro))["Member"]

    answer = await taro.ask(NODES, ids=[own, an_id("Member", "hirosaki", "210100000003")])

    assert (answer.data, answer.codes()) == (None, {"nodes": "FORBIDDEN"})


async def test_a_hundred_nodes_are_a_page_and_one_more_is_too_many(hirosaki_staff: Api) -> None:
    ids = [an_id("Member", "hirosaki", str(210100000000 + index)) for index in range(1, 102)]

    page = await hirosaki_staff.data(NODES, ids=ids[:100])
    refused = await hirosaki_staff.ask(NODES, ids=ids)

    assert [each["id"] for each in page["nodes"]] == ids[:100]
    assert refused.only_error()["message"] == "一度に取得できる件数は100までです。"
    assert refused.only_error()["extensions"] == {"code": "BAD_INPUT", "argument": "ids"}


async def test_no_nodes_are_no_nodes(taro: Api) -> None:
    assert await taro.data(NODES, ids=[]) == {"nodes": []}
