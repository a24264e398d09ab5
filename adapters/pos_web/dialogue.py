"""One inquiry and its answer: result codes become errors or absences, answers find back to their questions."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import uuid4

import structlog

from adapters.errors import AdapterError, Closed, Garbled, Unavailable
from adapters.http_exchange import HttpExchange
from adapters.pos_web import values, wire
from adapters.pos_web.codes import Result
from adapters.pos_web.inquiries import Inquiry
from adapters.pos_web.wire import Fields, Message, Row, Unreadable

K = TypeVar("K")
V = TypeVar("V")

INQUIRIES = "/klas/shokai"
PING = "/klas/ping"
NAMING_FIELDS = ("NO", "TSUBAN", "KAGI")
"""The fields of a KUMIAIIN that its MEISAI repeats."""

log = structlog.get_logger(__name__)


class Dialogue:
    """Asks one POS (`system`) and understands it. Raises `Unavailable`, `Closed` and `Garbled`."""

    def __init__(self, system: str, exchange: HttpExchange) -> None:
        self._system = system
        self._exchange = exchange

    async def ping(self) -> None:
        """Ask whether it is open."""
        match await self._exchange.get(PING):
            case b"OK":
                return
            case b"HEIKYOKU":
                raise Closed(self._system, "closed for the night (閉局中)")
            case _:
                raise Garbled(self._system, f"{PING}: neither OK nor HEIKYOKU")

    async def ask(self, inquiry: Inquiry[K, V], keys: Sequence[K]) -> dict[K, V]:
        """The records for these keys. What was not answered for, or not readably, is left out."""
        questions = [_question(inquiry, number, key) for number, key in enumerate(keys)]
        message = await self._converse(inquiry.shori, questions)
        business_day = self._business_day(message)
        asked = {_name(question): key for question, key in zip(questions, keys, strict=True)}
        answers: dict[K, V] = {}
        for detail in message.details:
            name = tuple(detail.identifier(field) for field in NAMING_FIELDS)
            try:
                if name in asked:
                    answers[asked[name]] = _understood(inquiry, detail, asked[name], business_day)
            except Unreadable as error:
                log.warning("record_left_out", system=self._system, shori=inquiry.shori, reason=str(error))
        return answers

    async def _converse(self, shori: str, questions: Sequence[Fields]) -> Message:
        request_id = str(uuid4())
        request = wire.write(shori, request_id, questions)
        raw = await self._exchange.post(INQUIRIES, request, wire.CONTENT_TYPE)
        try:
            message = wire.parse(raw)
        except Unreadable as error:
            raise Garbled(self._system, f"{shori}: {error}") from error
        if failure := self._failure(message.head):
            raise failure
        if message.head.identifier("YOKYU_ID") != request_id:
            raise Garbled(self._system, f"{shori}: the answer to another request")
        return message

    def _failure(self, head: Row) -> AdapterError | None:
        match head.identifier("KEKKA"):
            case Result.DONE | Result.DONE_IN_PART:
                return None
            case Result.CLOSED:
                return Closed(self._system, "closed for the night (閉局中)", _reopening(head))
            case Result.BUSY:
                return Unavailable(self._system, "busy (9002)")
            case Result.REFUSED:
                return Unavailable(
                    self._system, "refused this terminal or key (9101): check both in its settings"
                )
            case code:
                return Unavailable(self._system, f"result {code!r}: {head.identifier('MSG')}")

    def _business_day(self, message: Message) -> date:
        try:
            return message.head.read("EIGYOBI", values.day)
        except Unreadable as error:
            raise Garbled(self._system, str(error)) from error


def _question(inquiry: Inquiry[K, V], number: int, key: K) -> Fields:
    fields = inquiry.ask(key)
    return {**fields, "TSUBAN": str(number)} if inquiry.numbered else fields


def _name(question: Fields) -> tuple[str, ...]:
    return tuple(question.get(field, "") for field in NAMING_FIELDS)


def _understood(inquiry: Inquiry[K, V], detail: Row, key: K, business_day: date) -> V:
    match detail.identifier("KEKKA"):
        case Result.DONE:
            return inquiry.read(detail, key, business_day)
        case Result.NO_SUCH_MEMBER | Result.NONE_OF_IT:
            return inquiry.none(business_day)
        case code:
            raise Unreadable(f"MEISAI: result {code!r}")


def _reopening(head: Row) -> datetime | None:
    try:
        return head.read("SAIKAI", values.time)
    except Unreadable:
        return None
