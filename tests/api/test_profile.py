"""登録情報 of members of both co-ops, and who may see it when."""

from datetime import datetime
from typing import Any

import pytest

from gateway.clock import JAPAN
from gateway.store import Store
from tests.api.asking import Api
from tests.api.other_people import gateway_on, sign_in_as
from tests.running import LegacySystems

PROFILE = """
number numberDisplay status kind joinedOn admissionYear graduatesOn viewableFrom withdrawalWarning
profile {
  name kana birthDate postalCode address homePhone mobilePhone email department workplace employment
}
shareCapital { units amount paidOn nextBillingMonth }
cards { number state issuedOn reissueCount }
"""
OWN = f"{{ viewer {{ member {{ {PROFILE} }} }} }}"
OF_MEMBER = f"query ($number: MemberNumber!) {{ member(number: $number) {{ {PROFILE} }} }}"
NAMES = """
query ($number: MemberNumber!) { member(number: $number) {
  profile { name kana address } guardian { guardianName relation shared changedAt }
} }
"""


async def of_member(staff: Api, number: str, query: str = OF_MEMBER) -> Any:
    """What staff see."""
    return (await staff.data(query, number=number))["member"]


@pytest.mark.parametrize(
    "typed",
    [
        "210100000001",
        "2101 0000 0001",
        "2101-0000-0001",
        "２１０１０００００００１",
        "２１０１　００００　０００１",
        "2101－0000－0001",
        "２１０１ー００００ー０００１",
        " 2101‐0000‐0001 ",
    ],
)
async def test_a_number_is_understood_however_it_is_typed(hirosaki_staff: Api, typed: str) -> None:
    """A3, A4, A5: and always answered as twelve half-width digits, and as the card prints it."""
    data = await hirosaki_staff.data(
        "query ($number: MemberNumber!) { member(number: $number) { number numberDisplay } }", number=typed
    )

    assert data["member"] == {"number": "210100000001", "numberDisplay": "2101 0000 0001"}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("21010000001", "半角数字12桁（ハイフンなし）でご入力ください。"),
        ("2101000000011", "半角数字12桁（ハイフンなし）でご入力ください。"),
        ("310100000001", "組合員番号は「2101」から始まる12桁の番号です。"),
    ],
)
async def test_a_number_that_cannot_be_one_says_what_one_looks_like(
    hirosaki_staff: Api, typed: str, message: str
) -> None:
    """A3, A4."""
    answer = await hirosaki_staff.ask(OF_MEMBER, number=typed)

    error = answer.only_error()
    assert error["message"] == message
    assert error["extensions"] == {"code": "BAD_INPUT", "argument": "number"}


async def test_a_number_nobody_has_is_null_without_an_error(hirosaki_staff: Api) -> None:
    assert await of_member(hirosaki_staff, "210199999999") is None


async def test_the_co_op_says_where_the_number_is_found(api: Api) -> None:
    """A6."""
    data = await api.data("{ coops { memberNumberHelp } }")

    help_of_hirosaki, help_of_hokkaido = (coop["memberNumberHelp"] for coop in data["coops"])
    assert "メンバーズカード（Picoカード）の表面に記載されている【2101】から始まる12桁" in help_of_hirosaki
    assert "8桁" in help_of_hokkaido


async def test_a_student_sees_the_registrys_data(taro: Api) -> None:
    """A5, E7, X23: one card, which is members' card, co-op card and Pico card alike."""
    data = await taro.data(OWN)

    assert data["viewer"]["member"] == {
        "number": "210100000001",
        "numberDisplay": "2101 0000 0001",
        "status": "ACTIVE",
        "kind": "STUDENT",
        "joinedOn": "2024-03-08",
        "admissionYear": 2024,
        "graduatesOn": "2028-03-31",
        "viewableFrom": "2025-04-10",
        "withdrawalWarning": None,
        "profile": {
            "name": "弘前 太郎",
            "kana": "ヒロサキ タロウ",
            "birthDate": "2005-08-01",
            "postalCode": "036-8224",
            "address": "青森県弘前市文京町1番地",
            "homePhone": "0172001001",
            "mobilePhone": "09000000001",
            "email": "hirosaki@example.jp",
            "department": "人文社会科学部 文化創生課程",
            "workplace": None,
            "employment": None,
        },
        "shareCapital": {"units": 20, "amount": 20000, "paidOn": "2024-03-08", "nextBillingMonth": None},
        "cards": [
            {"number": "2101000000010035", "state": "ACTIVE", "issuedOn": "2024-03-08", "reissueCount": 0}
        ],
    }


