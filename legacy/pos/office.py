"""The back office: answers inquiries, carries out instructions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from legacy.clock import Clock
from legacy.population.streams import stream
from legacy.pos import text
from legacy.pos.codes import Result
from legacy.pos.denbun import Answer, NotUnderstood, Question, Request, tag, tags
from legacy.pos.hours import Hours
from legacy.pos.inquiries import INQUIRIES, Inquiry
from legacy.pos.instructions import INSTRUCTIONS, Order, content_of, read_content
from legacy.pos.log import InstructionLog
from legacy.pos.members import Members

_MOST_MEMBERS = 100
_TWICE = 0.003
"""How often a record is answered twice."""
_ECHOED = ("TSUBAN", "KAGI")
"""Fields of a question that stand in its answer, too."""


@dataclass(frozen=True, slots=True)
class BackOffice:
    """One co-op's back office. What the log holds was carried out, now or before a restart."""

    members: Members
    log: InstructionLog
    hours: Hours
    clock: Clock

    def catch_up(self) -> None:
        """Carries out again what stands in the log."""
        for logged in self.log.all():
            if logged.result == Result.DONE:
                self._carry_out(logged.content, logged.at, logged.sequence)

    def begin_anew(self) -> None:
        """As if nobody had ever ordered anything."""
        self.log.clear()
        self.members.forget_changes()

    def reopens_at(self) -> datetime | None:
        """When the nightly closing that goes on now ends; None while the office is open."""
        return self.hours.reopens_at(self.clock())

    def business_day(self) -> date:
        """The day the figures are of."""
        return self.hours.business_day(self.clock())

    def closed(self, request: Request, seconds: float = 0.0) -> bytes:
        """The answer of a closed office, whatever the clock says: until the morning, or for so many seconds."""
        now = self.clock()
        reopens_at = now + timedelta(seconds=seconds) if seconds else self.hours.next_opening(now)
        return self._answer(request, Result.CLOSED, reopens_at=reopens_at)

    def refused(self, request: Request | None, result: str) -> bytes:
        """An answer that says nothing but no; without a request none could be read."""
        return self._answer(request or Request("", "", (), Question()), result)

    def inquire(self, request: Request, in_part: bool) -> bytes:
        """Answers an inquiry, or leaves out every other record. Raises NotUnderstood."""
        inquiry = INQUIRIES.get(request.shori)
        if inquiry is None or not request.questions:
            raise NotUnderstood("unknown SHORI, or no KUMIAIIN")
        if len(request.questions) > _MOST_MEMBERS:
            return self._answer(request, Result.TOO_MANY)
        day = self.business_day()
        records = [self._record(inquiry, question, day) for question in request.questions]
        told = [*_as_they_come(records[1::2] if in_part else records, request.request_id)]
        return self._answer(request, Result.IN_PART if in_part else Result.DONE, *told)

    def instruct(self, request: Request) -> bytes:
        """Carries out an instruction once; the same again gets the first answer. Raises NotUnderstood."""
        if request.shori == "SHOKAI":
            return self._look_up(request)
        content = content_of(request)
        logged = self.log.find(request.request_id)
        if logged is not None:
            same = logged.content == content
            return logged.answer if same else self._answer(request, Result.OTHER_CONTENT)
        result = self._decide(request)
        answer = self._answer(request, result)
        logged = self.log.add(request.request_id, content, self.clock(), result, answer)
        if result == Result.DONE:
            self._carry_out(content, logged.at, logged.sequence)
        return answer

    def _record(self, inquiry: Inquiry, question: Question, day: date) -> bytes:
        number = question.text("NO")
        account = self.members.account(number, day)
        content = b"" if account is None else inquiry(account, question)
        result = Result.NO_SUCH_MEMBER if account is None else Result.DONE
        if content is None:
            result, content = Result.NONE_OF_IT, b""
        echoed = {name: question[name] for name in ("NO", *_ECHOED) if name in question}
        head = {name: text.escaped(text.encoded(value)) for name, value in echoed.items()}
        return tag("MEISAI", tags(head | {"KEKKA": result.encode()}) + content)

    def _look_up(self, request: Request) -> bytes:
        logged = self.log.find(request.fields.text("MOTO_ID"))
        if logged is None:
            return self._answer(request, Result.NEVER_SEEN)
        return self._answer(request, Result.DONE, tag("MOTO_KEKKA", logged.result.encode()))

    def _decide(self, request: Request) -> str:
        instruction = INSTRUCTIONS.get(request.shori)
        if instruction is None:
            raise NotUnderstood("unknown SHORI")
        account = self.members.account(request.fields.text("NO"), self.business_day())
        return Result.NO_SUCH_MEMBER if account is None else instruction.decide(account, request.fields)

    def _carry_out(self, content: str, at: datetime, sequence: int) -> None:
        shori, fields = read_content(content)
        account = self.members.account(fields["NO"], self.business_day())
        if account is not None:
            changes = self.members.changes(fields["NO"])
            INSTRUCTIONS[shori].carry_out(account, changes, Order(fields, at, sequence))

    def _answer(
        self, request: Request, result: str, *elements: bytes, reopens_at: datetime | None = None
    ) -> bytes:
        answer = Answer(request.shori, request.request_id, result, self.business_day(), elements, reopens_at)
        return answer.encoded()


def _as_they_come(records: list[bytes], request_id: str) -> Iterator[bytes]:
    """In no order, and now and then one twice."""
    rng = stream("answers", request_id)
    rng.shuffle(records)
    for record in records:
        yield record
        if rng.random() < _TWICE:
            yield record
