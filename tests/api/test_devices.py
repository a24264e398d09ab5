"""スマホ以外の携帯電話 (A2, X22): registers, and does not view; what a client says of itself protects nothing."""

from typing import Any

import pytest

from tests.api.asking import Api

MEMBER = "{ viewer { account { loginId } member { number } } }"


async def on(device: str, who: Api, query: str = MEMBER) -> Any:
    """The bare response to a request from a device."""
    headers = {"Client-Device": device}
    if who.token is not None:
        headers["Authorization"] = f"Bearer {who.token}"
    return await who.client.post("/graphql", json={"query": query}, headers=headers)


async def test_a_feature_phone_does_not_view(taro: Api) -> None:
    """A2: the account, and with it the registration, stays open."""
    answer = (await on("FEATURE_PHONE", taro)).json()

    assert answer["data"] == {"viewer": {"account": {"loginId": "hirosaki-taro"}, "member": None}}
    (error,) = answer["errors"]
    assert error["message"] == "スマホ以外の携帯電話では、マイページ登録は出来ますが、閲覧は出来ません。"
    assert (error["path"], error["extensions"]) == (["viewer", "member"], {"code": "VIEW_UNSUPPORTED_DEVICE"})


async def test_neither_does_it_by_an_id_that_was_kept(taro: Api) -> None:
    kept = (await taro.data("{ viewer { member { id } } }"))["viewer"]["member"]["id"]

    answer = (await on("FEATURE_PHONE", taro, f'{{ node(id: "{kept}") {{ id }} }}')).json()

    assert answer["data"] == {"node": None}
    assert answer["errors"][0]["extensions"] == {"code": "VIEW_UNSUPPORTED_DEVICE"}


async def test_a_feature_phone_registers(api: Api) -> None:
    """A2."""
    operation = """
    mutation {
      signIn(input: {coop: "hirosaki", identifier: "210100000014", password: "20041201"}) { purpose }
    }
    """

    assert (await on("FEATURE_PHONE", api, operation)).json() == {"data": {"signIn": {"purpose": "REGISTER"}}}


@pytest.mark.parametrize("device", ["PC", "SMARTPHONE"])
async def test_every_other_device_views(taro: Api, device: str) -> None:
    answer = (await on(device, taro)).json()

    assert answer["data"]["viewer"]["member"] == {"number": "210100000001"}


async def test_staff_look_members_up_on_whatever_they_have(hirosaki_staff: Api) -> None:
    answer = (
        await on("FEATURE_PHONE", hirosaki_staff, '{ member(number: "210100000001") { number } }')
    ).json()

    assert answer == {"data": {"member": {"number": "210100000001"}}}


async def test_what_is_no_device_is_refused(taro: Api) -> None:
    response = await on("TOASTER", taro)

    assert response.status_code == 400
    assert response.json()["errors"][0]["message"] == (
        "The header Client-Device must be one of PC, SMARTPHONE, FEATURE_PHONE"
    )
