"""お知らせ by mail: to everybody it is for, once, behind mail that somebody waits for."""

from uuid import uuid4

import pytest

from adapters.records import Mail, MemberKind, MemberNumber, MemberSegment
from gateway.mail_delivery import MailDelivery
from gateway.mailings.rounds import BATCH
from gateway.notices.publishing import NewNotice, publish_notice
from gateway.notices.withdrawing import withdraw_notice
from gateway.store.records import (
    AccountKind,
    MailDispatchesQuery,
    MailKind,
    MailState,
    NoticeContent,
    NoticeReach,
    Origin,
    PublishedNotice,
)
from tests.mailings.office import Office
from tests.running import NOW, LegacySystems
from tests.store.mailers import RememberingMailer

KIND = MailKind.NOTICE
TARO, HANAKO, KENICHI = "210100000001", "210100000002", "210100000003"
STUDENTS = MemberSegment(kinds=frozenset({MemberKind.STUDENT}))


@pytest.fixture
async def evening(hirosaki: Office) -> Office:
    """Hirosaki at an hour at which nobody is reminded of anything: notices go out all the same."""
    hirosaki.watch.now = NOW.replace(hour=21)
    return hirosaki


async def published(
    office: Office,
    reach: NoticeReach = NoticeReach.EVERYONE,
    *numbers: str,
    segment: MemberSegment | None = None,
) -> PublishedNotice:
    """A notice that is to be mailed."""
    listed = tuple(map(MemberNumber, numbers))
    content = NoticeContent(
        "停電", "明日は停電です。\n\nご注意ください。", reach, listed, segment, by_mail=True
    )
    new = NewNotice(uuid4(), content)
    notice = await publish_notice(office.entrance, await office.staff(), new, Origin())
    assert isinstance(notice, PublishedNotice)
    return notice


async def progress(office: Office, notice: PublishedNotice) -> tuple[int, int, int, bool]:
    subject = str(notice.notice_id)
    made = (await office.store.mailings.progress(KIND, [subject]))[subject]
    return made.queued, made.sent, made.stopped, made.walking


async def deliver(office: Office) -> list[str]:
    """Delivers what waits; the subjects in their order."""
    mailer = RememberingMailer()
    delivery = MailDelivery(office.store, mailer, office.watch)
    while await delivery.deliver_next():
        pass
    return [mailer.sent[mail_id].subject for mail_id in dict.fromkeys(mailer.asked)]


async def test_everybody_with_a_proved_address_is_mailed_what_stands_in_the_feed(evening: Office) -> None:
    """D8: guardians, too."""
    await evening.account(TARO)
    await evening.account(TARO, AccountKind.GUARDIAN)
    await evening.account(HANAKO, verified=False)
    notice = await published(evening)

    await evening.do_what_is_due()

    assert await evening.recipients(KIND) == [TARO, f"{TARO}p"]
    letter, _ = await evening.letters(KIND)
    assert letter.subject == "【弘前大学生活協同組合】停電"
    assert letter.text.startswith(
        "明日は停電です。\n\nご注意ください。\n\nこのお知らせは、マイページの「お知らせ」でもご覧いただけます。\n"
    )
    assert await progress(evening, notice) == (2, 0, 0, False)
    assert len(await deliver(evening)) == 2
    assert await progress(evening, notice) == (2, 2, 0, False)


async def test_notices_are_mailed_at_any_hour(evening: Office) -> None:
    """Staff decide when: a store that closes for the storm does not wait for the morning."""
    await evening.account(TARO)
    await published(evening)
    await evening.on(2026, 11, 22, 23, 0)
    assert await evening.recipients(KIND) == [TARO]


async def test_a_list_and_a_segment_are_mailed_to_who_is_on_them(evening: Office) -> None:
    """D9."""
    for number in (TARO, HANAKO, KENICHI):
        await evening.account(number)
    await published(evening, NoticeReach.MEMBERS, HANAKO, KENICHI)
    await evening.do_what_is_due()
    assert await evening.recipients(KIND) == [HANAKO, KENICHI]

    await published(evening, NoticeReach.SEGMENT, segment=STUDENTS)
    await evening.do_what_is_due()
    assert await evening.recipients(KIND) == [TARO, HANAKO, HANAKO, KENICHI]


