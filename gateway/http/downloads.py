"""A download: who may take it along, under which name it leaves, and that it is never half a file.

Whatever is refused is one sentence of text, for a person who followed a link. Before the headers leave, the first
part is there, and the access log knows. What fails later breaks the connection off: a browser throws such a file
away, where a last line that tells of it would be overlooked.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import quote

from cross_web import HTTPException
from graphql import GraphQLError
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from adapters.upstream import no_deadline
from gateway.clock import Clock
from gateway.context import Context, House
from gateway.errors import ErrorCode, Forbidden, RateLimited
from gateway.exports.reading import begun
from gateway.exports.sheet import NothingToExport
from gateway.http.answers import answered
from gateway.http.operation_request import forces_preflight
from gateway.http.operation_watch import GRACE_SECONDS, Watch
from gateway.http.rates.budgets import CostBudgets
from gateway.http.rates.fields import retry_after
from gateway.http.request_context import context_of
from gateway.http.request_head import RequestHead
from gateway.http.session_token import COOKIE
from gateway.store.records import AccessAction, AccessOutcome, NewAccessLogEntry
from gateway.viewer import Anonymous

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
DOWNLOAD_COST = 2000
"""What a file takes from the budget of who asks for it: a PDF keeps this process busy as hundreds of screens do."""
FROM_ELSEWHERE = "この操作は、マイページの画面から行ってください。"
STATUSES: Mapping[ErrorCode, HTTPStatus] = {
    ErrorCode.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.FORBIDDEN: HTTPStatus.FORBIDDEN,
    ErrorCode.NOT_YET_VIEWABLE: HTTPStatus.FORBIDDEN,
    ErrorCode.WITHDRAWN: HTTPStatus.FORBIDDEN,
    ErrorCode.VIEW_UNSUPPORTED_DEVICE: HTTPStatus.FORBIDDEN,
    ErrorCode.BAD_INPUT: HTTPStatus.BAD_REQUEST,
    ErrorCode.HISTORY_KIND_NOT_OFFERED: HTTPStatus.BAD_REQUEST,
    ErrorCode.SERVICE_UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.SYSTEM_UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.SYSTEM_CLOSED: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.SYSTEM_TIMEOUT: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.SYSTEM_ANSWER_GARBLED: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.SYSTEM_ANSWER_INCOMPLETE: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""Of every other error: 500."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file on its way. `name` is for clients that know ASCII only; `content` has one part at least.

    Whoever makes one has looked at everything that the access log is to hold of it.
    """

    name: str
    japanese_name: str
    media_type: str
    content: AsyncIterator[bytes]


MakesDownload = Callable[[Context, QueryParams], Awaitable[Download]]


@dataclass(frozen=True, slots=True)
class Downloads:
    """Makes the routes of downloads; sessions are those of /graphql, by cookie or token."""

    house: Callable[[], House]
    budgets: CostBudgets
    clock: Clock
    deadline_seconds: float

    def route(self, path: str, make: MakesDownload) -> Route:
        """A route that answers with what `make` gives, or with what it raises as a sentence."""

        async def answer(request: Request) -> Response:
            return await self._answer(request, make)

        return Route(path, answer, methods=["GET"])

    async def _answer(self, request: Request, make: MakesDownload) -> Response:
        head = RequestHead(request.scope)
        if _was_sent_from_elsewhere(head):
            return _refusal(FROM_ELSEWHERE, HTTPStatus.FORBIDDEN)
        try:
            with Watch(request.receive, grace=GRACE_SECONDS, heeds_client=False):
                context = await context_of(head, self.house(), self.clock)
                self.budgets.charge(context.viewer, context.origin, DOWNLOAD_COST)
                download = await self._made(make, context, request.query_params)
            with no_deadline():  # from here on it takes as long as it takes
                return _sent(download, await begun(download.content))
        except Exception as error:
            return _explained(error)

    async def _made(self, make: MakesDownload, context: Context, asked: QueryParams) -> Download:
        try:
            download = await make(context, asked)
        except Exception as error:
            await self._log(context, error)
            raise
        await self._log(context, None)
        return download

    async def _log(self, context: Context, error: Exception | None) -> None:
        """Who took it along, or tried to: for every member whose data was looked at, and in any case once."""
        viewer = context.viewer
        if isinstance(viewer, Anonymous):
            return
        outcome = AccessOutcome.REFUSED if isinstance(error, Forbidden) else AccessOutcome.ALLOWED
        whole = NewAccessLogEntry.of_session(
            viewer,
            self.clock(),
            AccessAction.EXPORT,
            context.origin,
            outcome=outcome,
        )
        looks = [
            replace(whole, outcome=view.outcome, member_number=view.member_number, what=view.what)
            for visit in context.trail.visits
            for view in visit.views()
        ]
        await self.house().store.of(viewer.coop_code).access_log.record(looks or [whole])


def _was_sent_from_elsewhere(head: RequestHead) -> bool:
    """Whether a foreign page may have made the browser ask, which sends its cookie along.

    A link or form on our own pages has no header of its own to show for it; its browser says where it stood.
    """
    is_own_page = head.field("sec-fetch-site") == "same-origin"
    return COOKIE in head.cookies and not is_own_page and not forces_preflight(head)


def _explained(error: Exception) -> Response:
    if isinstance(error, NothingToExport):
        return _refusal(str(error), HTTPStatus.NOT_FOUND)
    if isinstance(error, HTTPException):
        return _refusal(error.reason, error.status_code)
    if isinstance(error, RateLimited):
        return _refusal(error.message, HTTPStatus.TOO_MANY_REQUESTS, retry_after(error))
    told = answered(GraphQLError(str(error), original_error=error))
    code = ErrorCode(told["extensions"]["code"])
    return _refusal(told["message"], STATUSES.get(code, HTTPStatus.INTERNAL_SERVER_ERROR))


def _refusal(message: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{message}\n", status, {**HEADERS, **(headers or {})})


def _sent(download: Download, content: AsyncIterator[bytes]) -> Response:
    """As an attachment under both its names (RFC 6266)."""
    names = f"filename=\"{download.name}\"; filename*=UTF-8''{quote(download.japanese_name)}"
    headers = {**HEADERS, "Content-Disposition": f"attachment; {names}"}
    return _Unhurried(content, 200, headers, download.media_type)


class _Unhurried(StreamingResponse):
    """Its parts are read while it is sent, without the request's deadline."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with no_deadline():
            await super().__call__(scope, receive, send)
