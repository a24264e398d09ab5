"""The /graphql endpoint: who asks, by when it must be answered, what may be said, and what the access log keeps."""

from collections.abc import Callable, Mapping, Set
from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus
from typing import Any

from cross_web import HTTPException
from graphql import GraphQLError, OperationType
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from strawberry.types import ExecutionResult

from adapters.upstream import fresh_answers_will_do
from gateway.accounts import log_not_permitted, log_views
from gateway.clock import Clock
from gateway.context import Context, House, Trail
from gateway.errors import DocumentNotTrusted, RateLimited, ServiceUnavailable
from gateway.execution import CompiledSchema, DocumentRefused, Operation
from gateway.http.admission import Admission
from gateway.http.answers import answered, failed, is_request_error, refused
from gateway.http.cost.report import cost_report, wants_report
from gateway.http.documents.trusted import TrustedDocuments
from gateway.http.media_types import GRAPHQL_RESPONSE, JSON, accepted_media_type
from gateway.http.operation_checks import Prices
from gateway.http.operation_request import Asked, Refused, asked_in, check_request
from gateway.http.operation_response import ALWAYS, OperationResponse, RawHeaders, raw
from gateway.http.operation_watch import GRACE_SECONDS, ClientLeft, Watch
from gateway.http.rates.fields import retry_after
from gateway.http.request_context import context_of
from gateway.http.request_head import RequestHead
from gateway.http.session_token import send_cookie, send_mark
from gateway.http.status_codes import StatusProfile
from gateway.viewer import StaffViewer, Viewer

OPERATIONS_BY: Mapping[str, Set[OperationType]] = {"GET": {OperationType.QUERY}, "POST": set(OperationType)}


