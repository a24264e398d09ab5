"""What the postbox keeps."""

from collections import deque
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from itertools import count
from typing import TypedDict

from aiosmtpd.smtp import SMTP, Envelope, Session

from legacy.clock import Clock

_KEPT = 1_000

Message = TypedDict(
    "Message",
    {
        "id": int,
        "received_at": str,
        "from": str,
        "to": list[str],
        "subject": str,
        "text": str,
        "html": str | None,
    },
)
"""A message as `GET /messages` shows it, decoded; `html` is None where there is none."""


class Messages:
    """The latest messages, oldest first; takes them in as aiosmtpd's handler."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._kept: deque[Message] = deque(maxlen=_KEPT)

    def all(self) -> list[Message]:
        """Everything kept."""
        return [*self._kept]

    def clear(self) -> None:
        """Throws everything away."""
        self._kept.clear()

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keeps a message."""
        content = envelope.content
        assert isinstance(content, bytes)  # noqa: S101 - aiosmtpd decodes only when asked to
        parsed = message_from_bytes(content, EmailMessage, policy=policy.default)
        self._kept.append(
            {
                "id": next(self._numbers),
                "received_at": self._clock().isoformat(timespec="seconds"),
                "from": str(parsed["From"] or envelope.mail_from or ""),
                "to": [str(each) for each in envelope.rcpt_tos],
                "subject": str(parsed["Subject"] or ""),
                "text": _content(parsed.get_body(("plain",))) or "",
                "html": _content(parsed.get_body(("html",))),
            }
        )
        return "250 OK"


def _content(part: MIMEPart | None) -> str | None:
    return None if part is None else str(part.get_content()).replace("\r\n", "\n")
