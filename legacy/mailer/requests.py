"""What the mailer is asked for, and why it says no."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum
from typing import Any, TypeGuard
from uuid import UUID

from legacy.mailer.relay import is_deliverable

_MOST_MEMBERS = 100


class Code(Enum):
    """Why it is not OK."""

    KEY_REFUSED = "E01"
    NOT_UNDERSTOOD = "E10"
    TOO_MANY = "E11"
    UNKNOWN_MAIL = "E12"
    UNDELIVERABLE = "E51"
    MAINTENANCE = "E91"


_MESSAGES = {
    Code.KEY_REFUSED: "認証キーが正しくありません",
    Code.NOT_UNDERSTOOD: "要求を解釈できません",
    Code.TOO_MANY: f"組合員は{_MOST_MEMBERS}件までです",
    Code.UNKNOWN_MAIL: "該当するメールがありません",
    Code.UNDELIVERABLE: "配信できない宛先です",
    Code.MAINTENANCE: "メンテナンス中です",
}


class NotGood(Exception):
    """The answer is NG."""

    def __init__(self, code: Code) -> None:
        super().__init__(_MESSAGES[code])
        self.code = code
        self.message = _MESSAGES[code]


@dataclass(frozen=True, slots=True)
class NoticesWanted:
    """Whose notices are asked for."""

    everyone: bool
    members: Sequence[str]

    @classmethod
    def read(cls, body: Any) -> "NoticesWanted":
        """Raises NotGood."""
        if not isinstance(body, dict) or not body.keys() <= {"everyone", "members"}:
            raise NotGood(Code.NOT_UNDERSTOOD)
        everyone, members = body.get("everyone", False), body.get("members", [])
        if not isinstance(everyone, bool) or not _are_texts(members):
            raise NotGood(Code.NOT_UNDERSTOOD)
        if len(members) > _MOST_MEMBERS:
            raise NotGood(Code.TOO_MANY)
        return cls(everyone, members)


@dataclass(frozen=True, slots=True)
class MailWanted:
    """A mail to be sent once."""

    mail_id: str
    message: EmailMessage

    @classmethod
    def read(cls, body: Any) -> "MailWanted":
        """Raises NotGood."""
        names = ("id", "from", "to", "subject", "text")
        if not isinstance(body, dict) or not _are_texts([body.get(name) for name in names]):
            raise NotGood(Code.NOT_UNDERSTOOD)
        if not isinstance(body.get("html"), str | None):
            raise NotGood(Code.NOT_UNDERSTOOD)
        if not is_deliverable(body["to"]):
            raise NotGood(Code.UNDELIVERABLE)
        try:
            return cls(str(UUID(body["id"])), _message(body))
        except ValueError:
            raise NotGood(Code.NOT_UNDERSTOOD) from None


def _message(body: dict[str, Any]) -> EmailMessage:
    message = EmailMessage()
    for header in ("From", "To", "Subject"):
        message[header] = body[header.lower()]
    message.set_content(body["text"])
    if body.get("html") is not None:
        message.add_alternative(body["html"], subtype="html")
    return message


def _are_texts(values: object) -> TypeGuard[list[str]]:
    return isinstance(values, list) and all(isinstance(each, str) for each in values)