async def test_a_school_employee_sees_theirs(sapporo: Api) -> None:
    """E5, E7, E9: five units of share capital; registered in April 2025, viewable from May."""
    member = (await sapporo.data(OWN))["viewer"]["member"]

    assert (member["numberDisplay"], member["kind"], member["viewableFrom"]) == (
        "1000 0001",
        "SCHOOL_STAFF",
        "2025-05-01",
    )
    assert member["profile"] == {
        "name": "札幌 一郎",
        "kana": "サッポロ イチロウ",
        "birthDate": "1979-10-05",
        "postalCode": "060-0041",
        "address": "北海道札幌市中央区大通東1丁目１番地",
        "homePhone": "0110001001",
        "mobilePhone": "09000001001",
        "email": "sapporo@example.jp",
        "department": None,
        "workplace": "札幌市立すずらん小学校",
        "employment": "IN_SERVICE",
    }
    assert member["shareCapital"] == {
        "units": 5,
        "amount": 5000,
        "paidOn": "2004-04-20",
        "nextBillingMonth": None,
    }


async def test_a_retired_member_is_a_member_without_a_workplace(hokkaido_staff: Api) -> None:
    """E5."""
    profile = (await of_member(hokkaido_staff, "10000002"))["profile"]

    assert (profile["employment"], profile["workplace"]) == ("RETIRED", None)


@pytest.mark.parametrize(
    ("index", "name", "kana", "guardian"),
    [
        (3, "髙﨑 健一", "タカサキ ケンイチ", "髙﨑 正"),
        (11, "藤〓 凛", "フジサキ リン", "藤〓 進"),
        (14, "鰺ヶ沢 海", "アジガサワ カイ", "鰺ヶ沢 実"),
        (12, "平川 空", "ヒラカワ ソラ", None),
    ],
)
async def test_names_are_shown_as_their_owners_write_them(
    hirosaki_staff: Api, index: int, name: str, kana: str, guardian: str | None
) -> None:
    """髙 and 﨑 as they are, 〓 for what only the vendor's font has; kana in full width."""
    member = await of_member(hirosaki_staff, f"2101{index:08d}", NAMES)

    assert (member["profile"]["name"], member["profile"]["kana"]) == (name, kana)
    assert member["guardian"]["guardianName"] == guardian


async def test_an_address_with_a_character_of_the_vendors_is_shown_with_a_stand_in(
    hokkaido_staff: Api,
) -> None:
    member = await of_member(hokkaido_staff, "10000007", NAMES)

    assert member["profile"] == {
        "name": "室蘭 髙志",
        "kana": "ムロラン タカシ",
        "address": "北海道室蘭市東〓町2丁目7－1",
    }


async def test_unpaid_share_capital_is_billed_by_the_closing_day_of_the_application(
    hokkaido_staff: Api,
) -> None:
    """E12, X17: applied for on October 30, after the 20th, so not in November but in December."""
    member = await of_member(hokkaido_staff, "10000003")

    assert member["status"] == "AWAITING_PAYMENT"
    assert member["shareCapital"] == {
        "units": 5,
        "amount": 5000,
        "paidOn": None,
        "nextBillingMonth": "2026-12",
    }
    assert member["cards"] == []


WHILE_WAITING = """
{ viewer {
  account { loginId sessions { current } }
  member {
    numberDisplay status viewableFrom
    profile { name }
    statements { edges { node { month } } }
    statement(month: "2026-11") { total }
    shareCapital { amount }
    cards { state }
    notices(first: 1) { edges { node { title } } }
    digitalCard { state displayName }
    changeRequests { edges { node { id } } }
    inquiries { edges { node { id } } }
  }
} }
"""


