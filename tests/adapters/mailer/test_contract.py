"""What every mailer does with a mail."""

from dataclasses import replace
from uuid import uuid4

import pytest

from adapters.errors import Unavailable
from adapters.records import Circuit, Mail, MailOutcome, MailReceipt
from tests.adapters.mailer.conftest import Arrived, MailSystem
from tests.running.eventually import eventually


def mail(
    subject: str = "【弘前大学生協】本登録のご案内 ～髙﨑様～", recipient: str = "hirosaki@example.jp"
) -> Mail:
    """A mail as the gateway writes them, under an id of its own."""
    return Mail(
        mail_id=uuid4(),
        sender="mypage@klas.seikyou.jp",
        recipient=recipient,
        subject=subject,
        text="弘前 太郎 様\n\nマイページへようこそ。\nhttps://mypage.example/confirm?token="
        + "x" * 200
        + "\n",
        html="<p>弘前 太郎 様</p>\n",
    )


async def arrivals(system: MailSystem, count: int) -> list[Arrived]:
    """What arrives of the mails sent so far, of which `count` are expected: a last one is sent and waited for."""
    last = mail(subject="the last one")
    await system.mailer.send(last)

    async def the_last_one_is_there() -> bool:
        return len(await system.arrived()) > count

    await eventually(the_last_one_is_there)
    return [each for each in await system.arrived() if each.subject != last.subject]


async def test_a_mail_arrives_as_it_was_written(mail_system: MailSystem) -> None:
    """A24: from the co-op's own address."""
    sent = mail()
    assert await mail_system.mailer.send(sent) == MailReceipt(sent.mail_id, MailOutcome.ACCEPTED)
    assert await arrivals(mail_system, 1) == [
        Arrived(sent.sender, [sent.recipient], sent.subject, sent.text, sent.html)
    ]


async def test_a_mail_without_html_is_text_alone(mail_system: MailSystem) -> None:
    sent = replace(mail(), html=None)
    await mail_system.mailer.send(sent)
    assert [each.html for each in await arrivals(mail_system, 1)] == [None]


async def test_the_same_mail_again_is_not_sent_twice(mail_system: MailSystem) -> None:
    sent = mail()
    first = await mail_system.mailer.send(sent)
    assert await mail_system.mailer.send(sent) == first
    assert len(await arrivals(mail_system, 1)) == 1


@pytest.mark.parametrize("address", ["ren..i@docomo.example", "hanako.@ezweb.example"])
async def test_an_old_mobile_address_is_undeliverable_and_no_error(
    mail_system: MailSystem, address: str
) -> None:
    sent = mail(recipient=address)
    receipt = await mail_system.mailer.send(sent)
    assert (receipt.mail_id, receipt.outcome) == (sent.mail_id, MailOutcome.UNDELIVERABLE)
    assert receipt.reason
    assert await arrivals(mail_system, 0) == []
    assert mail_system.mailer.status().circuit is Circuit.CLOSED


async def test_a_line_break_in_a_subject_smuggles_nothing_in(mail_system: MailSystem) -> None:
    await mail_system.mailer.send(mail(subject="お知らせ\r\nBcc: thief@example.com\r\n\r\nbody"))
    (arrived,) = await arrivals(mail_system, 1)
    assert arrived.subject == "お知らせ Bcc: thief@example.com body"
    assert arrived.recipients == ["hirosaki@example.jp"]


async def test_a_system_that_is_not_there_is_unavailable(mail_system: MailSystem) -> None:
    with pytest.raises(Unavailable, match=r"^hirosaki/mailer: "):
        await mail_system.unreachable.send(mail())
    with pytest.raises(Unavailable):
        await mail_system.unreachable.ping()


async def test_a_ping_sends_nothing(mail_system: MailSystem) -> None:
    await mail_system.mailer.ping()
    assert await arrivals(mail_system, 0) == []
