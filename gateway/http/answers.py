"""What an error looks like to a client: code, path and a message to show; never more.

Errors of the gateway and of legacy systems become their Japanese message. What the client's operation got wrong keeps
graphql-core's English one. Whatever else was raised is masked, with a reference that finds it in the log.
"""

from types import NoneType
from typing import Any
from uuid import uuid4

import structlog
from graphql import GraphQLError
from strawberry.types import ExecutionResult

from adapters.errors import AdapterError
from gateway.errors import ErrorCode, GatewayError
from gateway.outage import extensions_of, message_of

log = structlog.get_logger("gateway.errors")

LONGEST_MESSAGE = 500
"""Characters of what graphql-core says: it quotes names and values of the operation, however long they are."""

INTERNAL_MESSAGE = "エラーが発生しました。時間をおいて、もう一度お試しください。"


def answered(error: GraphQLError) -> dict[str, Any]:
    """An error as it stands in the answer's `errors`."""
    message, extensions = _told(error)
    told: dict[str, Any] = {"message": message}
    if error.locations:
        told["locations"] = [location.formatted for location in error.locations]
    if error.path is not None:
        told["path"] = error.path
    return {**told, "extensions": extensions}


def failed(error: Exception) -> dict[str, Any]:
    """The whole answer when something failed outside every field: nothing but the masked error."""
    return {"errors": [answered(GraphQLError(str(error), original_error=error))]}


def refused(reason: str) -> dict[str, Any]:
    """The whole answer to a request that holds no operation we would run."""
    return {"errors": [answered(GraphQLError(reason))]}


def is_request_error(result: ExecutionResult) -> bool:
    """Whether no field was run: then there is no data, and no error of a field either."""
    return result.data is None and not any(error.path for error in result.errors or [])


def is_masked(error: GraphQLError) -> bool:
    """Whether it is a fault of our own, which a client is only told the reference of."""
    return not isinstance(_cause(error), (NoneType, GatewayError, AdapterError))


def _told(error: GraphQLError) -> tuple[str, dict[str, Any]]:
    cause = _cause(error)
    match cause:
        case None:
            return error.message[:LONGEST_MESSAGE], {"code": ErrorCode.INVALID_OPERATION.value}
        case GatewayError():
            return cause.message, {"code": cause.code.value, **cause.extensions}
        case AdapterError():
            log.warning("legacy system did not answer", system=cause.system, detail=cause.detail)
            return message_of(cause), extensions_of(cause)
        case _:
            return INTERNAL_MESSAGE, {"code": ErrorCode.INTERNAL.value, "reference": _logged(error, cause)}


def _cause(error: GraphQLError) -> Exception | None:
    """What was raised in a resolver, None when the operation itself is wrong."""
    cause = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def _logged(error: GraphQLError, cause: Exception) -> str:
    reference = uuid4().hex[:12]
    log.error("request failed", reference=reference, path=error.path, exc_info=cause)
    return reference
