"""個人情報変更: asked for on MyPage, shown as pending, taken up by staff later."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from gateway.store import Store
from tests.api.asking import Api
from tests.api.doing import do, done, input_error, mails_to, refusal, tried
from tests.running import LegacySystems

CHANGE = "requestProfileChange"
FIELDS = "name kana postalCode address homePhone mobilePhone"
DETAILS = f"details {{ ... on ProfileChangeDetails {{ {FIELDS} }} }}"
PAYLOAD = f"changeRequest {{ id kind state {DETAILS} }} nameEffectiveFrom"
PROFILE = f"{{ viewer {{ member {{ profile {{ {FIELDS} pendingChange {{ {FIELDS} }} }} }} }} }}"
NOTHING = dict.fromkeys(FIELDS.split())
STANDS = {
    "name": "札幌 一郎",
    "kana": "サッポロ イチロウ",
    "postalCode": "060-0041",
    "address": "北海道札幌市中央区大通東1丁目１番地",
    "homePhone": "0110001001",
    "mobilePhone": "09000001001",
}
NOTHING_TO_CHANGE = input_error("BAD_INPUT", "登録内容から変更する項目をご入力ください。")


def wish(key: str | None = None, **fields: str | None) -> dict[str, Any]:
    """The input of a change, a new one unless a key is given."""
    return {"idempotencyKey": key or str(uuid4()), **fields}


async def profile(api: Api) -> Any:
    """The profile as the viewer's next query shows it."""
    return (await api.data(PROFILE))["viewer"]["member"]["profile"]


async def test_a_change_is_pending_beside_what_stands_until_staff_have_taken_it_up(sapporo: Api) -> None:
    """E19, E20, X19: in the form in which the profile will show it."""
    asked = wish(
        name="　小樽　 一郎", kana="ｵﾀﾙ ｲﾁﾛｳ", postalCode="０４７００３２", address="北海道小樽市稲穂2丁目"
    )

    payload = await done(sapporo, CHANGE, PAYLOAD, **asked)

    change = {
        **NOTHING,
        "name": "小樽 一郎",
        "kana": "オタル イチロウ",
        "postalCode": "047-0032",
        "address": "北海道小樽市稲穂2丁目",
    }
    assert {**payload["changeRequest"], "id": ""} == {
        "id": "",
        "kind": "PROFILE_CHANGE",
        "state": "RECEIVED",
        "details": change,
    }
    assert await profile(sapporo) == {**STANDS, "pendingChange": change}


async def test_a_new_name_is_expected_on_the_card_after_three_business_days(sapporo: Api) -> None:
    """E21, X18: on Friday the 20th; the 23rd is a holiday: 24, 25, 26. Nothing else changes the card."""
    renamed = await done(sapporo, CHANGE, PAYLOAD, **wish(name="小樽 一郎"))
    moved = await done(sapporo, CHANGE, PAYLOAD, **wish(address="北海道小樽市稲穂2丁目"))

    assert (renamed["nameEffectiveFrom"], moved["nameEffectiveFrom"]) == ("2026-11-26", None)


async def test_of_two_changes_the_later_one_holds(sapporo: Api) -> None:
    """E19: both are under way."""
    await done(sapporo, CHANGE, **wish(homePhone="0134-00-0001", mobilePhone="080-0000-0001"))
    await done(sapporo, CHANGE, **wish(mobilePhone="080-0000-0002"))

    pending = (await profile(sapporo))["pendingChange"]

    assert pending == {**NOTHING, "homePhone": "0134000001", "mobilePhone": "08000000002"}


async def test_the_member_is_written_to_without_what_is_to_change(sapporo: Api, store: Store) -> None:
    """E20."""
    await done(sapporo, CHANGE, **wish(name="小樽 一郎"))

    (mail,) = await mails_to(store, "sapporo@example.jp")
    assert mail.kind == "REQUEST_RECEIVED"
    assert "登録内容の変更申請" in mail.text
    assert "小樽" not in mail.text


async def test_the_same_key_with_the_same_input_gets_the_first_answer(sapporo: Api) -> None:
    """However it is typed the second time."""
    key = str(uuid4())

    first = await done(sapporo, CHANGE, PAYLOAD, **wish(key, name="小樽 一郎"))
    sent = (done(sapporo, CHANGE, PAYLOAD, **wish(key, name="小樽　一郎")) for _ in range(4))

    assert await asyncio.gather(*sent) == [first] * 4


async def test_the_same_key_with_another_input_is_an_error(sapporo: Api) -> None:
    key = str(uuid4())
    await done(sapporo, CHANGE, **wish(key, name="小樽 一郎"))

    error = await refusal(sapporo, CHANGE, **wish(key, name="小樽 二郎"))

    assert (error["code"], error["path"]) == ("IDEMPOTENCY_KEY_REUSED", ["input", "idempotencyKey"])
    assert (await profile(sapporo))["pendingChange"]["name"] == "小樽 一郎"


