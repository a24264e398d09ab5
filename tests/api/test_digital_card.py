"""デジタル組合員証: its name, its state, and who may present it."""

from datetime import datetime
from typing import Any

import pytest

from gateway.clock import JAPAN
from tests.api.asking import Api
from tests.api.other_people import gateway_on
from tests.running import LegacySystems

CARD = "digitalCard { state displayName nameEffectiveFrom presentation { code expiresAt } }"
OWN = f"{{ viewer {{ member {{ {CARD} }} }} }}"
OF_MEMBER = f"query ($number: MemberNumber!) {{ member(number: $number) {{ {CARD} }} }}"


async def own(api: Api) -> Any:
    """The viewer's card."""
    return (await api.data(OWN))["viewer"]["member"]["digitalCard"]


async def test_a_new_name_stands_on_the_card_after_three_business_days(api: Api) -> None:
    """E21, X16, X18: taken up on Thursday the 19th; 20, 24, 25, for Monday the 23rd is a holiday."""
    kitami = await api.signed_in("hokkaido", "kitami@example.jp")

    assert await own(kitami) == {
        "state": "NOT_ACTIVATED",
        "displayName": "帯広 真由美",
        "nameEffectiveFrom": "2026-11-25",
        "presentation": None,
    }


@pytest.mark.parametrize(
    ("now", "name", "effective_from"),
    [
        (datetime(2026, 11, 24, 23, 59, tzinfo=JAPAN), "帯広 真由美", "2026-11-25"),
        (datetime(2026, 11, 25, 0, 0, tzinfo=JAPAN), "北見 真由美", None),
    ],
)
async def test_the_old_name_stands_until_that_day_begins_in_japan(
    seeded_database: str, legacy_systems: LegacySystems, now: datetime, name: str, effective_from: str | None
) -> None:
    """E21, X18."""
    async with gateway_on(seeded_database, now) as api:
        card = await own(await api.signed_in("hokkaido", "kitami@example.jp"))

    assert (card["displayName"], card["nameEffectiveFrom"]) == (name, effective_from)


async def test_the_owner_of_an_active_card_can_present_it_for_a_minute(sapporo: Api) -> None:
    card = await own(sapporo)

    presentation = card.pop("presentation")
    assert card == {"state": "ACTIVE", "displayName": "札幌 一郎", "nameEffectiveFrom": None}
    assert presentation["expiresAt"] == "2026-11-20T12:01:00+09:00"
    assert presentation["code"]


async def test_staff_see_that_a_card_is_active_and_cannot_present_it(hokkaido_staff: Api) -> None:
    data = await hokkaido_staff.data(OF_MEMBER, number="10000001")

    assert data["member"]["digitalCard"] == {
        "state": "ACTIVE",
        "displayName": "札幌 一郎",
        "nameEffectiveFrom": None,
        "presentation": None,
    }


async def test_a_co_op_without_digital_cards_gives_null_without_an_error(taro: Api) -> None:
    assert await own(taro) is None
