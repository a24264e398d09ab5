"""お知らせの掲載: what staff publish stands in the feed of whom it is for, beside what the notice system tells."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from gateway.store import Store
from gateway.viewer import StaffRole
from tests.api.asking import Api
from tests.api.doing import do, done, input_error, refusal
from tests.api.opening import open_staff
from tests.api.test_notices import NOTICES, PATH, feed
from tests.api.walking import PAGE, same_in_pages_of, walked
from tests.running import LegacySystems

TARO, TAKASAKI = "210100000001", "210100000003"
CLOSED = {"title": "年末年始の営業", "body": "12月29日から1月3日まで休みます。"}
NOTICE = """
notice {
  id title body reach memberNumbers alsoByMail publishedAt withdrawnAt
  segment { kinds statuses employments admissionYears }
  mailing { queued sent stopped inProgress }
}
"""
PUBLISHED = f"""
query ($first: Int!, $after: String) {{
  publishedNotices(first: $first, after: $after) {{
    edges {{ cursor node {{ id title withdrawnAt }} }}
    {PAGE}
  }}
}}
"""
NODE = "query ($id: ID!) { node(id: $id) { ... on Notice { title readAt } } }"


async def publish(staff: Api, **given: Any) -> Any:
    """The notice that was published."""
    new = {"idempotencyKey": str(uuid4()), "reach": "EVERYONE", **CLOSED, **given}
    return (await done(staff, "publishNotice", NOTICE, **new))["notice"]


async def titles(member: Api, **chosen: Any) -> list[str]:
    return [node["title"] for node in await feed(member, **chosen)]


async def test_a_notice_to_everyone_stands_first_in_everybodys_feed(
    hirosaki_staff: Api, taro: Api, ichiro: Api, api: Api
) -> None:
    """D8, X14: one feed, newest first, with what the notice system tells."""
    takasaki = await api.signed_in("hirosaki", "takasaki")
    before = {member: await feed(member) for member in (taro, ichiro, takasaki)}

    notice = await publish(hirosaki_staff)

    assert notice == {
        "id": notice["id"],
        **CLOSED,
        "reach": "EVERYONE",
        "memberNumbers": [],
        "segment": None,
        "alsoByMail": False,
        "publishedAt": "2026-11-20T12:00:00+09:00",
        "withdrawnAt": None,
        "mailing": {"queued": 0, "sent": 0, "stopped": 0, "inProgress": False},
    }
    for member, old in before.items():
        newest, *rest = await feed(member)
        assert rest == old
        assert {name: newest[name] for name in ("audience", "title", "body", "publishedAt", "readAt")} == {
            "audience": "EVERYONE",
            **CLOSED,
            "publishedAt": "2026-11-20T12:00:00+09:00",
            "readAt": None,
        }


async def test_a_notice_to_some_is_told_to_them_and_their_guardians(
    hirosaki_staff: Api, taro: Api, ichiro: Api, api: Api
) -> None:
    """D9."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    notice = await publish(hirosaki_staff, reach="MEMBERS", memberNumbers=["2101 0000 0001", TARO])

    assert notice["memberNumbers"] == [TARO]
    for member in (taro, ichiro):
        assert (await titles(member, audience="PERSONAL"))[0] == CLOSED["title"]
    assert CLOSED["title"] not in await titles(takasaki)


@pytest.mark.parametrize(
    ("segment", "for_taro", "for_takasaki"),
    [
        ({"admissionYears": [2024]}, True, False),
        ({"kinds": ["STUDENT", "GRADUATE_STUDENT"]}, True, True),
        ({"kinds": ["GRADUATE_STUDENT"], "statuses": ["ACTIVE"]}, False, True),
        ({"kinds": ["GRADUATE_STUDENT"], "admissionYears": [2024]}, False, False),
        ({"employments": ["RETIRED"]}, False, False),
    ],
)
async def test_a_segment_is_who_fits_every_part_of_it(
    segment: dict[str, Any], for_taro: bool, for_takasaki: bool, hirosaki_staff: Api, taro: Api, api: Api
) -> None:
    """D9: by what the registry says whenever the feed is read."""
    takasaki = await api.signed_in("hirosaki", "takasaki")

    notice = await publish(hirosaki_staff, reach="SEGMENT", segment=segment)

    assert notice["segment"] == {
        "kinds": [],
        "statuses": [],
        "employments": [],
        "admissionYears": [],
        **segment,
    }
    assert (CLOSED["title"] in await titles(taro, audience="PERSONAL")) is for_taro
    assert (CLOSED["title"] in await titles(takasaki, audience="PERSONAL")) is for_takasaki


