"""組合員検索: the staff's list of members, what it costs, and what it finds."""

from typing import Any

import pytest

from tests.api.asking import Api
from tests.api.walking import PAGE, cursor, refuses_wrong_pages, walked
from tests.running import LegacySystems

HIROSAKI_LIST = """
{ members(first: 100) { edges { node {
  number status kind viewableFrom
  profile { name kana }
  shareCapital { amount }
  cards { number state reissueCount }
  guardian { guardianName shared }
  pico {
    prepaidBalance points webPoints { balance }
    unreceivedPrepaid { total } lifetime { spent } suspension { since } usableUntil
    spending { amount } transactions(first: 3) { edges { node { amount } } }
  }
  mealCard { total { amount } nutrition { energy } }
  statements { edges { cursor } }
  digitalCard { state }
} } pageInfo { hasNextPage } } }
"""
HOKKAIDO_LIST = """
{ members(first: 100) { edges { node {
  number status kind viewableFrom
  profile { name employment }
  shareCapital { amount nextBillingMonth }
  cards { number state }
  statements(first: 3) { edges { node { month total lines { amount } } } }
  statement(month: "2026-11") { total }
  digitalCard { state displayName }
  pico { points }
} } pageInfo { hasNextPage } } }
"""
SEARCH = f"""
query ($search: MemberSearch, $first: Int!, $after: String) {{
  members(search: $search, first: $first, after: $after) {{
    edges {{ cursor node {{ number status kind admissionYear profile {{ name }} }} }}
    {PAGE}
  }}
}}
"""

Node = dict[str, Any]


async def found(staff: Api, **search: Any) -> list[Node]:
    """Everybody who matches."""
    return await walked(staff, SEARCH, "members", 100, search=search)


async def names(staff: Api, **search: Any) -> list[str]:
    """Their names."""
    return [node["profile"]["name"] for node in await found(staff, **search)]


async def test_a_hundred_members_of_hirosaki_cost_one_call_of_each_endpoint(
    hirosaki_staff: Api, legacy_systems: LegacySystems
) -> None:
    """The registry is asked for the page itself, then for cards and guardians; its members come with the page."""
    await hirosaki_staff.data(HIROSAKI_LIST)  # the first connection to a database asks for its version
    await legacy_systems.forget_calls()

    page = (await hirosaki_staff.data(HIROSAKI_LIST))["members"]

    assert len(page["edges"]) == 100
    assert page["pageInfo"] == {"hasNextPage": True}
    assert await legacy_systems.hirosaki.registry.calls() == {
        "KUMIAIIN": 1,
        "KUMIAIINSHO": 1,
        "HOGOSHA": 1,
    }
    assert await legacy_systems.hirosaki.pos.calls() == {
        "ZANDAKA": 1,
        "MIUKE": 1,
        "RUIKEI": 1,
        "TEISHI": 1,
        "TSUKI": 1,
        "RIREKI": 1,
        "MEAL": 1,
        "MEALBI": 1,
    }
    others = (legacy_systems.hirosaki.mailer, *legacy_systems.hokkaido.all())
    assert [await system.calls() for system in others] == [{}, {}, {}]


async def test_a_hundred_members_of_hokkaido_cost_one_call_of_each_endpoint(
    hokkaido_staff: Api, legacy_systems: LegacySystems
) -> None:
    """A list of statements and a single statement are two questions to one table."""
    await hokkaido_staff.data(HOKKAIDO_LIST)
    await legacy_systems.forget_calls()

    page = (await hokkaido_staff.data(HOKKAIDO_LIST))["members"]

    assert len(page["edges"]) == 100
    assert await legacy_systems.hokkaido.registry.calls() == {
        "KUMIAIIN": 1,
        "KUMIAIINSHO": 1,
        "SEIKYU": 2,
        "HENKO_UKETSUKE": 1,
    }


