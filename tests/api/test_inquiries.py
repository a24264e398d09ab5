"""お問い合わせ (A7, A33, A35, D10, E8): from anybody, read by the co-op's staff."""

from typing import Any

import pytest

from tests.api.asking import Api
from tests.api.doing import done, input_error, refusal

INQUIRY = "inquiry { id topic state body sentAt memberNumber claimedNumber replyTo answer }"
FROM_OUTSIDE = {
    "coop": "hirosaki",
    "topic": "MEMBER_NUMBER",
    "body": "組合員番号がわかりません。",
    "replyTo": "someone@example.jp",
    "memberNumber": "210100000001",
}
OF_STAFF = """
query ($state: InquiryState, $first: Int!, $after: String) {
  inquiries(state: $state, first: $first, after: $after) {
    edges { node { body memberNumber claimedNumber replyTo } } pageInfo { hasNextPage endCursor }
  }
}
"""


async def test_who_cannot_get_in_asks_without_a_session(api: Api) -> None:
    """A7: a number that was typed is never taken for the member's own."""
    inquiry = (await done(api, "submitInquiry", INQUIRY, **FROM_OUTSIDE))["inquiry"]

    assert inquiry.pop("id")
    assert inquiry == {
        "topic": "MEMBER_NUMBER",
        "state": "OPEN",
        "body": "組合員番号がわかりません。",
        "sentAt": "2026-11-20T12:00:00+09:00",
        "memberNumber": None,
        "claimedNumber": "210100000001",
        "replyTo": "someone@example.jp",
        "answer": None,
    }


async def test_a_members_inquiry_is_the_members(taro: Api) -> None:
    """E8."""
    sent = await done(taro, "submitInquiry", INQUIRY, coop="hirosaki", topic="OTHER", body="質問です。")

    assert sent["inquiry"]["memberNumber"] == "210100000001"
    own = await taro.data("{ viewer { member { inquiries { edges { node { body } } } } } }")
    assert own["viewer"]["member"]["inquiries"]["edges"] == [{"node": {"body": "質問です。"}}]


async def test_at_another_co_op_a_member_is_anybody(taro: Api) -> None:
    error = await refusal(taro, "submitInquiry", coop="hokkaido", topic="OTHER", body="質問です。")

    assert (error["code"], error["path"]) == ("EMAIL_REFUSED", ["input", "replyTo"])


@pytest.mark.parametrize("reply_to", [None, "", "someone"])
async def test_who_is_not_signed_in_must_say_where_to_answer(api: Api, reply_to: str | None) -> None:
    error = await refusal(api, "submitInquiry", **{**FROM_OUTSIDE, "replyTo": reply_to})

    assert error == input_error("EMAIL_REFUSED", "メールアドレスを正しくご入力ください。", "replyTo")


@pytest.mark.parametrize("body", ["", " 　\n"])
async def test_an_empty_inquiry_is_refused(taro: Api, body: str) -> None:
    error = await refusal(taro, "submitInquiry", coop="hirosaki", topic="OTHER", body=body)

    assert (error["code"], error["path"]) == ("INQUIRY_REFUSED", ["input", "body"])


async def test_a_number_of_another_form_is_told_how_they_are_written(api: Api) -> None:
    error = await refusal(api, "submitInquiry", **{**FROM_OUTSIDE, "memberNumber": "2101"})

    message = "半角数字12桁（ハイフンなし）でご入力ください。"
    assert error == input_error("BAD_INPUT", message, "memberNumber")


async def test_inquiries_from_one_address_are_slowed_down(api: Api) -> None:
    for _ in range(5):
        await done(api, "submitInquiry", **FROM_OUTSIDE)

    assert (await refusal(api, "submitInquiry", **FROM_OUTSIDE))["__typename"] == "TooManyAttempts"


async def page(staff: Api, **given: Any) -> Any:
    return (await staff.data(OF_STAFF, **{"first": 50, **given}))["inquiries"]


async def test_staff_read_what_their_own_co_op_was_asked(
    api: Api, taro: Api, hirosaki_staff: Api, hokkaido_staff: Api
) -> None:
    """A33, A35."""
    await done(api, "submitInquiry", **FROM_OUTSIDE)
    await done(taro, "submitInquiry", coop="hirosaki", topic="OTHER", body="質問です。")

    asked = await page(hirosaki_staff, state="OPEN")

    assert {edge["node"]["body"] for edge in asked["edges"]} == {"組合員番号がわかりません。", "質問です。"}
    assert (await page(hirosaki_staff, state="ANSWERED"))["edges"] == []
    assert (await page(hokkaido_staff))["edges"] == []


async def test_the_list_comes_in_pages(api: Api, hirosaki_staff: Api) -> None:
    for place in range(3):
        await done(api, "submitInquiry", **{**FROM_OUTSIDE, "body": f"{place}"})

    first = await page(hirosaki_staff, first=2)
    rest = await page(hirosaki_staff, first=2, after=first["pageInfo"]["endCursor"])

    bodies = [edge["node"]["body"] for edge in (*first["edges"], *rest["edges"])]
    assert (sorted(bodies), first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (
        ["0", "1", "2"],
        True,
        False,
    )
