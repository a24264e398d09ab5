"""The /graphql endpoint: who asks, by when it must be answered, what may be said, and what the access log keeps."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Set
from http import HTTPStatus
from typing import Any, cast

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType
from strawberry.types.unset import UNSET

from adapters.upstream import deadline
from gateway.accounts import PersonalDataView, log_views, viewer_of
from gateway.client_device import ClientDevice
from gateway.clock import Clock
from gateway.context import Context, House, Presence, Trail
from gateway.http.answers import answered, failed, is_request_error, refused
from gateway.http.media_types import GRAPHQL_RESPONSE, JSON, accepted_media_type
from gateway.http.operation_request import Refused, bounded, check_request, operation_in
from gateway.http.origin import origin_of
from gateway.http.session_token import received_mark, received_token, send_cookie, send_mark
from gateway.http.status_codes import StatusProfile
from gateway.viewer import SessionHolder

OPERATIONS_BY: Mapping[str, Set[OperationType]] = {"GET": {OperationType.QUERY}, "POST": set(OperationType)}
DEVICE_HEADER = "Client-Device"
HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""Of every answer: it may be personal, and a browser is to take it for nothing but JSON."""


class GraphQLEndpoint(GraphQL[Context, None]):
    """Strawberry's ASGI view, with our context, deadline, errors and access log."""

    def __init__(
        self,
        schema: BaseSchema,
        house: Callable[[], House],
        clock: Clock,
        deadline_seconds: float,
        max_bytes: int,
        statuses: StatusProfile,
        page: str | None,
    ) -> None:
        """`max_bytes` of a request's body or query; `page` is where a browser that opens the endpoint is led."""
        super().__init__(schema, graphql_ide=None, subscription_protocols=())
        self._house = house
        self._clock = clock
        self._deadline_seconds = deadline_seconds
        self._max_bytes = max_bytes
        self._statuses = statuses
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, whatever it is."""
        await super().__call__(scope, bounded(receive, self._max_bytes), send)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """The viewer of the session that came with the request, or nobody."""
        house = self._house()
        token = received_token(cast(Request, request))
        viewer = await viewer_of(house.store, token, self._clock)
        trail = Trail()
        return Context(
            house=house,
            presence=Presence(
                viewer,
                house.place_of(viewer, self._clock(), trail),
                received=token,
                mark=received_mark(cast(Request, request)),
            ),
            clock=self._clock,
            origin=origin_of(request),
            trail=trail,
            device=_device(request),
        )

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """What is known of the response before its body: the media type, later status and cookie."""
        accepted = accepted_media_type(cast(Request, request))
        if accepted is None:
            raise Refused(HTTPStatus.NOT_ACCEPTABLE, f"Answers are {GRAPHQL_RESPONSE} or {JSON}.")
        response = await super().get_sub_response(request)
        response.media_type = accepted
        return response

    async def run(self, request: Any, context: Any = UNSET, root_value: Any = UNSET) -> Any:
        """A request's response. What fails outside the fields is masked as what fails in them."""
        if self._page is not None and _opened_in_a_browser(request):
            return RedirectResponse(self._page, headers=HEADERS)
        try:
            check_request(request, self._max_bytes)
            return await super().run(request, context, root_value)
        except HTTPException as refusal:
            status = self._statuses.of_refusal(refusal.status_code)
            headers = refusal.headers if isinstance(refusal, Refused) else {}
            return self._response(
                refused(refusal.reason), status, accepted_media_type(request) or JSON, headers
            )
        except Exception as error:
            return self._response(failed(error), 500, accepted_media_type(request) or JSON)

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        """Never: GraphiQL has an address of its own."""
        return False

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """The operation; `Refused` when there is none."""
        return await operation_in(request)

    async def execute_operation(self, **operation: Any) -> ExecutionResult:  # type: ignore[override]
        """Runs the operation before the deadline; nothing personal leaves that the access log does not hold."""
        context: Context = operation["context"]
        with deadline(self._deadline_seconds):
            result = await self._run_operation(
                operation["request_data"], operation["request"].method, context
            )
        await self._log_views(context)
        response: Response = operation["sub_response"]
        response.status_code = self._statuses.of_answer(result, str(response.media_type))
        if context.presence.cookie is not None:
            send_cookie(response, context.presence.cookie)
        if context.presence.new_mark is not None:
            send_mark(response, context.presence.new_mark)
        if context.trail.last_known:
            names = sorted(system.value for system in context.trail.last_known)
            result.extensions = {**(result.extensions or {}), "lastKnown": names}
        return result

    async def _run_operation(
        self, asked: GraphQLRequestData, method: str, context: Context
    ) -> ExecutionResult:
        try:
            return await self.schema.execute(
                asked.query,
                variable_values=asked.variables,
                context_value=context,
                operation_name=asked.operation_name,
                allowed_operation_types=OPERATIONS_BY[method],
                operation_extensions=asked.extensions,
            )
        except CannotGetOperationTypeError as unknown:
            return PreExecutionError(data=None, errors=[GraphQLError(unknown.as_http_error_reason())])
        except InvalidOperationTypeError:
            reason = "GET is for queries: send the operation by POST."
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, reason, {"Allow": "POST"}) from None

    async def _log_views(self, context: Context) -> None:
        for viewer, views in _views_by_viewer(context.trail).items():
            store = context.house.store.of(viewer.coop_code)
            await log_views(store, viewer, views, context.origin, self._clock)

    async def process_result(
        self, request: Request, result: ExecutionResult, strict: bool = False
    ) -> GraphQLHTTPResponse:
        """The answer, with errors as clients may see them."""
        answer: dict[str, Any] = {} if is_request_error(result) else {"data": result.data}
        if result.errors:
            answer["errors"] = [answered(error) for error in result.errors]
        if result.extensions:
            answer["extensions"] = result.extensions
        return cast(GraphQLHTTPResponse, answer)

    def create_response(self, response_data: Any, sub_response: Response) -> Response:
        """The answer as it is sent."""
        response = self._response(response_data, sub_response.status_code, str(sub_response.media_type))
        response.raw_headers.extend(sub_response.raw_headers)
        return response

    def _response(
        self, answer: object, status: int, accepted: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        media_type = f"{self._statuses.media_type(status, accepted)}; charset=utf-8"
        return Response(self.encode_json(answer), status, {**HEADERS, **(headers or {})}, media_type)

    def encode_json(self, data: object) -> bytes:
        """As UTF-8 bytes."""
        return orjson.dumps(data)


def _opened_in_a_browser(request: Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _views_by_viewer(trail: Trail) -> dict[SessionHolder, list[PersonalDataView]]:
    """What each viewer of a request looked at: signing in and out may have changed who it was."""
    views: dict[SessionHolder, list[PersonalDataView]] = defaultdict(list)
    for look, sections in trail.looks.items():
        what = tuple(sorted(section.value for section in sections))
        views[look.viewer].append(PersonalDataView(look.member_number, what, look.outcome))
    return views


def _device(request: Request | WebSocket) -> ClientDevice:
    """What the client says it runs on, a PC unless it does (A2); 400 for what is no device."""
    written = request.headers.get(DEVICE_HEADER, ClientDevice.PC.value)
    try:
        return ClientDevice(written)
    except ValueError:
        known = ", ".join(device.value for device in ClientDevice)
        raise HTTPException(400, f"The header {DEVICE_HEADER} must be one of {known}") from None
