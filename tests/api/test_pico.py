"""電子マネーPico of the cast, through the endpoint."""

from datetime import datetime
from typing import Any

import pytest

from gateway.clock import JAPAN
from tests.api.asking import Api
from tests.api.other_people import gateway_on
from tests.running import LegacySystems

FIGURES = """
query ($number: MemberNumber!) { member(number: $number) { pico {
  asOf snapshot prepaidBalance points pointsToAutomaticTopUp webPoints { balance transferable }
} } }
"""
DEADLINE = (
    "query ($number: MemberNumber!) { member(number: $number) { pico { usableUntil deadlineReminder } } }"
)
SUSPENSION = "{ viewer { member { pico { suspension { since store { name } howToResume followUps } } } } }"


def hirosaki(index: int) -> str:
    """A number of the cast."""
    return f"2101{index:08d}"


async def of_member(staff: Api, query: str, index: int) -> Any:
    """Their Pico, as staff see it."""
    return (await staff.data(query, number=hirosaki(index)))["member"]["pico"]


@pytest.mark.parametrize(
    ("index", "balance", "points", "missing", "web_points", "transferable"),
    [
        (1, 4350, 120, 80, 640, 600),
        (2, 0, 0, 200, 0, 0),
        (3, 12080, 199, 1, 0, 0),
        (6, 3280, 77, 123, 200, 200),
        (11, 2000, 5, 195, 400, 400),
        (13, 610, 45, 155, 15, 0),
    ],
)
async def test_every_figure_is_of_the_business_day_before(
    hirosaki_staff: Api,
    index: int,
    balance: int,
    points: int,
    missing: int,
    web_points: int,
    transferable: int,
) -> None:
    """B1, B2, B4, B5, B6: Thursday's figures on a Friday; Web points stand apart and move in whole 200s."""
    assert await of_member(hirosaki_staff, FIGURES, index) == {
        "asOf": "2026-11-19",
        "snapshot": "CURRENT",
        "prepaidBalance": balance,
        "points": points,
        "pointsToAutomaticTopUp": missing,
        "webPoints": {"balance": web_points, "transferable": transferable},
    }


async def test_the_notes_beside_the_figures_are_the_guides(taro: Api) -> None:
    """B2, B3."""
    data = await taro.data("{ viewer { member { pico { asOfNote receiptNote } } } }")

    assert data["viewer"]["member"]["pico"] == {
        "asOfNote": "マイページの残高、ポイントの情報は、前日利用時点のものです。",
        "receiptNote": "直近の残高やポイントは、お買い物の際のレシートでご確認いただけます。",
    }


async def test_a_suspended_member_reads_how_to_go_on(api: Api) -> None:
    """D2, D4, X12: resumed in a store only; the meal card is another matter, at the dining hall."""
    shirakami = await api.signed_in("hirosaki", "shirakami")

    data = await shirakami.data(SUSPENSION)

    assert data["viewer"]["member"]["pico"]["suspension"] == {
        "since": "2026-11-13",
        "store": None,
        "howToResume": "利用再開には、店舗での手続きが必要です。",
        "followUps": ["ミールカードをご利用の方は、食堂店でお手続きください。"],
    }


async def test_a_usable_pico_has_no_suspension(taro: Api) -> None:
    data = await taro.data(SUSPENSION)

    assert data["viewer"]["member"]["pico"] == {"suspension": None}


@pytest.mark.parametrize(
    ("index", "last_day"),
    [
        (1, "2028-03-31"),  # the registry's day
        (2, "2027-03-31"),  # six years of medicine are over: the end of the present academic year
        (3, None),  # a graduate student of whom the registry gives no day
        (7, "2026-03-31"),  # withdrawing, graduated already
        (10, None),  # faculty
        (14, "2027-03-31"),  # graduates next March
    ],
)
async def test_pico_is_usable_until_the_end_of_the_year_of_graduation(
    hirosaki_staff: Api, index: int, last_day: str | None
) -> None:
    """B23, X11."""
    assert (await of_member(hirosaki_staff, DEADLINE, index))["usableUntil"] == last_day