async def test_a_change_of_workplace_goes_by_form_or_phone(sapporo: Api) -> None:
    """E18: nothing else of the input is taken on either."""
    error = await refusal(sapporo, CHANGE, **wish(workplace="小樽市立稲穂小学校", name="小樽 一郎"))

    message = (
        "勤務先の変更は自動受付ができないため、HPの「異動と退職」ご入力のうえ送信いただくか、"
        "またはお電話等でご連絡願います。"
    )
    assert error == {
        **input_error("MANUAL_CHANNEL_REQUIRED", message, "workplace"),
        "__typename": "ManualChannelRequired",
        "channels": [
            {
                "kind": "TRANSFER_AND_RETIREMENT_FORM",
                "url": "https://www.hokkaido-gakko-coop.example/transfer-and-retirement",
                "phone": "011-561-6493",
            },
            {"kind": "PHONE", "url": None, "phone": "011-561-6493"},
        ],
    }
    assert (await profile(sapporo))["pendingChange"] is None


async def test_every_field_that_cannot_stand_is_told_at_once(sapporo: Api) -> None:
    """E19: each with its own path; nothing is taken on."""
    asked = wish(
        name="札幌1郎",
        kana="札幌",
        postalCode="047",
        address=" ",
        homePhone="1",
        mobilePhone="0110001001",
    )

    payload = await do(sapporo, CHANGE, PAYLOAD, **asked)

    assert payload == {
        "errors": [
            input_error("BAD_INPUT", "氏名は、記号や数字を使わず40文字以内でご入力ください。", "name"),
            input_error("BAD_INPUT", "氏名カナは、カタカナ30文字以内でご入力ください。", "kana"),
            input_error("BAD_INPUT", "郵便番号は、7桁の数字でご入力ください。", "postalCode"),
            input_error("BAD_INPUT", "住所は、120文字以内でご入力ください。", "address"),
            input_error(
                "BAD_INPUT", "電話番号は、市外局番からの10桁または11桁の数字でご入力ください。", "homePhone"
            ),
            input_error(
                "BAD_INPUT",
                "携帯電話番号は、070・080・090から始まる11桁の数字でご入力ください。",
                "mobilePhone",
            ),
        ],
        "changeRequest": None,
        "nameEffectiveFrom": None,
    }
    assert (await profile(sapporo))["pendingChange"] is None


@pytest.mark.parametrize("fields", [{}, {"name": None}, {"name": "札幌　一郎", "postalCode": "0600041"}])
async def test_what_changes_nothing_is_not_taken_on(sapporo: Api, fields: dict[str, str | None]) -> None:
    """E19: neither nothing at all nor what stands in the registry already."""
    assert await refusal(sapporo, CHANGE, **wish(**fields)) == NOTHING_TO_CHANGE


async def test_a_change_can_be_taken_back_while_it_is_under_way(sapporo: Api) -> None:
    """E19: what stands in the registry is a change of what is pending."""
    await done(sapporo, CHANGE, **wish(name="小樽 一郎"))
    assert await refusal(sapporo, CHANGE, **wish(name="小樽 一郎")) == NOTHING_TO_CHANGE

    await done(sapporo, CHANGE, **wish(name="札幌 一郎"))

    assert (await profile(sapporo))["pendingChange"]["name"] == "札幌 一郎"


async def test_it_is_taken_on_while_the_registry_is_down(sapporo: Api, legacy_systems: LegacySystems) -> None:
    """E20."""
    async with legacy_systems.hokkaido.registry.fault("error"):
        payload = await done(sapporo, CHANGE, PAYLOAD, **wish(name="札幌 一郎"))

    assert payload["changeRequest"]["state"] == "RECEIVED"


async def test_it_opens_when_the_profile_does(api: Api) -> None:
    """E9, X16: registered this month, viewable from the next."""
    kitami = await api.signed_in("hokkaido", "kitami@example.jp")

    answer = await tried(kitami, CHANGE, **wish(name="北見 真由美"))

    assert (answer.data, answer.codes()) == (None, {CHANGE: "NOT_YET_VIEWABLE"})


async def test_a_co_op_that_does_not_offer_it_says_so(taro: Api) -> None:
    """The Hirosaki co-op's guide knows of no such page."""
    message = "この生協では、マイページからの個人情報変更は行っておりません。"

    assert await refusal(taro, CHANGE, **wish(name="弘前 次郎")) == input_error("NOT_OFFERED", message)
    data = await taro.data(PROFILE)
    assert data["viewer"]["member"]["profile"]["pendingChange"] is None


async def test_only_the_member_may_ask(api: Api, ichiro: Api, hokkaido_staff: Api) -> None:
    """X13: not a guardian, not staff."""
    for who, code in ((api, "UNAUTHENTICATED"), (ichiro, "FORBIDDEN"), (hokkaido_staff, "FORBIDDEN")):
        answer = await tried(who, CHANGE, **wish(name="小樽 一郎"))
        assert (answer.data, answer.codes()) == (None, {CHANGE: code})