async def test_whoever_registered_this_month_sees_all_but_profile_and_statements(api: Api) -> None:
    """E9, X16."""
    kitami = await api.signed_in("hokkaido", "kitami@example.jp")

    answer = await kitami.ask(WHILE_WAITING)

    gated = ("profile", "statements", "statement")
    assert answer.codes() == {f"viewer.member.{field}": "NOT_YET_VIEWABLE" for field in gated}
    for error in answer.errors:
        assert error["extensions"] == {"code": "NOT_YET_VIEWABLE", "viewableFrom": "2026-12-01"}
        assert error["message"] == "マイページへご登録いただいた翌月（2026年12月1日）より閲覧できます。"
    member = answer.data["viewer"]["member"]
    assert all(member[field] is None for field in gated)
    assert member["viewableFrom"] == "2026-12-01"
    assert (member["numberDisplay"], member["status"]) == ("1000 0006", "ACTIVE")
    assert member["shareCapital"] == {"amount": 5000}
    assert member["cards"] == [{"state": "ACTIVE"}]
    assert len(member["notices"]["edges"]) == 1
    assert member["digitalCard"]["state"] == "NOT_ACTIVATED"
    assert member["changeRequests"] == member["inquiries"] == {"edges": []}
    assert answer.data["viewer"]["account"]["sessions"] == [{"current": True}]


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (datetime(2026, 11, 30, 23, 59, tzinfo=JAPAN), False),
        (datetime(2026, 12, 1, 0, 0, tzinfo=JAPAN), True),
    ],
)
async def test_profile_and_statements_open_with_the_month_after_registration(
    seeded_database: str, legacy_systems: LegacySystems, now: datetime, opens: bool
) -> None:
    """E9: at midnight in Japan."""
    async with gateway_on(seeded_database, now) as api:
        kitami = await api.signed_in("hokkaido", "kitami@example.jp")

        answer = await kitami.ask(
            "{ viewer { member { profile { name } statements { edges { cursor } } } } }"
        )

    assert (answer.errors == []) is opens
    if opens:
        assert answer.data["viewer"]["member"]["profile"] == {"name": "北見 真由美"}


async def test_staff_see_the_profile_of_whoever_registered_this_month(hokkaido_staff: Api) -> None:
    """E9 is a promise to the member, no secret from the co-op."""
    member = await of_member(hokkaido_staff, "10000006")

    assert member["profile"]["name"] == "北見 真由美"
    assert member["viewableFrom"] == "2026-12-01"


async def test_hirosaki_shows_everything_from_the_day_of_registration(api: Api, store: Store) -> None:
    """E9 is the other co-op's rule."""
    tsugaru = await sign_in_as(api, store, "hirosaki", "210100000002")

    member = (await tsugaru.data(OWN))["viewer"]["member"]

    assert member["viewableFrom"] == "2026-11-20"
    assert member["profile"]["name"] == "津軽 花子"


@pytest.mark.parametrize(
    ("coop", "number"),
    [("hokkaido", "10000005"), ("hirosaki", "210100000004"), ("hirosaki", "210100000009")],
)
async def test_access_ends_with_the_refund_of_the_share_capital(
    api: Api, store: Store, coop: str, number: str
) -> None:
    """E22: one's own account remains, and nothing of the membership."""
    gone = await sign_in_as(api, store, coop, number)

    answer = await gone.ask("{ viewer { account { loginId } member { profile { name } } } }")

    assert answer.codes() == {"viewer.member": "WITHDRAWN"}
    assert answer.only_error()["message"] == "出資金返還後はマイページの閲覧ができません。"
    assert answer.data["viewer"] == {
        "account": {"loginId": f"member-{number}@example.jp"},
        "member": None,
    }


async def test_staff_still_see_who_has_withdrawn(hokkaido_staff: Api) -> None:
    """E22 ends the member's access, not the co-op's."""
    member = await of_member(hokkaido_staff, "10000005")

    assert (member["status"], member["profile"]["name"]) == ("WITHDRAWN", "釧路 勇")
    assert [card["state"] for card in member["cards"]] == ["RETURNED"]


async def test_whoever_is_leaving_is_warned_while_there_is_time(api: Api) -> None:
    """E23: and still sees profile and statements."""
    asahikawa = await api.signed_in("hokkaido", "asahikawa@example.jp")

    data = await asahikawa.data(
        "{ viewer { member { status withdrawalWarning profile { name } statements { edges { cursor } } } } }"
    )

    member = data["viewer"]["member"]
    assert (member["status"], member["profile"]["name"]) == ("WITHDRAWING", "旭川 恵子")
    assert member["withdrawalWarning"] == (
        "出資金返還後はマイページの閲覧ができなくなりますので、"
        "該当される方は、早めに請求明細の確認をお願いいたします。"
    )
    assert len(member["statements"]["edges"]) == 12