async def test_a_guardian_who_is_shown_nothing_is_mailed_nothing(evening: Office) -> None:
    """X13."""
    await evening.account(TARO, AccountKind.GUARDIAN)
    await evening.store.preferences.share_with_guardian(MemberNumber(TARO), False, NOW)
    await published(evening, NoticeReach.MEMBERS, TARO)
    await evening.do_what_is_due()
    assert await evening.letters(KIND) == []


async def test_mail_somebody_waits_for_goes_before_mails_to_many(evening: Office) -> None:
    """A23: a code leaves within a minute, whatever the co-op has to tell everybody."""
    for number in (TARO, HANAKO):
        await evening.account(number)
    await published(evening)
    await evening.do_what_is_due()
    code = Mail(uuid4(), "mypage@klas.seikyou.jp", "a@example.jp", "認証コード", "012345")
    await evening.store.outbox.enqueue(code, NOW, MailKind.AUTH_CODE)

    first, *rest = await deliver(evening)
    assert first == "認証コード"
    assert rest == ["【弘前大学生活協同組合】停電"] * 2


async def test_no_more_is_queued_than_can_soon_leave(evening: Office) -> None:
    for index in range(BATCH * 2 + 1):
        await evening.account(f"2101{index:08d}")
    notice = await published(evening)
    queued = []
    for _ in range(4):
        await evening.do_what_is_due()
        queued.append(await progress(evening, notice))
        await deliver(evening)
    assert queued == [
        (BATCH, 0, 0, True),
        (BATCH * 2, BATCH, 0, True),
        (BATCH * 2 + 1, BATCH * 2, 0, False),
        (BATCH * 2 + 1, BATCH * 2 + 1, 0, False),
    ]


async def test_while_the_registry_is_out_a_segment_waits_and_other_notices_do_not(
    evening: Office, legacy_systems: LegacySystems
) -> None:
    await evening.account(TARO)
    to_students = await published(evening, NoticeReach.SEGMENT, segment=STUDENTS)
    to_all = await published(evening)
    async with legacy_systems.hirosaki.registry.stopped():
        await evening.do_what_is_due()
    assert await progress(evening, to_students) == (0, 0, 0, True)
    assert await progress(evening, to_all) == (1, 0, 0, False)

    await evening.on(2026, 11, 20, 21, 30)
    assert await progress(evening, to_students) == (1, 0, 0, False)


@pytest.mark.parametrize("delivered", [False, True])
async def test_withdrawing_stops_what_has_not_left(delivered: bool, evening: Office) -> None:
    """The walk ends, and a mail that was stopped is not sent again by hand."""
    for index in range(BATCH + 1):
        await evening.account(f"2101{index:08d}")
    notice = await published(evening)
    await evening.do_what_is_due()
    if delivered:
        await deliver(evening)

    await withdraw_notice(evening.entrance, await evening.staff(), notice.notice_id, Origin())

    assert await deliver(evening) == []
    await evening.do_what_is_due()
    sent = BATCH if delivered else 0
    assert await progress(evening, notice) == (BATCH, sent, BATCH - sent, False)


async def test_a_stopped_mail_is_not_sent_again_by_hand(evening: Office) -> None:
    await evening.account(TARO)
    notice = await published(evening)
    await evening.do_what_is_due()
    await withdraw_notice(evening.entrance, await evening.staff(), notice.notice_id, Origin())

    (mail_id,) = await evening.store.mailings.mails_on(KIND, str(notice.notice_id))
    assert await evening.store.outbox.send_again(mail_id, uuid4(), NOW) is None
    (dispatch,) = (await evening.store.outbox.dispatches(MailDispatchesQuery(10))).items
    assert (dispatch.state, dispatch.resendable) == (MailState.STOPPED, False)
