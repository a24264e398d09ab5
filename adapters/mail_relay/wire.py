"""The notice and mail system's JSON, as docs/wire/mailer.md has it."""

from typing import Final

from pydantic import BaseModel

from adapters.records import Mail

OK: Final = "OK"
KEY_REFUSED: Final = "E01"
ADDRESS_REFUSED: Final = "E51"


class Reply(BaseModel):
    """What every answer begins with."""

    status: str
    code: str = ""
    message: str = ""


class NoticeRow(BaseModel):
    """NOTICE. Title and body are HTML-escaped, the date is Japan time."""

    id: int
    title: str
    body: str
    date: str


class MemberRow(BaseModel):
    """The notices to one member. `count` is how many the system meant to send."""

    no: str
    count: int
    notices: list[NoticeRow]


class NoticesReply(Reply):
    """The answer to `/api/notices`. Its parts are read one by one, so that a bad one costs no other."""

    everyone: list[object] | None = None
    everyone_count: int | None = None
    members: list[object] = []
    missing: list[str] = []


class MailReply(Reply):
    """The answer to `/api/mail`."""

    id: str = ""


def write_mail(mail: Mail) -> dict[str, str | None]:
    """The question to `/api/mail`. The subject is one line: a header ends with it."""
    return {
        "id": str(mail.mail_id),
        "from": mail.sender,
        "to": mail.recipient,
        "subject": " ".join(mail.subject.split()),
        "text": mail.text,
        "html": mail.html,
    }
