"""One question to the notice and mail system and its answer: the codes of docs/wire/mailer.md become errors."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

import orjson
import structlog
from pydantic import ValidationError

from adapters.errors import Garbled, Unavailable
from adapters.http_exchange import HttpExchange
from adapters.mail_relay import reading, wire
from adapters.mail_relay.wire import MailReply, NoticesReply, Reply
from adapters.records import Mail, MailOutcome, MailReceipt, MemberNumber, Notice

EVERYONE = MemberNumber("")
"""Stands for everyone among members: the system takes both in one call."""

R = TypeVar("R", bound=Reply)

log = structlog.get_logger(__name__)


class Dialogue:
    """Asks one system and understands it. Raises `Unavailable` and `Garbled`."""

    def __init__(self, system: str, exchange: HttpExchange) -> None:
        self._system = system
        self._exchange = exchange

    async def ping(self) -> None:
        """Ask whether it answers."""
        reply = self._understood(Reply, await self._exchange.get("/api/ping"))
        self._expect_ok(reply)

    async def notices(self, audiences: Sequence[MemberNumber]) -> dict[MemberNumber, Sequence[Notice]]:
        """The notices to these members and, where asked for, to `EVERYONE`. What was cut short is left out."""
        members = [number for number in audiences if number != EVERYONE]
        question = {"everyone": EVERYONE in audiences, "members": members}
        reply = await self._ask(NoticesReply, "/api/notices", question)
        self._expect_ok(reply)
        found = self._readable(reply)
        return {audience: found[audience] for audience in audiences if audience in found}

    async def send(self, mail: Mail) -> MailReceipt:
        """Hand a mail on. An address that can never be reached is an answer, not an error."""
        reply = await self._ask(MailReply, "/api/mail", wire.write_mail(mail))
        if reply.code == wire.ADDRESS_REFUSED:
            return MailReceipt(
                mail.mail_id, MailOutcome.UNDELIVERABLE, f"{reply.code} {reply.message}".strip()
            )
        self._expect_ok(reply)
        if reply.id != str(mail.mail_id):
            raise Garbled(self._system, "/api/mail: the answer for another mail")
        return MailReceipt(mail.mail_id, MailOutcome.ACCEPTED)

    async def _ask(self, kind: type[R], path: str, question: object) -> R:
        raw = await self._exchange.post(path, orjson.dumps(question), "application/json; charset=utf-8")
        return self._understood(kind, raw)

    def _understood(self, kind: type[R], raw: bytes) -> R:
        try:
            return kind.model_validate(orjson.loads(raw))
        except orjson.JSONDecodeError as error:
            raise Garbled(self._system, f"not JSON at line {error.lineno}, column {error.colno}") from None
        except ValidationError as error:
            # Only how it is wrong and where: the text of a pydantic error quotes what it found.
            first = error.errors(include_input=False, include_url=False)[0]
            place = ".".join(str(step) for step in first["loc"])
            raise Garbled(self._system, f"{first['type']} at {place or 'the beginning'}") from None

    def _expect_ok(self, reply: Reply) -> None:
        if reply.status == wire.OK:
            return
        if reply.code == wire.KEY_REFUSED:
            raise Unavailable(self._system, "refused the key (E01): check it in the system's settings")
        raise Unavailable(self._system, f"{reply.code} {reply.message}".strip())

    def _readable(self, reply: NoticesReply) -> dict[MemberNumber, Sequence[Notice]]:
        found: dict[MemberNumber, Sequence[Notice]] = {MemberNumber(number): () for number in reply.missing}
        if reply.everyone is not None:
            with self._left_out_if_unreadable("everyone"):
                found[EVERYONE] = reading.to_everyone(reply.everyone, reply.everyone_count)
        for part in reply.members:
            with self._left_out_if_unreadable("members"):
                number, notices = reading.to_member(part)
                found[MemberNumber(number)] = notices
        return found

    @contextmanager
    def _left_out_if_unreadable(self, part: str) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            log.warning("record_left_out", system=self._system, part=part, error=type(error).__name__)