class GraphQLEndpoint:
    """An ASGI application: one operation in, one answer out."""

    def __init__(
        self,
        schema: CompiledSchema,
        documents: TrustedDocuments,
        admission: Admission,
        house: Callable[[], House],
        clock: Clock,
        max_bytes: int,
        statuses: StatusProfile,
        page: str | None,
        developing: bool,
    ) -> None:
        """`max_bytes` of a request's body or query; `page` is where a browser that opens the endpoint is led.

        While `developing`, everybody may know what an operation costs, and not only staff.
        """
        self._schema = schema
        self._documents = documents
        self._admission = admission
        self._house = house
        self._clock = clock
        self._max_bytes = max_bytes
        self._statuses = statuses
        self._page = page
        self._developing = developing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, whatever it is."""
        head = RequestHead(scope)
        if self._page is not None and _opened_in_a_browser(head):
            await RedirectResponse(self._page, headers=ALWAYS)(scope, receive, send)
            return
        try:
            response = await self._response_to(head, receive)
        except ClientLeft:
            return
        except HTTPException as refusal:
            response = self._refusal(head, refusal)
        except RateLimited as error:
            accepted = accepted_media_type(head) or JSON
            response = self._response(failed(error), 429, accepted, raw(retry_after(error)))
        except ServiceUnavailable as error:
            response = self._response(failed(error), 503, accepted_media_type(head) or JSON)
        except Exception as error:
            response = self._response(failed(error), 500, accepted_media_type(head) or JSON)
        await response.send(send)

    async def _response_to(self, head: RequestHead, receive: Receive) -> OperationResponse:
        check_request(head, self._max_bytes)
        accepted = accepted_media_type(head)
        if accepted is None:
            raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"Answers are {GRAPHQL_RESPONSE} or {JSON}.")
        asked = await asked_in(head, receive, self._max_bytes)
        try:
            operation = self._operation(asked, head.method)
        except (DocumentRefused, DocumentNotTrusted, GraphQLError) as refusal:
            return self._answered(ExecutionResult(None, _errors_of(refusal)), Trail(), accepted)
        is_query = operation.kind is OperationType.QUERY
        with Watch(receive, grace=GRACE_SECONDS, heeds_client=is_query):
            context = await context_of(head, self._house(), self._clock)
            result = await self._result_of(operation, asked, head, context)
            await self._log_views(context)
        return self._answered(result, context.trail, accepted, _cookies(context))

    async def _result_of(
        self, operation: Operation[Prices], asked: Asked, head: RequestHead, context: Context
    ) -> ExecutionResult:
        """Runs the operation, if it is admitted."""
        price = operation.document.facts[operation.name]
        try:
            self._admission.admit(price, asked.variables, context)
        except GraphQLError as error:
            return ExecutionResult(None, [error])
        with _memory_for(operation, context.viewer):
            result = await self._schema.carry_out(operation, asked.variables, context, asked.extensions)
        if wants_report(head, context.viewer, developing=self._developing):
            report = cost_report(price, asked.variables, result.data)
            result.extensions = {**(result.extensions or {}), "cost": report}
        return result

    def _operation(self, asked: Asked, method: str) -> Operation[Prices]:
        document = self._documents.of(asked.query, asked.document_id)
        operation = document.operation(asked.operation_name)
        if operation.kind not in OPERATIONS_BY[method]:
            reason = "GET is for queries: send the operation by POST."
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, reason, {"Allow": "POST"})
        return operation

    async def _log_views(self, context: Context) -> None:
        """Nothing personal leaves that the access log does not hold."""
        for visit in context.trail.visits:
            store = context.house.store.of(visit.viewer.coop_code)
            await log_views(store, visit.viewer, visit.views(), context.origin, self._clock)
        for viewer, fields in context.trail.not_permitted.items():
            store = context.house.store.of(viewer.coop_code)
            await log_not_permitted(store, viewer, sorted(fields), context.origin, self._clock)

    def _answered(
        self, result: ExecutionResult, trail: Trail, accepted: str, headers: RawHeaders = ()
    ) -> OperationResponse:
        status = self._statuses.of_answer(result, accepted)
        return self._response(_answer(result, trail), status, accepted, headers)

    def _refusal(self, head: RequestHead, refusal: HTTPException) -> OperationResponse:
        status = self._statuses.of_refusal(refusal.status_code)
        headers = refusal.headers if isinstance(refusal, Refused) else {}
        accepted = accepted_media_type(head) or JSON
        return self._response(refused(refusal.reason), status, accepted, raw(headers))

    def _response(
        self, answer: Mapping[str, Any], status: int, accepted: str, headers: RawHeaders = ()
    ) -> OperationResponse:
        return OperationResponse(status, self._statuses.media_type(status, accepted), answer, headers)


def _opened_in_a_browser(head: RequestHead) -> bool:
    return head.method == "GET" and "text/html" in (head.field("accept") or "")


def _memory_for(operation: Operation[Prices], viewer: Viewer) -> AbstractContextManager[None]:
    """What is still fresh will do for members who look. A change is decided on what the systems say now, and staff, who
    may have changed something there themselves, see it."""
    only_looks = operation.kind is OperationType.QUERY and not isinstance(viewer, StaffViewer)
    return fresh_answers_will_do() if only_looks else nullcontext()


def _errors_of(refusal: Exception) -> list[GraphQLError]:
    """Why a document is not run."""
    match refusal:
        case DocumentRefused():
            return list(refusal.errors)
        case GraphQLError():
            return [refusal]
        case _:
            return [GraphQLError(str(refusal), original_error=refusal)]


def _answer(result: ExecutionResult, trail: Trail) -> dict[str, Any]:
    """The answer, with errors as clients may see them."""
    answer: dict[str, Any] = {} if is_request_error(result) else {"data": result.data}
    if result.errors:
        answer["errors"] = [answered(error) for error in result.errors]
    extensions = dict(result.extensions or {})
    if trail.last_known:
        extensions["lastKnown"] = sorted(system.value for system in trail.last_known)
    if extensions:
        answer["extensions"] = extensions
    return answer


def _cookies(context: Context) -> RawHeaders:
    """What is sent with the answer for the browser to keep."""
    presence = context.presence
    if presence.cookie is None and presence.new_mark is None:
        return ()
    kept = Response()
    if presence.cookie is not None:
        send_cookie(kept, presence.cookie)
    if presence.new_mark is not None:
        send_mark(kept, presence.new_mark)
    return [header for header in kept.raw_headers if header[0] == b"set-cookie"]