async def test_a_guardian_who_is_shown_nothing_is_told_nothing(
    hirosaki_staff: Api, taro: Api, ichiro: Api
) -> None:
    """X13."""
    await publish(hirosaki_staff, reach="MEMBERS", memberNumbers=[TARO])
    await done(taro, "setGuardianSharing", shared=False)

    answer = await ichiro.ask(NOTICES, first=1)

    assert (answer.data, answer.codes()) == ({"viewer": {"member": None}}, {"viewer.member": "FORBIDDEN"})


async def test_own_notices_and_those_of_the_notice_system_make_one_list(
    hirosaki_staff: Api, taro: Api
) -> None:
    """X14: the pages are the same whatever their size."""
    for number in range(5):
        await publish(hirosaki_staff, title=f"お知らせ{number}")
    assert await same_in_pages_of([1, 9, 42], taro, NOTICES, PATH) == 89


async def test_an_own_notice_is_fetched_again_by_its_id(hirosaki_staff: Api, taro: Api, api: Api) -> None:
    """Only by whom it is for."""
    await publish(hirosaki_staff, reach="MEMBERS", memberNumbers=[TARO])
    newest, *_ = await feed(taro)

    assert (await taro.data(NODE, id=newest["id"]))["node"] == {"title": CLOSED["title"], "readAt": None}
    takasaki = await api.signed_in("hirosaki", "takasaki")
    assert (await takasaki.ask(NODE, id=newest["id"])).codes() == {"node": "FORBIDDEN"}


async def test_an_own_notice_is_marked_as_read_like_any_other(
    hirosaki_staff: Api, taro: Api, ichiro: Api
) -> None:
    """X14: by whom it was read, and by nobody else."""
    await publish(hirosaki_staff)
    newest, second, *_ = await feed(taro)

    await done(taro, "markNoticesRead", ids=[newest["id"], second["id"]])

    first_two = (await feed(taro))[:2]
    assert [node["readAt"] for node in first_two] == ["2026-11-20T12:00:00+09:00"] * 2
    assert CLOSED["title"] not in await titles(taro, unreadOnly=True)
    assert (await feed(ichiro))[0]["readAt"] is None


async def test_a_withdrawn_notice_is_gone_and_staff_still_see_it(hirosaki_staff: Api, taro: Api) -> None:
    before = await feed(taro)
    notice = await publish(hirosaki_staff)
    newest, *_ = await feed(taro)

    for _ in range(2):
        withdrawn = await done(hirosaki_staff, "withdrawNotice", NOTICE, noticeId=notice["id"])
        assert withdrawn["notice"] == {**notice, "withdrawnAt": "2026-11-20T12:00:00+09:00"}

    assert await feed(taro) == before
    assert (await taro.data(NODE, id=newest["id"]))["node"] is None
    (listed,) = await walked(hirosaki_staff, PUBLISHED, "publishedNotices", 10)
    assert listed["withdrawnAt"] is not None


async def test_withdrawing_ends_the_mailing(hirosaki_staff: Api) -> None:
    """Staff see how far the mails are; those that wait are stopped (tests/mailings)."""
    notice = await publish(hirosaki_staff, alsoByMail=True)
    assert notice["alsoByMail"]
    assert notice["mailing"] == {"queued": 0, "sent": 0, "stopped": 0, "inProgress": True}

    withdrawn = await done(hirosaki_staff, "withdrawNotice", NOTICE, noticeId=notice["id"])
    assert withdrawn["notice"]["mailing"] == {"queued": 0, "sent": 0, "stopped": 0, "inProgress": False}


