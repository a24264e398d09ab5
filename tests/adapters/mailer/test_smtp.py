"""Plain SMTP: what travels, and what a server's replies mean."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from adapters.errors import TimedOut, Unavailable
from adapters.mail_smtp import MailSmtpConfig, connect
from adapters.mail_smtp.message import written
from adapters.records import Mail, MailOutcome
from adapters.upstream import deadline
from tests.adapters.answering import greeting
from tests.adapters.mailer.conftest import over_smtp
from tests.adapters.mailer.smtp_server import SmtpServer
from tests.adapters.policies import PATIENT
from tests.running import NOW

MAIL = Mail(
    mail_id=UUID("12345678-1234-5678-1234-567812345678"),
    sender="mypage@klas.seikyou.jp",
    recipient="taro@example.jp",
    subject="マイページ本登録のご案内（このメールは弘前大学生活協同組合から自動的にお送りしています）",
    text="弘前 太郎 様\n",
)


async def test_a_message_is_seven_bit_clean_and_says_who_when_and_which(server: SmtpServer) -> None:
    await over_smtp(server.url).send(MAIL)
    (taken,) = server.taken
    assert taken.raw.isascii()
    assert max(map(len, taken.raw.split(b"\r\n"))) <= 78
    assert taken.message["Subject"] == MAIL.subject
    assert taken.message["Message-ID"] == "<12345678-1234-5678-1234-567812345678@klas.seikyou.jp>"
    assert taken.message["Date"] == "Fri, 20 Nov 2026 12:00:00 +0900"
    assert taken.message["Auto-Submitted"] == "auto-generated"


def test_the_same_mail_is_written_under_the_same_message_id() -> None:
    first, again = (written(MAIL, NOW) for _ in range(2))
    assert first == again


@pytest.mark.parametrize(
    "reply",
    ["550 5.1.1 no such user", "553 5.1.3 bad address syntax", "552 5.2.2 mailbox full", "550 unknown"],
)
async def test_a_recipient_refused_for_good_is_undeliverable(server: SmtpServer, reply: str) -> None:
    server.to_recipients[MAIL.recipient] = reply
    receipt = await over_smtp(server.url).send(MAIL)
    assert (receipt.outcome, receipt.reason) == (MailOutcome.UNDELIVERABLE, reply)
    assert server.taken == []


@pytest.mark.parametrize("reply", ["450 4.2.1 try later", "451 greylisted", "550 5.7.1 relaying denied"])
async def test_a_recipient_refused_for_now_or_because_of_us_may_be_tried_again(
    server: SmtpServer, reply: str
) -> None:
    server.to_recipients[MAIL.recipient] = reply
    mailer = over_smtp(server.url)
    with pytest.raises(Unavailable, match=f"RCPT: {reply}"):
        await mailer.send(MAIL)
    server.to_recipients.clear()
    assert (await mailer.send(MAIL)).outcome is MailOutcome.ACCEPTED
    assert len(server.taken) == 1


async def test_a_message_refused_is_for_an_operator_to_look_into(server: SmtpServer) -> None:
    server.to_messages = "554 5.6.0 looks like spam"
    with pytest.raises(Unavailable, match="SMTPDataError: 554"):
        await over_smtp(server.url).send(MAIL)


@pytest.mark.parametrize("address", ["太郎@example.jp", "taro", "a b@example.jp", "a@b>\r\nRCPT TO:<c@d", ""])
async def test_what_smtp_cannot_carry_is_undeliverable_and_nobody_is_asked(
    server: SmtpServer, address: str
) -> None:
    receipt = await over_smtp(server.url).send(replace(MAIL, recipient=address))
    assert receipt.outcome is MailOutcome.UNDELIVERABLE
    assert server.taken == []


async def test_a_server_that_says_nothing_is_timed_out() -> None:
    async with greeting(b"") as port:
        with deadline(0.3), pytest.raises(TimedOut):
            await over_smtp(f"smtp://127.0.0.1:{port}").send(MAIL)


async def test_a_server_without_starttls_is_never_spoken_to_in_clear_when_starttls_is_wanted(
    server: SmtpServer,
) -> None:
    config = MailSmtpConfig(f"smtp+starttls://127.0.0.1:{server.port}", PATIENT, "gateway", "himitsu")
    with pytest.raises(Unavailable):
        await connect("hirosaki/mailer", config).send(MAIL)
    assert server.taken == []


async def test_something_that_is_no_smtp_server_is_unavailable() -> None:
    async with greeting(b"HTTP/1.1 200 OK\r\n\r\n") as port:
        with pytest.raises(Unavailable):
            await over_smtp(f"smtp://127.0.0.1:{port}").send(MAIL)


@pytest.mark.parametrize(
    ("url", "username", "password", "problem"),
    [
        ("http://mail.example.jp", None, None, "http:// is none of smtp://, smtp+starttls://, smtps://"),
        ("smtps://", None, None, "names no server"),
        ("smtp://mail.example.jp", "gateway", "himitsu", "would send the password in clear"),
        ("smtps://mail.example.jp", "gateway", None, "given together"),
    ],
)
def test_a_wrong_configuration_is_refused_with_what_to_do(
    url: str, username: str | None, password: str | None, problem: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)) as refused:
        MailSmtpConfig(url, PATIENT, username, password)
    assert "himitsu" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "port"),
    [
        ("smtp://mail.example.jp", 25),
        ("smtp+starttls://mail.example.jp", 587),
        ("smtps://mail.example.jp", 465),
        ("smtps://mail.example.jp:2465", 2465),
    ],
)
def test_the_port_is_the_usual_one_unless_it_is_given(url: str, port: int) -> None:
    config = MailSmtpConfig(url, PATIENT)
    assert (config.host, config.port) == ("mail.example.jp", port)


def test_the_password_does_not_show_in_the_configuration() -> None:
    assert "himitsu" not in repr(MailSmtpConfig("smtps://mail.example.jp", PATIENT, "gateway", "himitsu"))
