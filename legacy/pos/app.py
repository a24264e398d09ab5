"""The back office over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from logging import getLogger

from aiohttp import web

from legacy.faults import Fault, Faults
from legacy.http_faults import HTTP_FAULTS, answered, hang_up
from legacy.pos.codes import Result
from legacy.pos.denbun import CONTENT_TYPE, NotUnderstood, Request, parse
from legacy.pos.office import BackOffice

_LOG = getLogger(__name__)
_UNREADABLE = "?"
"""What a request is counted as that names no SHORI."""


@dataclass(frozen=True, slots=True)
class PosApp:
    """The routes of docs/wire/pos.md. Without a `key`, any will do that is not empty."""

    office: BackOffice
    faults: Faults
    key: str | None

    def application(self) -> web.Application:
        """The aiohttp application, control routes included."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/klas/ping", self._ping),
                web.post("/klas/shokai", self._inquiry),
                web.post("/klas/shiji", self._instruction),
                web.delete("/_instructions", self._forget_instructions),
                *self.faults.routes(),
            ]
        )
        return app

    async def _ping(self, http: web.Request) -> web.StreamResponse:
        fault = self.faults.take("PING")

        async def answer() -> web.Response:
            is_closed = _is("closed", fault) or self.office.reopens_at() is not None
            return web.Response(text="HEIKYOKU" if is_closed else "OK")

        return await answered(http, fault, answer)

    async def _inquiry(self, http: web.Request) -> web.StreamResponse:
        request = _parsed(await http.read())
        fault = self.faults.take(request.shori if request else _UNREADABLE)

        async def answer() -> web.Response:
            in_part = _is("partial", fault)
            return _xml(self._admit(http, request, fault, lambda asked: self.office.inquire(asked, in_part)))

        return await answered(http, fault, answer)

    async def _instruction(self, http: web.Request) -> web.StreamResponse:
        request = _parsed(await http.read())
        fault = self.faults.take(request.shori if request else _UNREADABLE)

        async def answer() -> web.Response:
            done = self._admit(http, request, fault, self.office.instruct)
            return hang_up(http) if _is("lost", fault) else _xml(done)

        return await answered(http, fault, answer)

    async def _forget_instructions(self, _: web.Request) -> web.Response:
        self.office.begin_anew()
        return web.json_response({})

    def _admit(
        self,
        http: web.Request,
        request: Request | None,
        fault: Fault | None,
        answer: Callable[[Request], bytes],
    ) -> bytes:
        if not self._is_terminal(http):
            return self.office.refused(request, Result.REFUSED)
        if request is None:
            return self.office.refused(None, Result.NOT_UNDERSTOOD)
        if fault is not None and fault.kind == "closed":
            return self.office.closed(request, fault.seconds)
        if self.office.reopens_at() is not None:
            return self.office.closed(request)
        try:
            return answer(request)
        except NotUnderstood as reason:
            _LOG.warning("%s %s not understood: %s", request.shori, request.request_id, reason)
            return self.office.refused(request, Result.NOT_UNDERSTOOD)

    def _is_terminal(self, http: web.Request) -> bool:
        key = http.headers.get("X-KLAS-Kagi", "")
        is_known = key == self.key if self.key else bool(key)
        return is_known and bool(http.headers.get("X-KLAS-Tanmatsu"))


def pos_faults() -> Faults:
    """Nothing goes wrong yet."""
    return Faults(HTTP_FAULTS | {"partial", "closed", "lost"})


def _parsed(body: bytes) -> Request | None:
    try:
        return parse(body)
    except NotUnderstood as reason:
        _LOG.warning("a message was not understood: %s", reason)
        return None


def _xml(body: bytes) -> web.Response:
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE})


def _is(kind: str, fault: Fault | None) -> bool:
    return fault is not None and fault.kind == kind