async def test_the_notices_of_a_hundred_members_cost_two_calls(
    hokkaido_staff: Api, legacy_systems: LegacySystems
) -> None:
    """Those to everyone are a key of their own: a hundred and one, of which a call takes a hundred."""
    await legacy_systems.forget_calls()

    data = await hokkaido_staff.data(
        "{ members(first: 100) { edges { node { notices(first: 1) { edges { node { title } } } } } } }"
    )

    assert len(data["members"]["edges"]) == 100
    assert await legacy_systems.hokkaido.mailer.calls() == {"/api/notices": 2}


async def test_the_list_shows_each_member_their_own_figures(hirosaki_staff: Api) -> None:
    """X23: nobody gets a neighbour's, and what a co-op or a member does not have is null without an error."""
    edges = (await hirosaki_staff.data(HIROSAKI_LIST))["members"]["edges"]
    by_name = {edge["node"]["profile"]["name"]: edge["node"] for edge in edges}

    balances = {
        name: by_name[name]["pico"]["prepaidBalance"] for name in ("弘前 太郎", "髙﨑 健一", "五所川原 誠")
    }
    assert balances == {"弘前 太郎": 4350, "髙﨑 健一": 12080, "五所川原 誠": 9940}
    assert [by_name[name]["cards"][0]["number"] for name in ("弘前 太郎", "髙﨑 健一")] == [
        "2101000000010035",
        "2101000000030041",
    ]
    assert by_name["白神 恵"]["pico"]["suspension"] == {"since": "2026-11-13"}
    assert by_name["相馬 翼"]["pico"] is None
    assert by_name["津軽 花子"]["mealCard"] is None
    assert {edge["node"]["statements"] is None and edge["node"]["digitalCard"] is None for edge in edges} == {
        True
    }


async def test_a_reissued_card_stands_before_the_dead_one(hirosaki_staff: Api) -> None:
    """D6, D7, X23: figures belong to the member, whichever card it is."""
    edges = (await hirosaki_staff.data(HIROSAKI_LIST))["members"]["edges"]

    reissued = [edge["node"]["cards"] for edge in edges if len(edge["node"]["cards"]) > 1]

    assert reissued
    for cards in reissued:
        assert [(card["state"], card["reissueCount"]) for card in cards] == [("ACTIVE", 1), ("REPLACED", 0)]


async def test_the_list_is_the_same_in_pages_of_any_size(hirosaki_staff: Api) -> None:
    """In the order of numbers, all two hundred."""
    everybody = await found(hirosaki_staff)

    assert [node["number"] for node in everybody] == [f"2101{index:08d}" for index in range(1, 201)]
    for size in (33, 50):
        assert await walked(hirosaki_staff, SEARCH, "members", size) == everybody


async def test_wrong_cursors_and_page_sizes_are_bad_input(hirosaki_staff: Api) -> None:
    await refuses_wrong_pages(
        hirosaki_staff,
        SEARCH,
        cursor("x"),
        cursor(True),
        cursor("2101\x00"),
        cursor("2101%"),
        cursor("1" * 13),
    )


@pytest.mark.parametrize(
    "typed", ["210100000001", "2101 0000 0001", "２１０１－００００－０００１", "2101ー0000ー0001"]
)
async def test_a_number_is_found_however_it_is_typed(hirosaki_staff: Api, typed: str) -> None:
    """A4, A5."""
    assert await names(hirosaki_staff, number=typed) == ["弘前 太郎"]


async def test_a_number_is_found_from_its_beginning(hirosaki_staff: Api) -> None:
    """A3."""
    assert await names(hirosaki_staff, number="2101 0000 000") == [
        "弘前 太郎",
        "津軽 花子",
        "髙﨑 健一",
        "岩木 次郎",
        "八甲田 三郎",
        "白神 恵",
        "十和田 葵",
        "相馬 翼",
        "黒石 みどり",
    ]


