"""The mailer over HTTP: JSON, and status 200 whatever happens."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from legacy.faults import Fault, Faults
from legacy.http_faults import HTTP_FAULTS, answered, hang_up
from legacy.mailer.board import Board
from legacy.mailer.relay import MailState, Relay
from legacy.mailer.requests import Code, MailWanted, NotGood, NoticesWanted

Handler = Callable[[web.Request, Fault | None], Awaitable[web.Response]]


@dataclass(frozen=True, slots=True)
class MailerApp:
    """The routes of docs/wire/mailer.md. Without a `key`, any will do that is not empty."""

    board: Board
    relay: Relay
    faults: Faults
    key: str | None

    def application(self) -> web.Application:
        """The aiohttp application, control routes included."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/api/ping", self._route("/api/ping", self._ping)),
                web.post("/api/notices", self._route("/api/notices", self._notices)),
                web.post("/api/mail", self._route("/api/mail", self._take)),
                web.get("/api/mail/{id}", self._route("/api/mail/{id}", self._state)),
                *self.faults.routes(),
            ]
        )
        return app

    def _route(self, name: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handle(request: web.Request) -> web.StreamResponse:
            fault = self.faults.take(name)
            return await answered(request, fault, lambda: self._good_or_not(request, fault, handler))

        return handle

    async def _good_or_not(self, request: web.Request, fault: Fault | None, handler: Handler) -> web.Response:
        try:
            self._admit(request, fault)
            return await handler(request, fault)
        except NotGood as reason:
            return _json(status="NG", code=reason.code.value, message=reason.message)

    def _admit(self, request: web.Request, fault: Fault | None) -> None:
        key = request.headers.get("X-Api-Key", "")
        if not key or (self.key is not None and key != self.key):
            raise NotGood(Code.KEY_REFUSED)
        if _is("closed", fault):
            raise NotGood(Code.MAINTENANCE)

    async def _ping(self, _: web.Request, __: Fault | None) -> web.Response:
        return _json(status="OK")

    async def _notices(self, request: web.Request, fault: Fault | None) -> web.Response:
        wanted = NoticesWanted.read(await _body(request))
        return _json(
            status="OK", **self._told(wanted, slice(1, None, 2) if _is("partial", fault) else slice(None))
        )

    def _told(self, wanted: NoticesWanted, part: slice) -> dict[str, object]:
        told: dict[str, object] = {}
        if wanted.everyone:
            notices = self.board.to_everyone()
            told |= {"everyone_count": len(notices), "everyone": notices[part]}
        if wanted.members:
            found = {number: self.board.to_member(number) or [] for number in wanted.members}
            members = [
                {"no": number, "count": len(notices), "notices": notices[part]}
                for number, notices in reversed(found.items())
                if notices
            ]
            missing = [number for number, notices in found.items() if not notices]
            told |= {"members": members[part], "missing": missing}
        return told

    async def _take(self, request: web.Request, fault: Fault | None) -> web.Response:
        wanted = MailWanted.read(await _body(request))
        self.relay.take(wanted.mail_id, wanted.message)
        if _is("lost", fault):
            return hang_up(request)
        return _json(status="OK", id=wanted.mail_id, state=MailState.QUEUED.value)

    async def _state(self, request: web.Request, _: Fault | None) -> web.Response:
        mail_id = request.match_info["id"]
        state = self.relay.state(mail_id)
        if state is None:
            raise NotGood(Code.UNKNOWN_MAIL)
        return _json(status="OK", id=mail_id, state=state.value)


def mailer_faults() -> Faults:
    """Nothing goes wrong yet."""
    return Faults(HTTP_FAULTS | {"partial", "closed", "lost"})


async def _body(request: web.Request) -> Any:
    try:
        return json.loads(await request.read())
    except ValueError:
        raise NotGood(Code.NOT_UNDERSTOOD) from None


def _json(**fields: object) -> web.Response:
    body = json.dumps(fields, ensure_ascii=False).encode()
    return web.Response(body=body, headers={"Content-Type": "application/json; charset=UTF-8"})


def _is(kind: str, fault: Fault | None) -> bool:
    return fault is not None and fault.kind == kind
