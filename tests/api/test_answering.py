"""お問い合わせへの回答 (D10, E8): once, kept on MyPage, mailed to who asked; the inquiry as a node."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from gateway.schema.nodes import write_global_id
from gateway.store import Store
from gateway.store.records import AccessLogQuery
from gateway.viewer import StaffRole
from tests.api.asking import Api
from tests.api.doing import do, done, input_error, mails_to, refusal
from tests.api.opening import open_member, open_staff

FROM_OUTSIDE = {
    "coop": "hirosaki",
    "topic": "MEMBER_NUMBER",
    "body": "組合員番号がわかりません。",
    "replyTo": "someone@example.jp",
}
QUESTION = {"coop": "hirosaki", "topic": "OTHER", "body": "質問です。"}
ANSWER = "組合員番号は組合員証の表面にございます。"
NODE = "query ($id: ID!) { node(id: $id) { id ... on Inquiry { body state answer } } }"


async def asked(api: Api, **given: Any) -> str:
    """The id of an inquiry somebody sends."""
    inquiry_id: str = (await done(api, "submitInquiry", "inquiry { id }", **given))["inquiry"]["id"]
    return inquiry_id


async def test_an_answer_is_mailed_to_who_is_not_signed_in(
    api: Api, hirosaki_staff: Api, store: Store
) -> None:
    """A7, D10."""
    inquiry = await asked(api, **FROM_OUTSIDE)

    payload = await done(
        hirosaki_staff,
        "answerInquiry",
        "inquiry { id state answer answeredAt } mailed",
        inquiryId=inquiry,
        answer=f"  {ANSWER}\n",
    )

    assert payload == {
        "inquiry": {
            "id": inquiry,
            "state": "ANSWERED",
            "answer": ANSWER,
            "answeredAt": "2026-11-20T12:00:00+09:00",
        },
        "mailed": True,
    }
    mails = await mails_to(store, "someone@example.jp")
    answers = [mail.text for mail in mails if mail.kind == "INQUIRY_ANSWERED"]
    assert [ANSWER in text for text in answers] == [True]


async def test_a_member_reads_the_answer_on_mypage_and_by_mail(
    taro: Api, hirosaki_staff: Api, store: Store
) -> None:
    """E8: no address was typed; the account's own is taken."""
    inquiry = await asked(taro, **QUESTION)

    await done(hirosaki_staff, "answerInquiry", inquiryId=inquiry, answer=ANSWER)

    own = await taro.data("{ viewer { member { inquiries { edges { node { id state answer } } } } } }")
    assert own["viewer"]["member"]["inquiries"]["edges"] == [
        {"node": {"id": inquiry, "state": "ANSWERED", "answer": ANSWER}}
    ]
    kinds = [mail.kind for mail in await mails_to(store, "hirosaki@example.jp")]
    assert sorted(kinds) == ["INQUIRY_ANSWERED", "INQUIRY_RECEIVED"]


async def test_who_has_no_address_reads_it_on_mypage(api: Api, hirosaki_staff: Api, store: Store) -> None:
    """E8: staff are told."""
    await open_member(store, "hirosaki", "tsugaru", "210100000002")
    tsugaru = await api.signed_in("hirosaki", "tsugaru")
    inquiry = await asked(tsugaru, **QUESTION)

    payload = await done(hirosaki_staff, "answerInquiry", "mailed", inquiryId=inquiry, answer=ANSWER)

    assert payload == {"mailed": False}
    shown = await tsugaru.data(NODE, id=inquiry)
    assert shown["node"]["answer"] == ANSWER


async def test_an_inquiry_is_answered_once(api: Api, hirosaki_staff: Api, store: Store) -> None:
    """E8."""
    inquiry = await asked(api, **FROM_OUTSIDE)
    await done(hirosaki_staff, "answerInquiry", inquiryId=inquiry, answer=ANSWER)

    error = await refusal(hirosaki_staff, "answerInquiry", inquiryId=inquiry, answer="別の回答")

    message = "このお問い合わせには2026年11月20日 12時00分に回答済みです。"
    assert error == input_error("INQUIRY_ANSWERED", message, "inquiryId")
    kinds = [mail.kind for mail in await mails_to(store, "someone@example.jp")]
    assert kinds.count("INQUIRY_ANSWERED") == 1


async def test_of_two_answers_at_once_one_is_sent(api: Api, hirosaki_staff: Api, store: Store) -> None:
    """E8."""
    inquiry = await asked(api, **FROM_OUTSIDE)

    payloads = await asyncio.gather(
        *(do(hirosaki_staff, "answerInquiry", inquiryId=inquiry, answer=ANSWER) for _ in range(2))
    )

    codes = [error["code"] for payload in payloads for error in payload["errors"]]
    assert codes == ["INQUIRY_ANSWERED"]
    kinds = [mail.kind for mail in await mails_to(store, "someone@example.jp")]
    assert kinds.count("INQUIRY_ANSWERED") == 1


@pytest.mark.parametrize("answer", ["", " 　\n", "あ" * 4001])
async def test_an_answer_has_something_to_say(api: Api, hirosaki_staff: Api, answer: str) -> None:
    inquiry = await asked(api, **FROM_OUTSIDE)

    error = await refusal(hirosaki_staff, "answerInquiry", inquiryId=inquiry, answer=answer)

    assert error == input_error("ANSWER_REFUSED", "回答を4000文字以内でご入力ください。", "answer")