@pytest.mark.parametrize(
    ("today", "reminded"),
    [
        (datetime(2026, 12, 31, 23, 59, tzinfo=JAPAN), False),
        (datetime(2027, 1, 1, 0, 0, tzinfo=JAPAN), True),
        (datetime(2027, 3, 31, 23, 59, tzinfo=JAPAN), True),
        (datetime(2027, 4, 1, 0, 0, tzinfo=JAPAN), False),
    ],
)
async def test_whoever_graduates_in_march_is_reminded_from_january(
    seeded_database: str, legacy_systems: LegacySystems, today: datetime, reminded: bool
) -> None:
    """B23, X9."""
    async with gateway_on(seeded_database, today) as api:
        staff = await api.signed_in("hirosaki", "staff-hirosaki")

        assert (await of_member(staff, DEADLINE, 14))["deadlineReminder"] is reminded


async def test_a_member_who_never_bought_anything_has_zeroes(hirosaki_staff: Api) -> None:
    """平川 空: an account of nothing, which is not the same as none."""
    query = """
    query ($number: MemberNumber!) { member(number: $number) { pico {
      prepaidBalance points lifetime { spent pointsEarned newcomerPurchases breakdown { genre } }
      unreceivedPrepaid { total items { amount } } transactions { edges { node { id } } }
    } } }
    """
    assert await of_member(hirosaki_staff, query, 12) == {
        "prepaidBalance": 0,
        "points": 0,
        "lifetime": {"spent": 0, "pointsEarned": 0, "newcomerPurchases": 0, "breakdown": []},
        "unreceivedPrepaid": {"total": 0, "items": []},
        "transactions": {"edges": []},
    }


async def test_whoever_has_not_paid_their_share_has_no_pico(hirosaki_staff: Api) -> None:
    """相馬 翼 is unknown to the POS: null, without an error (E10)."""
    assert await of_member(hirosaki_staff, FIGURES, 8) is None


async def test_a_co_op_without_pico_gives_null_without_an_error(sapporo: Api) -> None:
    data = await sapporo.data(
        "{ viewer { member { pico { prepaidBalance } mealCard { planName } guardian { shared } } } }"
    )

    assert data["viewer"]["member"] == {"pico": None, "mealCard": None, "guardian": None}


async def test_the_stores_say_what_each_can_do(api: Api) -> None:
    """B14, B21: Pico everywhere but at the newcomers' centre, handed out by three, D4: two dining halls."""
    data = await api.data(
        '{ coop(code: "hirosaki") { stores { name acceptsPico canReceivePrepaid isDiningHall } } }'
    )

    stores = data["coop"]["stores"]
    assert [store["name"] for store in stores if store["canReceivePrepaid"]] == ["SHAREA", "FERIO", "Clover"]
    assert [store["name"] for store in stores if store["isDiningHall"]] == ["文京食堂", "医学部食堂"]
    assert [store["name"] for store in stores if not store["acceptsPico"]] == ["新入生サポートセンター"]


async def test_money_comes_in_by_slip_or_cash_and_in_no_other_way(api: Api) -> None:
    """B18, B19, B20."""
    query = '{ coop(code: "hirosaki") { depositChannels { kind available description } } }'

    channels = {each["kind"]: each for each in (await api.data(query))["coop"]["depositChannels"]}

    assert {kind: channel["available"] for kind, channel in channels.items()} == {
        "PAYMENT_SLIP": True,
        "REGISTER": True,
        "CHARGE_MACHINE": True,
        "INTERNET_TRANSFER": False,
        "DIRECT_DEBIT": False,
    }
    not_offered = "大変申し訳ございませんが、弘大生協では対応しておりません。"
    assert channels["DIRECT_DEBIT"]["description"] == not_offered
    assert "教科書購入時には目安として入金額をご案内" in channels["PAYMENT_SLIP"]["description"]


async def test_the_issuer_of_prepaid_money_discloses_that_nothing_is_refunded(api: Api) -> None:
    """B21, B22, B23; a co-op that issues none has nothing to disclose."""
    query = "{ coops { prepaidDisclosure { usableAt refund expiry } depositChannels { kind } } }"

    hirosaki_coop, hokkaido_coop = (await api.data(query))["coops"]

    assert hirosaki_coop["prepaidDisclosure"] == {
        "usableAt": "Picoは生協全店舗でご利用いただけます。",
        "refund": "カードへチャージ済みのプリペイド残高は、現金でのご返金ができません。",
        "expiry": "ご卒業の場合は、卒業年の3月末までご利用可能ですので、"
        "チャージ済みの残高は、全て使い切るようお願いいたします。",
    }
    assert hokkaido_coop == {"prepaidDisclosure": None, "depositChannels": []}