@pytest.mark.parametrize("typed", ["2101000000010035", "2101-0000-0001-0035"])
async def test_the_owner_of_a_card_is_found_and_what_waits_for_them(hirosaki_staff: Api, typed: str) -> None:
    """B16: お声がけさせていただくことも."""
    data = await hirosaki_staff.data(
        """query ($card: String!) { members(search: {cardNumber: $card}) { edges { node {
          profile { name } pico { unreceivedPrepaid { total pickupPhrase } }
        } } } }""",
        card=typed,
    )

    assert [edge["node"] for edge in data["members"]["edges"]] == [
        {
            "profile": {"name": "弘前 太郎"},
            "pico": {"unreceivedPrepaid": {"total": 20000, "pickupPhrase": "Picoの受け取りにきた"}},
        }
    ]


async def test_part_of_a_card_number_finds_nobody(hirosaki_staff: Api) -> None:
    """B16."""
    assert await found(hirosaki_staff, cardNumber="210100000001003") == []


@pytest.mark.parametrize(
    "typed", ["ヒロサキ タロウ", "ひろさき　たろう", "ﾋﾛｻｷ ﾀﾛｳ", "ひろサキ", "ヒロサ", " ﾋﾛｻｷ  ﾀ"]
)
async def test_a_name_is_found_by_kana_of_any_kind(hirosaki_staff: Api, typed: str) -> None:
    assert await names(hirosaki_staff, nameKana=typed) == ["弘前 太郎"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("0172-001-001", "弘前 太郎"),
        ("０９０－００００－０００１", "弘前 太郎"),
        ("(090)00000003", "髙﨑 健一"),
        ("0172001015", "深浦 陽"),
    ],
)
async def test_a_phone_is_found_by_its_digits_however_the_clerk_typed_it(
    hirosaki_staff: Api, typed: str, name: str
) -> None:
    """A11: home or mobile; 深浦's stand in the registry in full width."""
    assert name in await names(hirosaki_staff, phone=typed)


async def test_an_address_is_found_in_any_case(hirosaki_staff: Api) -> None:
    assert await names(hirosaki_staff, email="HIROSAKI@example.jp") == ["弘前 太郎"]
    assert await names(hirosaki_staff, email="ren..i@docomo.example") == ["板柳 蓮"]


async def test_status_kind_and_year_of_admission_narrow_together(hirosaki_staff: Api) -> None:
    everybody = await found(hirosaki_staff)

    for part in ({"status": "WITHDRAWN"}, {"kind": "FACULTY"}, {"admissionYear": 2013}):
        ((name, value),) = part.items()
        assert await found(hirosaki_staff, **part) == [node for node in everybody if node[name] == value]
    assert await names(hirosaki_staff, status="AWAITING_PAYMENT") == ["相馬 翼"]
    both = await found(hirosaki_staff, status="ACTIVE", kind="STUDENT", admissionYear=2024)
    assert both == [
        node
        for node in everybody
        if (node["status"], node["kind"], node["admissionYear"]) == ("ACTIVE", "STUDENT", 2024)
    ]
    assert both[0]["profile"]["name"] == "弘前 太郎"


@pytest.mark.parametrize(
    "search",
    [
        {"nameKana": "%"},
        {"nameKana": "ヒロ%"},
        {"nameKana": "_ロサキ"},
        {"nameKana": "/"},
        {"nameKana": "'"},
        {"nameKana": ""},
        {"email": "%@example.jp"},
        {"email": "_irosaki@example.jp"},
        {"phone": "%"},
        {"number": "%"},
        {"admissionYear": -1},
    ],
)
async def test_wildcards_are_taken_literally_and_blank_parts_match_nobody(
    hirosaki_staff: Api, search: Node
) -> None:
    assert await found(hirosaki_staff, **search) == []


async def test_staff_find_nobody_of_another_co_op(hokkaido_staff: Api) -> None:
    assert await found(hokkaido_staff, email="hirosaki@example.jp") == []
    assert await names(hokkaido_staff, nameKana="さっぽろ いちろう") == ["札幌 一郎"]
