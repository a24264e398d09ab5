"""What a request has to be before anything is done for it, and the operation in it.

The refusals have the status of the newest draft of GraphQL over HTTP; gateway.http.status_codes makes others of them.
"""

from collections.abc import Mapping
from email.message import Message as MimeHeaders
from http import HTTPStatus
from types import NoneType
from typing import Any

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive
from strawberry.http import GraphQLRequestData
from strawberry.http.types import QueryParams

from gateway.http.media_types import JSON
from gateway.http.session_token import COOKIE

NOT_WELL_FORMED = HTTPStatus.UNPROCESSABLE_ENTITY
FORCES_PREFLIGHT = ("graphql-require-preflight", "authorization")
"""Headers that a browser sends to a foreign origin only after it has asked there (CORS)."""
PARAMETERS: Mapping[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "operationName": (str, "a string or null"),
    "variables": (dict, "an object or null"),
    "extensions": (dict, "an object or null"),
}


class Refused(HTTPException):
    """A request that is not looked into any further: status, a sentence on what to do, headers."""

    def __init__(self, status_code: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status_code, reason)
        self.headers = headers or {}


def check_request(request: Request, max_bytes: int) -> None:
    """Refuses what is no request of GraphQL over HTTP, and what a foreign page may have made a browser send."""
    match request.method:
        case "GET" if len(request.url.query) > max_bytes:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, f"More than {max_bytes:,} bytes: send it by POST.")
        case "GET" if COOKIE in request.cookies and not _forces_preflight(request):
            reason = "With the session cookie, GET also needs the header `GraphQL-Require-Preflight: true`."
            raise Refused(HTTPStatus.FORBIDDEN, reason)
        case "POST" if not _is_json(request):
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send the operation as {JSON} in UTF-8.")
        case "GET" | "POST":
            return
        case _:
            reason = "GraphQL is served by GET and POST."
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, reason, {"Allow": "GET, POST"})


def _forces_preflight(request: Request) -> bool:
    return _is_json(request) or any(header in request.headers for header in FORCES_PREFLIGHT)


def _is_json(request: Request) -> bool:
    content_type = MimeHeaders()
    content_type["Content-Type"] = request.headers.get("content-type", "")
    return content_type.get_content_type() == JSON and content_type.get_content_charset("utf-8") == "utf-8"


def bounded(receive: Receive, max_bytes: int) -> Receive:
    """The same body, refused as soon as it is longer than so many bytes."""
    received = 0

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > max_bytes:
            reason = f"The body must not be longer than {max_bytes:,} bytes."
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason)
        return message

    return receive_bounded


async def operation_in(request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
    """The operation that a request asks for, in its body or its address."""
    if request.method == "GET":
        return _operation(_parameters_of(request.query_params))
    try:
        return _operation(_decoded(await request.get_body(), "The request body"))
    except ClientDisconnect:
        raise Refused(HTTPStatus.BAD_REQUEST, "The request ended within its body.") from None


def _parameters_of(query: QueryParams) -> dict[str, Any]:
    """Those of an address; an empty one counts as not given."""
    given: dict[str, Any] = {name: value for name, value in query.items() if value}
    for name in given.keys() & {"variables", "extensions"}:
        given[name] = _decoded(given[name], f"`{name}`")
    return given


def _decoded(text: str | bytes, what: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{what} must be JSON in UTF-8.") from None


def _operation(parameters: Any) -> GraphQLRequestData:
    if not isinstance(parameters, dict):
        reason = "The request body must be a JSON object with one operation as `query`; there are no batches."
        raise Refused(NOT_WELL_FORMED, reason)
    for name, (kind, written) in PARAMETERS.items():
        if not isinstance(parameters.get(name), (kind, NoneType)):
            raise Refused(NOT_WELL_FORMED, f"`{name}` must be {written}.")
    if not parameters.get("query"):
        raise Refused(NOT_WELL_FORMED, "`query` is missing: it holds the operation.")
    return GraphQLRequestData(
        query=parameters["query"],
        variables=parameters.get("variables"),
        operation_name=parameters.get("operationName"),
        extensions=parameters.get("extensions"),
        protocol="http",
    )
