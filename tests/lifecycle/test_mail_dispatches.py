"""Mail leaves at once, is never lost, and staff see what became of it (A23, A24)."""

import time
from typing import Any

from tests.lifecycle.people import HANAKO, SABURO
from tests.lifecycle.portal import Portal, Visitor
from tests.lifecycle.registering import code_of, provisional, started
from tests.running import LegacySystems
from tests.running.eventually import eventually

DISPATCHES = """
query Mails($state: MailState) {
  mailDispatches(state: $state) {
    edges { node { id kind recipient state attempts queuedAt settledAt nextAttemptAt reason resendable } }
  }
}
"""
A_MINUTE = 60.0


async def dispatches(staff: Visitor) -> list[dict[str, Any]]:
    """Every mail, newest first."""
    found = (await staff.data(DISPATCHES))["mailDispatches"]["edges"]
    return [edge["node"] for edge in found]


async def test_a_mail_arrives_within_a_minute(portal: Portal) -> None:
    """A23, A24: with text and HTML, from the domain members let through, and a subject old phones show."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    asked_at = time.monotonic()
    await hanako.done("sendTestMail", email="hanako@example.jp")
    mail = await portal.mail("hanako@example.jp", "メール送信テスト")
    assert time.monotonic() - asked_at < A_MINUTE
    assert mail["from"] == "mypage@klas.seikyou.jp"
    assert mail["subject"] == "【弘前大学生活協同組合】メール送信テスト"
    assert mail["subject"].encode("iso2022_jp").decode("iso2022_jp") == mail["subject"]
    assert "<html" in mail["html"]
    assert "0172-34-4806" in mail["text"]


async def test_a_mail_that_could_not_leave_waits_and_staff_see_it(
    portal: Portal, legacy_systems: LegacySystems
) -> None:
    """A23: the mailer is down for a while; nothing is lost, and nothing secret is shown."""
    staff = await portal.staff("hirosaki")
    nobody = await portal.visitor()

    async def has_been_tried() -> bool:
        return any(each["attempts"] for each in await dispatches(staff))

    async with legacy_systems.hirosaki.mailer.stopped():
        await nobody.done("startRegistration", **started(SABURO, email="saburo@example.jp"))
        await eventually(has_been_tried)
        (waiting,) = await dispatches(staff)
        assert (waiting["kind"], waiting["state"]) == ("REGISTRATION_LINK", "QUEUED")
        assert waiting["nextAttemptAt"] is not None
        assert "saburo@" not in waiting["recipient"]
        assert not waiting["resendable"]
        assert await portal.mails("saburo@example.jp") == []

    portal.later(minutes=5)
    # Any other mail of the co-op wakes the worker, which looks for what is due every ten seconds in any case.
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("sendTestMail", email="hanako@example.jp")
    await portal.mail("saburo@example.jp", "本登録のご案内")
    assert len(await portal.mails("saburo@example.jp")) == 1
    (late,) = [each for each in await dispatches(staff) if each["kind"] == "REGISTRATION_LINK"]
    assert late["state"] == "SENT"


async def test_a_mail_without_a_secret_can_be_sent_again(portal: Portal) -> None:
    """A23: one with a URL or a password cannot: its owner asks for a new one."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("sendTestMail", email="hanako@example.jp")
    await portal.mail("hanako@example.jp", "メール送信テスト")
    await hanako.done(
        "completeRegistration",
        loginId="hanako",
        password="ringo no hana saku oka 7",
        email="hanako@example.jp",
        acceptedTerms="2020-03",
    )
    await portal.mail("hanako@example.jp", "メールアドレスの確認")
    staff = await portal.staff("hirosaki")

    async def all_are_settled() -> bool:
        return {each["state"] for each in await dispatches(staff)} == {"SENT"}

    await eventually(all_are_settled)
    by_kind = {each["kind"]: each for each in await dispatches(staff)}
    assert by_kind["TEST"]["resendable"]
    secret = by_kind["EMAIL_CONFIRMATION"]
    assert not secret["resendable"]
    assert await code_of(staff, "resendMail", mailId=secret["id"]) == "MAIL_NOT_RESENDABLE"
    await staff.done("resendMail", mailId=by_kind["TEST"]["id"])

    async def came_twice() -> bool:
        mails = await portal.mails("hanako@example.jp")
        return sum("メール送信テスト" in each["subject"] for each in mails) == 2

    await eventually(came_twice)


async def test_an_address_that_cannot_be_reached_is_told_to_staff(portal: Portal) -> None:
    """A23: the state says why."""
    hanako = await provisional(portal, HANAKO.number, "20010615")
    await hanako.done("sendTestMail", email="ren..i@docomo.example")
    staff = await portal.staff("hirosaki")

    async def is_settled() -> bool:
        return [each["state"] for each in await dispatches(staff)] == ["UNDELIVERABLE"]

    await eventually(is_settled)
    assert (await dispatches(staff))[0]["reason"]
