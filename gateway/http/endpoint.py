"""The /graphql endpoint: who asks, by when it must be answered, what may be said, and what the access log keeps."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, cast

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.schema import BaseSchema
from strawberry.types import ExecutionResult
from strawberry.types.unset import UNSET

from adapters.upstream import deadline
from gateway.accounts import PersonalDataView, log_views, viewer_of
from gateway.clock import Clock
from gateway.context import Context, House, Presence, Trail
from gateway.http.answers import answered, failed
from gateway.http.session_token import received_token, send_cookie
from gateway.store.records import Origin
from gateway.viewer import SessionHolder


class GraphQLEndpoint(GraphQL[Context, None]):
    """Strawberry's ASGI view, with our context, deadline, errors and access log."""

    def __init__(
        self, schema: BaseSchema, house: Callable[[], House], clock: Clock, deadline_seconds: float
    ) -> None:
        super().__init__(schema, graphql_ide=None, allow_queries_via_get=False, subscription_protocols=())
        self._house = house
        self._clock = clock
        self._deadline_seconds = deadline_seconds

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """The viewer of the session that came with the request, or nobody."""
        house = self._house()
        token = received_token(cast(Request, request))
        viewer = await viewer_of(house.store, token, self._clock)
        trail = Trail()
        return Context(
            house=house,
            presence=Presence(viewer, house.place_of(viewer, self._clock(), trail), received=token),
            clock=self._clock,
            origin=_origin(request),
            trail=trail,
        )

    async def run(self, request: Any, context: Any = UNSET, root_value: Any = UNSET) -> Any:
        """A request's response. What fails outside the fields is masked as what fails in them."""
        try:
            return await super().run(request, context, root_value)
        except HTTPException:
            raise
        except Exception as error:
            return Response(self.encode_json(failed(error)), status_code=500, media_type="application/json")

    async def execute_operation(self, **operation: Any) -> ExecutionResult:  # type: ignore[override]
        """Runs the operation before the deadline; nothing personal leaves that the access log does not hold."""
        context: Context = operation["context"]
        with deadline(self._deadline_seconds):
            result = await super().execute_operation(**operation)
        assert isinstance(result, ExecutionResult)  # noqa: S101 - no batches and no subscriptions are served
        await self._log_views(context)
        if context.presence.cookie is not None:
            send_cookie(operation["sub_response"], context.presence.cookie)
        if context.trail.last_known:
            names = sorted(system.value for system in context.trail.last_known)
            result.extensions = {**(result.extensions or {}), "lastKnown": names}
        return result

    async def _log_views(self, context: Context) -> None:
        for viewer, views in _views_by_viewer(context.trail).items():
            store = context.house.store.of(viewer.coop_code)
            await log_views(store, viewer, views, context.origin, self._clock)

    async def process_result(
        self, request: Request, result: ExecutionResult, strict: bool = False
    ) -> GraphQLHTTPResponse:
        """The answer, with errors as clients may see them."""
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [answered(error) for error in result.errors]
        if result.extensions:
            answer["extensions"] = result.extensions
        return cast(GraphQLHTTPResponse, answer)

    def decode_json(self, data: str | bytes) -> object:
        """The body; 400 for what is neither an operation nor a batch, whatever else it may be in JSON."""
        body = orjson.loads(data)
        if not isinstance(body, dict | list):
            raise HTTPException(400, "The request body must be a JSON object with the operation as `query`")
        return body

    def encode_json(self, data: object) -> bytes:
        """As UTF-8 bytes."""
        return orjson.dumps(data)


def _views_by_viewer(trail: Trail) -> dict[SessionHolder, list[PersonalDataView]]:
    """What each viewer of a request looked at: signing in and out may have changed who it was."""
    views: dict[SessionHolder, list[PersonalDataView]] = defaultdict(list)
    for look, sections in trail.looks.items():
        what = tuple(sorted(section.value for section in sections))
        views[look.viewer].append(PersonalDataView(look.member_number, what, look.outcome))
    return views


def _origin(request: Request | WebSocket) -> Origin:
    return Origin(
        address=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
    )