async def test_a_notice_sent_again_with_its_key_is_published_once(hirosaki_staff: Api, taro: Api) -> None:
    """The order of a list and how its numbers are written make no other notice."""
    known = await feed(taro)
    key = str(uuid4())
    to_both = {"idempotencyKey": key, "reach": "MEMBERS", **CLOSED}
    first = await done(
        hirosaki_staff, "publishNotice", NOTICE, **to_both, memberNumbers=[TARO, TAKASAKI], alsoByMail=False
    )
    again = await done(
        hirosaki_staff, "publishNotice", NOTICE, **to_both, memberNumbers=[TAKASAKI, "2101-0000-0001"]
    )
    assert again == first

    assert await refusal(hirosaki_staff, "publishNotice", **to_both, memberNumbers=[TARO]) == input_error(
        "IDEMPOTENCY_KEY_REUSED",
        "この受付番号は別のお手続きに使用されています。画面を更新して、もう一度お手続きください。",
        "idempotencyKey",
    )
    assert len(await feed(taro)) == len(known) + 1


async def test_many_at_once_with_one_key_publish_once(hirosaki_staff: Api, taro: Api) -> None:
    key, known = str(uuid4()), await feed(taro)
    notices = await asyncio.gather(*(publish(hirosaki_staff, idempotencyKey=key) for _ in range(5)))

    assert len({notice["id"] for notice in notices}) == 1
    assert len(await feed(taro)) == len(known) + 1


@pytest.mark.parametrize(
    ("wrong", "message", "field"),
    [
        ({"title": " \n"}, "件名は1行、100文字以内でご入力ください。", "title"),
        ({"title": "い" * 101}, "件名は1行、100文字以内でご入力ください。", "title"),
        ({"title": "一行目\n二行目"}, "件名は1行、100文字以内でご入力ください。", "title"),
        ({"body": "　"}, "本文は10,000文字以内でご入力ください。", "body"),
        ({"body": "い" * 10_001}, "本文は10,000文字以内でご入力ください。", "body"),
        ({"reach": "MEMBERS"}, "組合員番号を1件以上1,000件以内でご指定ください。", "memberNumbers"),
        ({"memberNumbers": [TARO]}, "組合員番号は、宛先が個別の場合にのみご指定ください。", "memberNumbers"),
        ({"reach": "SEGMENT"}, "対象者の条件を1つ以上ご指定ください。", "segment"),
        ({"reach": "SEGMENT", "segment": {}}, "対象者の条件を1つ以上ご指定ください。", "segment"),
        (
            {"segment": {"kinds": ["STUDENT"]}},
            "対象者の条件は、宛先が条件指定の場合にのみご指定ください。",
            "segment",
        ),
    ],
)
async def test_what_cannot_be_published_is_refused_with_how_to_put_it_right(
    wrong: dict[str, Any], message: str, field: str, hirosaki_staff: Api, taro: Api
) -> None:
    known = await feed(taro)
    new = {"idempotencyKey": str(uuid4()), "reach": "EVERYONE", **CLOSED, **wrong}
    assert await refusal(hirosaki_staff, "publishNotice", **new) == input_error(
        "NOTICE_REFUSED", message, field
    )
    assert await feed(taro) == known


async def test_members_whom_the_registry_does_not_know_are_named(hirosaki_staff: Api) -> None:
    numbers = [TARO, "210199999998", "210199999999"]
    new = {"idempotencyKey": str(uuid4()), "reach": "MEMBERS", **CLOSED, "memberNumbers": numbers}
    assert await refusal(hirosaki_staff, "publishNotice", **new) == input_error(
        "MEMBER_NOT_FOUND", "次の組合員番号は見つかりません：210199999998、210199999999", "memberNumbers"
    )


async def test_a_number_of_another_co_ops_form_is_refused(hirosaki_staff: Api) -> None:
    """A3."""
    new = {"idempotencyKey": str(uuid4()), "reach": "MEMBERS", **CLOSED, "memberNumbers": ["10000001"]}
    error = await refusal(hirosaki_staff, "publishNotice", **new)
    assert (error["code"], error["path"]) == ("NOTICE_REFUSED", ["input", "memberNumbers"])


