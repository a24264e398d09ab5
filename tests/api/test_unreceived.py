"""未受取プリペイド: money on its way to the card."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from gateway.store import Store
from tests.api.asking import Api
from tests.api.other_people import sign_in_as
from tests.legacy.pos_client import TERMINAL, Pos, result
from tests.running import LegacySystems

UNRECEIVED = """
unreceivedPrepaid {
  total pickupPhrase slipNote deadlineNote stores { name }
  items { source amount paidOn postedOn availableFrom expectedFrom expectedUntil }
}
"""
OWN = f"{{ viewer {{ member {{ pico {{ {UNRECEIVED} }} }} }} }}"
OF_MEMBER = f"query ($number: MemberNumber!) {{ member(number: $number) {{ pico {{ {UNRECEIVED} }} }} }}"

POSTED = {
    "source": "PAYMENT_SLIP",
    "amount": 20000,
    "paidOn": "2026-10-26",
    "postedOn": "2026-11-03",
    "availableFrom": "2026-11-03",
    "expectedFrom": None,
    "expectedUntil": None,
}
PAID_ONLY = {
    "source": "PAYMENT_SLIP",
    "amount": 5000,
    "paidOn": "2026-11-17",
    "postedOn": None,
    "availableFrom": None,
    "expectedFrom": "2026-11-24",
    "expectedUntil": "2026-11-27",
}
COLLECTOR = "210100000083"
"""A generated member with 771 Web points."""


@pytest.fixture
async def pos(legacy_systems: LegacySystems) -> AsyncIterator[Pos]:
    """The POS, to order something in it; in the end it is as it was."""
    system = legacy_systems.hirosaki.pos
    async with httpx.AsyncClient(base_url=system.url, headers=TERMINAL, trust_env=False) as http:
        yield Pos(http)
    await system.forget_instructions()


async def own(api: Api) -> Any:
    """What the viewer sees."""
    return (await api.data(OWN))["viewer"]["member"]["pico"]["unreceivedPrepaid"]


async def of_member(staff: Api, number: str) -> Any:
    """What staff see of a member."""
    return (await staff.data(OF_MEMBER, number=number))["member"]["pico"]["unreceivedPrepaid"]


async def test_a_member_sees_a_slip_once_it_is_posted(taro: Api) -> None:
    """B10, B12, X8: the slip paid three days ago is not there yet."""
    unreceived = await own(taro)

    assert unreceived["items"] == [POSTED]
    assert unreceived["total"] == 20000


async def test_a_guardian_sees_what_the_student_sees(ichiro: Api, taro: Api) -> None:
    """X8, X13."""
    assert await own(ichiro) == await own(taro)


async def test_staff_also_see_the_slip_that_is_only_paid_and_when_it_is_expected(hirosaki_staff: Api) -> None:
    """B13, B16, X8: by the number on the card; seven to ten days after payment; the total stays the member's."""
    unreceived = await of_member(hirosaki_staff, "210100000001")

    assert unreceived["items"] == [POSTED, PAID_ONLY]
    assert unreceived["total"] == 20000


async def test_it_says_where_and_how_to_collect_and_that_there_is_no_deadline(taro: Api) -> None:
    """B11, B13, B14, B15, B17."""
    unreceived = await own(taro)

    assert [store["name"] for store in unreceived["stores"]] == ["SHAREA", "FERIO", "Clover"]
    assert unreceived["pickupPhrase"] == "Picoの受け取りにきた"
    assert "入金から1週間～10日ほどでお受け取り（チャージ）可能" in unreceived["slipNote"]
    assert unreceived["deadlineNote"].startswith("受取期限はありません")


async def test_unreceived_money_never_expires_before_graduation(hirosaki_staff: Api) -> None:
    """B17, B23, X9: 鰺ヶ沢 海 graduates in March with 30,000 yen waiting."""
    unreceived = await of_member(hirosaki_staff, "210100000014")

    assert unreceived["total"] == 30000
    assert [(item["paidOn"], item["postedOn"]) for item in unreceived["items"]] == [
        ("2026-10-11", "2026-10-20")
    ]


async def test_moved_web_points_wait_at_once_and_are_handed_out_two_days_on(
    api: Api, store: Store, pos: Pos
) -> None:
    """B7, B8, B9, X6: asked for on Friday the 20th; Saturday counts, Sunday and Labour Thanksgiving do not."""
    assert result(await pos.instruct("WPTUKE", "two-units", NO=COLLECTOR, PT=400)) == "0000"
    collector = await sign_in_as(api, store, "hirosaki", COLLECTOR)

    unreceived = await own(collector)

    assert unreceived["total"] == 400
    assert unreceived["items"] == [
        {
            "source": "WEB_POINTS",
            "amount": 400,
            "paidOn": "2026-11-20",
            "postedOn": "2026-11-20",
            "availableFrom": "2026-11-24",
            "expectedFrom": None,
            "expectedUntil": None,
        }
    ]
    points = await collector.data("{ viewer { member { pico { webPoints { balance transferable } } } } }")
    assert points["viewer"]["member"]["pico"]["webPoints"] == {"balance": 371, "transferable": 200}
