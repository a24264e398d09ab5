"""The /graphql endpoint: who asks, by when it must be answered, what may be said, and what the access log keeps."""

from collections.abc import Callable
from typing import Any, cast

import orjson
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.schema import BaseSchema
from strawberry.types import ExecutionResult

from adapters.upstream import deadline
from gateway.accounts import PersonalDataView, log_views, viewer_of
from gateway.clock import Clock
from gateway.context import Context, House, Presence, Trail
from gateway.http.answers import answered
from gateway.http.session_token import received_token, send_cookie
from gateway.store.records import AccessOutcome, Origin
from gateway.viewer import Anonymous


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
        viewer = context.viewer
        if isinstance(viewer, Anonymous) or not context.trail.views:
            return
        views = [
            PersonalDataView(
                member_number=number,
                what=tuple(sorted(section.value for section in sections)),
                outcome=AccessOutcome.ALLOWED,
            )
            for number, sections in context.trail.views.items()
        ]
        await log_views(context.at_home().store, viewer, views, context.origin, self._clock)

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

    def encode_json(self, data: object) -> bytes:
        """As UTF-8 bytes."""
        return orjson.dumps(data)


def _origin(request: Request | WebSocket) -> Origin:
    return Origin(
        address=request.client.host if request.client else None,
        user_agent=request.headers.get("user-agent"),
    )
