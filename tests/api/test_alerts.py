"""お知らせメールの設定: set, and set again, by member and guardian each for themselves."""

from typing import Any

import pytest

from tests.api.asking import Api
from tests.api.doing import done, input_error, refusal, tried

ALERTS = "alerts { lowBalanceBelow readyToCollect }"
OWN = f"{{ viewer {{ account {{ {ALERTS} }} }} }}"
UNTOUCHED = {"lowBalanceBelow": None, "readyToCollect": True}


async def own(api: Api) -> Any:
    """What the viewer's next query shows."""
    return (await api.data(OWN))["viewer"]["account"]["alerts"]


async def test_alerts_are_as_they_were_set_last(taro: Api) -> None:
    """B1, B14."""
    for below, ready in ((1000, False), (1, True), (100_000, True), (None, False)):
        payload = await done(taro, "setAlerts", ALERTS, lowBalanceBelow=below, readyToCollect=ready)

        assert payload["alerts"] == {"lowBalanceBelow": below, "readyToCollect": ready}
        assert await own(taro) == payload["alerts"]


async def test_a_balance_left_out_is_no_alert(taro: Api) -> None:
    await done(taro, "setAlerts", lowBalanceBelow=1000, readyToCollect=True)

    await done(taro, "setAlerts", readyToCollect=True)

    assert await own(taro) == UNTOUCHED


async def test_a_guardians_alerts_are_not_the_students(taro: Api, ichiro: Api) -> None:
    """X13."""
    await done(ichiro, "setAlerts", lowBalanceBelow=500, readyToCollect=False)

    assert await own(ichiro) == {"lowBalanceBelow": 500, "readyToCollect": False}
    assert await own(taro) == UNTOUCHED


@pytest.mark.parametrize("below", [-1, 0, 100_001, 2**40])
async def test_a_balance_that_no_card_has_is_refused(taro: Api, below: int) -> None:
    message = "残高のお知らせの基準額は1円から100,000円までの金額でご入力ください。"

    error = await refusal(taro, "setAlerts", lowBalanceBelow=below, readyToCollect=True)

    assert error == input_error("BAD_INPUT", message, "lowBalanceBelow")
    assert await own(taro) == UNTOUCHED


async def test_the_mail_about_a_suspension_is_no_choice(taro: Api) -> None:
    """D1."""
    data = await taro.data('{ __type(name: "SetAlertsInput") { inputFields { name } } }')

    names = {field["name"] for field in data["__type"]["inputFields"]}
    assert names == {"readyToCollect", "lowBalanceBelow"}


async def test_a_change_is_logged(taro: Api) -> None:
    """E26."""
    await done(taro, "setAlerts", readyToCollect=False)

    data = await taro.data("{ viewer { account { accessLog(first: 1) { edges { node { action } } } } } }")
    (edge,) = data["viewer"]["account"]["accessLog"]["edges"]
    assert edge["node"]["action"] == "ALERTS_CHANGED"


async def test_a_co_op_without_prepaid_money_has_nothing_to_tell(sapporo: Api) -> None:
    message = "この生協では、残高や受け取りのお知らせメールは行っておりません。"

    error = await refusal(sapporo, "setAlerts", readyToCollect=True)

    assert error == input_error("NOT_OFFERED", message)


async def test_staff_have_no_alerts(hirosaki_staff: Api) -> None:
    answer = await tried(hirosaki_staff, "setAlerts", readyToCollect=True)

    assert (answer.data, answer.codes()) == (None, {"setAlerts": "FORBIDDEN"})