async def test_only_office_and_administrators_publish_and_withdraw(
    hirosaki_staff: Api, taro: Api, api: Api, store: Store
) -> None:
    await open_staff(store, "hirosaki", "desk", StaffRole.DESK, StaffRole.STORE, StaffRole.AUDITOR)
    desk = await api.signed_in("hirosaki", "desk")
    notice = await publish(hirosaki_staff)
    publishing = "mutation ($input: PublishNoticeInput!) { publishNotice(input: $input) { errors { code } } }"
    withdrawing = (
        "mutation ($input: WithdrawNoticeInput!) { withdrawNotice(input: $input) { errors { code } } }"
    )
    new = {"idempotencyKey": str(uuid4()), "reach": "EVERYONE", **CLOSED}
    for somebody in (desk, taro):
        for operation, given in ((publishing, new), (withdrawing, {"noticeId": notice["id"]})):
            (error,) = (await somebody.ask(operation, input=given)).errors
            assert error["extensions"]["code"] == "FORBIDDEN"
    assert [each["id"] for each in await walked(desk, PUBLISHED, "publishedNotices", 10)] == [notice["id"]]


async def test_a_notice_is_its_own_co_ops(hirosaki_staff: Api, hokkaido_staff: Api, sapporo: Api) -> None:
    known = await feed(sapporo)
    notice = await publish(hirosaki_staff)

    assert await feed(sapporo) == known
    assert await walked(hokkaido_staff, PUBLISHED, "publishedNotices", 10) == []
    for notice_id in (notice["id"], "no id"):
        assert await refusal(hokkaido_staff, "withdrawNotice", noticeId=notice_id) == input_error(
            "NOTICE_NOT_FOUND", "このお知らせは見つかりません。", "noticeId"
        )


async def test_what_staff_have_published_is_listed_in_pages(hirosaki_staff: Api) -> None:
    for number in range(7):
        await publish(hirosaki_staff, title=f"お知らせ{number}")
    assert await same_in_pages_of([1, 3, 10], hirosaki_staff, PUBLISHED, "publishedNotices") == 7


async def test_publishing_and_withdrawing_stand_in_the_access_log(hirosaki_staff: Api) -> None:
    """E26."""
    notice = await publish(hirosaki_staff)
    await do(hirosaki_staff, "withdrawNotice", noticeId=notice["id"])

    query = "{ viewer { account { accessLog(first: 2) { edges { node { action outcome what } } } } } }"
    log = (await hirosaki_staff.data(query))["viewer"]["account"]["accessLog"]["edges"]
    assert [edge["node"] for edge in log] == [
        {"action": action, "outcome": "ALLOWED", "what": ["EVERYONE", notice["id"]]}
        for action in ("NOTICE_WITHDRAWN", "NOTICE_PUBLISHED")
    ]


async def test_the_registry_is_asked_for_segments_alone_and_once(
    hirosaki_staff: Api, taro: Api, legacy_systems: LegacySystems
) -> None:
    """The member stands in the answer anyway: a segment costs no further call."""
    for segment in ({"admissionYears": [2024]}, {"kinds": ["STUDENT"]}):
        await publish(hirosaki_staff, reach="SEGMENT", segment=segment)
    await legacy_systems.forget_calls()

    await taro.data("{ viewer { member { number notices(first: 5) { edges { node { title } } } } } }")

    assert (await legacy_systems.hirosaki.registry.calls())["KUMIAIIN"] == 1
    assert await legacy_systems.hirosaki.mailer.calls() == {"/api/notices": 1}


async def test_while_the_notice_system_is_out_the_feed_says_so(
    hirosaki_staff: Api, taro: Api, legacy_systems: LegacySystems
) -> None:
    """Half a feed would look like a whole one."""
    await publish(hirosaki_staff)
    async with legacy_systems.hirosaki.mailer.fault("error"):
        answer = await taro.ask(
            "{ viewer { member { number notices(first: 5) { edges { node { title } } } } } }"
        )
    assert answer.codes() == {"viewer.member.notices": "SYSTEM_UNAVAILABLE"}