@pytest.mark.parametrize(
    "inquiry",
    [
        "x",
        write_global_id("Inquiry", "hirosaki", str(UUID(int=1))),
        write_global_id("Inquiry", "hirosaki", "1"),
        write_global_id("Inquiry", "hirosaki"),
        write_global_id("Member", "hirosaki", "210100000001"),
    ],
)
async def test_what_is_no_inquiry_is_not_found(hirosaki_staff: Api, inquiry: str) -> None:
    error = await refusal(hirosaki_staff, "answerInquiry", inquiryId=inquiry, answer=ANSWER)

    assert error == input_error("INQUIRY_NOT_FOUND", "該当するお問い合わせがありません。", "inquiryId")


async def test_another_co_ops_inquiry_is_not_found(api: Api, hokkaido_staff: Api) -> None:
    inquiry = await asked(api, **FROM_OUTSIDE)

    error = await refusal(hokkaido_staff, "answerInquiry", inquiryId=inquiry, answer=ANSWER)

    assert error["code"] == "INQUIRY_NOT_FOUND"
    own = write_global_id("Inquiry", "hokkaido", str(uuid4()))
    assert (await refusal(hokkaido_staff, "answerInquiry", inquiryId=own, answer=ANSWER))["code"] == (
        "INQUIRY_NOT_FOUND"
    )


async def test_answering_stands_in_the_access_log(taro: Api, hirosaki_staff: Api, store: Store) -> None:
    """E26."""
    await done(hirosaki_staff, "answerInquiry", inquiryId=await asked(taro, **QUESTION), answer=ANSWER)

    newest = (await store.of("hirosaki").access_log.page(AccessLogQuery(limit=1))).items[0]
    staff = await store.of("hirosaki").accounts.by_login_id("staff-hirosaki")
    assert staff is not None
    assert (newest.action.value, newest.account_id, newest.member_number) == (
        "INQUIRY_ANSWERED",
        staff.account_id,
        "210100000001",
    )


async def test_members_and_other_roles_do_not_answer(api: Api, taro: Api, store: Store) -> None:
    inquiry = await asked(taro, **QUESTION)
    others = (StaffRole.STORE, StaffRole.AUDITOR, StaffRole.ADMINISTRATOR)
    await open_staff(store, "hirosaki", "all-others", *others)
    everybody_else = await api.signed_in("hirosaki", "all-others")
    operation = "mutation ($input: AnswerInquiryInput!) { answerInquiry(input: $input) { mailed } }"
    for viewer, code in ((everybody_else, "FORBIDDEN"), (taro, "FORBIDDEN"), (api, "UNAUTHENTICATED")):
        answer = await viewer.ask(operation, input={"inquiryId": inquiry, "answer": ANSWER})
        assert answer.only_error()["extensions"]["code"] == code


async def test_an_inquiry_is_a_node_for_its_owner_and_the_staff_who_answer(
    taro: Api, hirosaki_staff: Api
) -> None:
    """E8."""
    inquiry = await asked(taro, **QUESTION)

    for viewer in (taro, hirosaki_staff):
        shown = await viewer.data(NODE, id=inquiry)
        assert shown["node"] == {"id": inquiry, "body": "質問です。", "state": "OPEN", "answer": None}


async def test_a_guardians_inquiry_is_the_guardians_own(ichiro: Api, taro: Api, hirosaki_staff: Api) -> None:
    """X13: the student does not read it."""
    inquiry = await asked(ichiro, **QUESTION)

    assert (await ichiro.data(NODE, id=inquiry))["node"]["body"] == "質問です。"
    assert (await hirosaki_staff.data(NODE, id=inquiry))["node"]["body"] == "質問です。"
    assert (await taro.ask(NODE, id=inquiry)).only_error()["extensions"]["code"] == "FORBIDDEN"


async def test_others_do_not_read_an_inquiry(
    api: Api, taro: Api, register: Api, sapporo: Api, hokkaido_staff: Api
) -> None:
    """Another member, another co-op, staff who do not answer: of a member's they see what that member sees."""
    from_outside, members = await asked(api, **FROM_OUTSIDE), await asked(taro, **QUESTION)
    takasaki = await api.signed_in("hirosaki", "takasaki")

    for viewer in (takasaki, sapporo, hokkaido_staff):
        for inquiry in (from_outside, members):
            answer = await viewer.ask(NODE, id=inquiry)
            assert answer.only_error()["extensions"]["code"] == "FORBIDDEN"
    assert (await register.ask(NODE, id=from_outside)).only_error()["extensions"]["code"] == "FORBIDDEN"
    assert (await register.data(NODE, id=members))["node"]["body"] == "質問です。"


async def test_an_inquiry_nobody_sent_is_nobodys(taro: Api) -> None:
    unknown = write_global_id("Inquiry", "hirosaki", str(UUID(int=1)))

    assert (await taro.ask(NODE, id=unknown)).only_error()["extensions"]["code"] == "FORBIDDEN"
