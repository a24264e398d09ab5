"""`python -m tests.bench.upstream`: POS and notice system of one co-op, fast enough not to be what is measured.

It answers with the bytes of `legacy.pos` and `legacy.mailer`, each record made once by them and kept, behind a lean
HTTP endpoint. It plays no faults and takes no instructions.
"""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from legacy.mailer.board import Board
from legacy.population.arguments import add_population_arguments, population_of
from legacy.pos import text
from legacy.pos.denbun import CONTENT_TYPE, Question, parse, tag
from legacy.pos.hours import Hours
from legacy.pos.inquiries import Inquiry
from legacy.pos.log import InstructionLog
from legacy.pos.members import Members
from legacy.pos.office import BackOffice
from legacy.serving import run
from tests.bench.asgi import Receive, Scope, Send, body_of, listening, respond

JSON_TYPE = b"application/json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class RememberingOffice(BackOffice):
    """A back office that makes each record once. What tells questions apart within a call is put in anew."""

    kept: dict[object, bytes] = field(default_factory=dict)

    def _record(self, inquiry: Inquiry, question: Question, day: date) -> bytes:
        place = question.get("TSUBAN")
        asked = Question((name, value) for name, value in question.items() if name != "TSUBAN")
        key = (inquiry, day, *asked.items())
        record = self.kept.get(key)
        if record is None:
            record = self.kept[key] = BackOffice._record(self, inquiry, asked, day)
        if place is None:
            return record
        return record.replace(b"<KEKKA>", tag("TSUBAN", text.encoded(place)) + b"<KEKKA>", 1)


@dataclass(frozen=True, slots=True)
class RememberingBoard:
    """The notices as JSON, each member's made once."""

    board: Board
    kept: dict[str, bytes | None] = field(default_factory=dict)

    def told(self, wanted: Mapping[str, Any]) -> bytes:
        """The answer to `POST /api/notices`."""
        parts = [b'"status":"OK"']
        if wanted.get("everyone"):
            parts.append(self._to_everyone())
        members = {number: self._to_member(number) for number in wanted.get("members", ())}
        found = b",".join(notices for notices in members.values() if notices is not None)
        missing = json.dumps([number for number, notices in members.items() if notices is None]).encode()
        parts.append(b'"members":[%b],"missing":%b' % (found, missing))
        return b"{%b}" % b",".join(parts)

    def _to_everyone(self) -> bytes:
        if "" not in self.kept:
            notices = self.board.to_everyone()
            self.kept[""] = _members_of({"everyone_count": len(notices), "everyone": notices})
        return self.kept[""] or b""

    def _to_member(self, number: str) -> bytes | None:
        if number not in self.kept:
            notices = self.board.to_member(number)
            told = {"no": number, "count": len(notices or ()), "notices": notices}
            self.kept[number] = b"{%b}" % _members_of(told) if notices else None
        return self.kept[number]


@dataclass(frozen=True, slots=True)
class Upstream:
    """The ASGI application: both systems on one port, and a count of the calls of each."""

    office: RememberingOffice
    board: RememberingBoard
    calls: Counter[str] = field(default_factory=Counter)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a call."""
        answer = self._routes().get(scope["path"])
        if answer is None:
            await respond(send, 404, JSON_TYPE, b"{}")
            return
        await answer(scope, receive, send)

    def _routes(self) -> Mapping[str, Callable[[Scope, Receive, Send], Awaitable[None]]]:
        return {"/klas/shokai": self._inquiry, "/api/notices": self._notices, "/_calls": self._count}

    async def _inquiry(self, _: Scope, receive: Receive, send: Send) -> None:
        self.calls["pos"] += 1
        answer = self.office.inquire(parse(await body_of(receive)), in_part=False)
        await respond(send, 200, CONTENT_TYPE.encode(), answer)

    async def _notices(self, _: Scope, receive: Receive, send: Send) -> None:
        self.calls["notices"] += 1
        answer = self.board.told(json.loads(await body_of(receive)))
        await respond(send, 200, JSON_TYPE, answer)

    async def _count(self, scope: Scope, _: Receive, send: Send) -> None:
        """How often each system was called since this was last asked by DELETE."""
        told = json.dumps(self.calls).encode()
        if scope["method"] == "DELETE":
            self.calls.clear()
        await respond(send, 200, JSON_TYPE, told)


def _members_of(told: Mapping[str, object]) -> bytes:
    """A JSON object without its braces."""
    return json.dumps(told, ensure_ascii=False).encode()[1:-1]


@asynccontextmanager
async def _upstream() -> AsyncIterator[Mapping[str, object]]:
    parser = ArgumentParser("python -m tests.bench.upstream", description=__doc__)
    add_population_arguments(parser)
    arguments = parser.parse_args()
    population = population_of(arguments)
    with closing(InstructionLog(None)) as log:
        office = RememberingOffice(Members(population), log, Hours.parse("off"), arguments.now)
        app = Upstream(office, RememberingBoard(Board(population, arguments.now)))
        async with listening(app) as port:
            yield {"port": port}


if __name__ == "__main__":
    run(_upstream())
