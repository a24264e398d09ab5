"""One message to the POS and its answer: result codes become records, results, absences or errors."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid4

import structlog

from adapters.errors import AdapterError, Closed, Garbled, Refused, Unavailable
from adapters.http_exchange import HttpExchange
from adapters.pos_web import values, wire
from adapters.pos_web.codes import Result
from adapters.pos_web.inquiries import Inquiry
from adapters.pos_web.orders import RESULTS, Order
from adapters.pos_web.wire import Fields, Message, Row, Unreadable
from adapters.records import InstructionResult
from adapters.upstream import Figures

K = TypeVar("K")
V = TypeVar("V")

INQUIRIES = "/klas/shokai"
INSTRUCTIONS = "/klas/shiji"
PING = "/klas/ping"
LOOK_UP = "SHOKAI"

log = structlog.get_logger(__name__)


class Dialogue:
    """Asks and instructs one POS (`system`) and understands it. Raises `Unavailable`, `Closed` and `Garbled`."""

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

    async def ask(self, inquiry: Inquiry[K, V], keys: Sequence[K]) -> Figures[K, V]:
        """The records for these keys. What was not answered for, or not readably, is left out."""
        questions = [_question(inquiry, number, key) for number, key in enumerate(keys)]
        request_id = str(uuid4())
        request = wire.write_inquiry(inquiry.shori, request_id, questions)
        message = await self._converse(INQUIRIES, inquiry.shori, request)
        self._require_success(message.head)
        self._require_answer_to(request_id, message.head)
        business_day = self._business_day(message)
        asked = {_name(question): key for question, key in zip(questions, keys, strict=True)}
        answers: dict[K, V] = {}
        for detail in message.details:
            key = asked.get(_repeated_name(detail))
            try:
                if key is not None:
                    answers[key] = _understood(inquiry, detail, key, business_day)
            except Unreadable as error:
                log.warning("record_left_out", system=self._system, shori=inquiry.shori, reason=str(error))
        return Figures(business_day, answers)

    async def instruct(self, request_id: UUID, order: Order) -> InstructionResult:
        """Give an instruction, once. Raises `Refused` for one that the POS will never take as it is."""
        request = wire.write_instruction(order.shori, str(request_id), order.fields)
        message = await self._converse(INSTRUCTIONS, order.shori, request)
        # Whose answer it is comes first here: that of another instruction must not be taken for this one's.
        self._require_answer_to(str(request_id), message.head)
        match message.head.identifier("KEKKA"):
            case code if code in RESULTS:
                return RESULTS[code]
            case Result.NOT_UNDERSTOOD:
                raise Refused(self._system, f"{order.shori} {request_id}: not understood (9100)")
            case Result.OTHER_INSTRUCTION:
                raise Refused(self._system, f"{order.shori} {request_id}: its id is another one's (9110)")
            case _:
                raise self._failure(message.head)

    async def instructed(self, request_id: UUID) -> InstructionResult | None:
        """Look up what became of an instruction; None when the POS has never seen it."""
        lookup_id = str(uuid4())
        request = wire.write_instruction(LOOK_UP, lookup_id, {"MOTO_ID": str(request_id)})
        message = await self._converse(INSTRUCTIONS, LOOK_UP, request)
        self._require_answer_to(lookup_id, message.head)
        if message.head.identifier("KEKKA") == Result.NEVER_SEEN:
            return None
        self._require_success(message.head)
        try:
            return message.body.code("MOTO_KEKKA", RESULTS)
        except Unreadable as error:
            raise Garbled(self._system, f"{LOOK_UP}: {error}") from error

    async def _converse(self, path: str, shori: str, request: bytes) -> Message:
        raw = await self._exchange.post(path, request, wire.CONTENT_TYPE)
        try:
            return wire.parse(raw)
        except Unreadable as error:
            raise Garbled(self._system, f"{shori}: {error}") from error

    def _require_answer_to(self, request_id: str, head: Row) -> None:
        if head.identifier("YOKYU_ID") != request_id:
            raise Garbled(self._system, f"{head.identifier('SHORI')}: the answer to another request")

    def _require_success(self, head: Row) -> None:
        if head.identifier("KEKKA") not in (Result.DONE, Result.DONE_IN_PART):
            raise self._failure(head)

    def _failure(self, head: Row) -> AdapterError:
        match head.identifier("KEKKA"):
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


def _name(question: Fields) -> tuple[str, str, str]:
    """The fields of a KUMIAIIN that its MEISAI repeats."""
    return question.get("NO", ""), question.get("TSUBAN", ""), question.get("KAGI", "")


def _repeated_name(detail: Row) -> tuple[str, str, str]:
    return detail.identifier("NO"), detail.identifier("TSUBAN"), detail.identifier("KAGI")


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
