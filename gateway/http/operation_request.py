"""What a request has to be before anything is done for it, and the operation in it.

The refusals have the status of the newest draft of GraphQL over HTTP; gateway.http.status_codes makes others of them.
"""

from collections.abc import Mapping
from email.message import Message as MimeHeaders
from functools import lru_cache
from http import HTTPStatus
from typing import Any, NamedTuple

import orjson
from cross_web import HTTPException
from starlette.datastructures import QueryParams
from starlette.types import Receive

from gateway.http.documents.identifier import document_id
from gateway.http.media_types import JSON
from gateway.http.request_head import RequestHead
from gateway.http.session_token import COOKIE

NOT_WELL_FORMED = HTTPStatus.UNPROCESSABLE_ENTITY
PREFLIGHT_HEADER = "GraphQL-Require-Preflight"
FORCES_PREFLIGHT = (PREFLIGHT_HEADER.lower(), "authorization")
"""Headers that a browser sends to a foreign origin only after it has asked there (CORS)."""
PARAMETERS: Mapping[str, tuple[type, str]] = {
    "query": (str, "a string"),
    "documentId": (str, "a string"),
    "operationName": (str, "a string or null"),
    "variables": (dict, "an object or null"),
    "extensions": (dict, "an object or null"),
}
ANYTHING: tuple[type, str] = (object, "anything")


class Asked(NamedTuple):
    """What a request asks for: a document's text, or the id of one we know, or both."""

    query: str | None
    document_id: str | None
    variables: dict[str, Any] | None
    operation_name: str | None
    extensions: dict[str, Any] | None


class Refused(HTTPException):
    """A request that is not looked into any further: status, a sentence on what to do, headers."""

    def __init__(self, status_code: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status_code, reason)
        self.headers = headers or {}


def check_request(head: RequestHead, max_bytes: int) -> None:
    """Refuses what is no request of GraphQL over HTTP, and what a foreign page may have made a browser send."""
    match head.method:
        case "GET" if len(head.query) > max_bytes:
            raise Refused(HTTPStatus.REQUEST_URI_TOO_LONG, f"More than {max_bytes:,} bytes: send it by POST.")
        case "GET" if COOKIE in head.cookies and not forces_preflight(head):
            reason = "With the session cookie, GET also needs the header `GraphQL-Require-Preflight: true`."
            raise Refused(HTTPStatus.FORBIDDEN, reason)
        case "POST" if not _is_json(head):
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Send the operation as {JSON} in UTF-8.")
        case "GET" | "POST":
            return
        case _:
            reason = "GraphQL is served by GET and POST."
            raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, reason, {"Allow": "GET, POST"})


def forces_preflight(head: RequestHead) -> bool:
    """Whether it has what a foreign page's browser would have asked for permission first."""
    return _is_json(head) or any(head.field(name) is not None for name in FORCES_PREFLIGHT)


def _is_json(head: RequestHead) -> bool:
    return _says_json(head.field("content-type") or "")


@lru_cache(maxsize=100)
def _says_json(written: str) -> bool:
    content_type = MimeHeaders()
    content_type["Content-Type"] = written
    return content_type.get_content_type() == JSON and content_type.get_content_charset("utf-8") == "utf-8"


async def asked_in(head: RequestHead, receive: Receive, max_bytes: int) -> Asked:
    """The operation that a request asks for, in its body or its address."""
    if head.method == "GET":
        return _asked(_parameters_of(QueryParams(head.query)))
    return _asked(_decoded(await body_of(receive, max_bytes), "The request body"))


async def body_of(receive: Receive, max_bytes: int) -> bytes:
    """A request's body, refused as soon as it is longer than so many bytes."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(HTTPStatus.BAD_REQUEST, "The request ended within its body.")
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > max_bytes:
            reason = f"The body must not be longer than {max_bytes:,} bytes."
            raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, reason)
        if not message.get("more_body", False):
            return b"".join(parts)


def _parameters_of(query: Mapping[str, str]) -> dict[str, Any]:
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


def _asked(parameters: Any) -> Asked:
    if not isinstance(parameters, dict):
        reason = "The request body must be a JSON object with one operation as `query`; there are no batches."
        raise Refused(NOT_WELL_FORMED, reason)
    for name, value in parameters.items():
        kind, written = PARAMETERS.get(name, ANYTHING)
        if value is not None and not isinstance(value, kind):
            raise Refused(NOT_WELL_FORMED, f"`{name}` must be {written}.")
    query, identifier = parameters.get("query") or None, document_id(parameters)
    if query is None and identifier is None:
        raise Refused(NOT_WELL_FORMED, "`query` is missing: it holds the operation.")
    return Asked(
        query=query,
        document_id=identifier,
        variables=parameters.get("variables"),
        operation_name=parameters.get("operationName"),
        extensions=parameters.get("extensions"),
    )
