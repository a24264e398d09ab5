"""The HTTP status of an answer: as today's clients know it, or as the newest draft of GraphQL over HTTP has it."""

from dataclasses import dataclass

from graphql import GraphQLSyntaxError
from strawberry.types import ExecutionResult

from gateway.http.answers import is_masked, is_request_error
from gateway.http.media_types import GRAPHQL_RESPONSE, JSON
from gateway.http.operation_request import NOT_WELL_FORMED


@dataclass(frozen=True, slots=True)
class StatusProfile:
    """How the parts that differ are told."""

    partial: int
    """Of data with errors beside them."""
    unprocessable: int
    """Of a request that can be read, and not be run."""
    plain_json_is_200: bool
    """Whether every answer in `application/json` to a well-formed request is a 200, unless the fault is ours."""

    def of_answer(self, result: ExecutionResult, media_type: str) -> int:
        """The status of an operation's answer."""
        if not is_request_error(result):
            return self.partial if result.errors and media_type == GRAPHQL_RESPONSE else 200
        errors = result.errors or []
        if any(is_masked(error) for error in errors):
            return 500
        if media_type == JSON and self.plain_json_is_200:
            return 200
        unreadable = any(isinstance(error, GraphQLSyntaxError) for error in errors)
        return 400 if unreadable else self.unprocessable

    def of_refusal(self, status: int) -> int:
        """The status of a request that was refused with one of the draft's."""
        return self.unprocessable if status == NOT_WELL_FORMED else status

    def media_type(self, status: int, accepted: str) -> str:
        """The type of an answer with this status: in the draft only success is plain JSON."""
        return accepted if self.plain_json_is_200 or status < 300 else GRAPHQL_RESPONSE


ESTABLISHED = StatusProfile(partial=200, unprocessable=400, plain_json_is_200=True)
NEWEST_DRAFT = StatusProfile(partial=294, unprocessable=422, plain_json_is_200=False)
