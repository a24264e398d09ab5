"""What is beyond a limit: refused with one sentence, or only logged while limits are measured."""

from typing import NamedTuple

import structlog
from graphql import DocumentNode, GraphQLError, TokenKind

from gateway.limit_settings import Limits, LimitSettings

log = structlog.get_logger("gateway.limits")

MAX_DIGITS = 100
"""Of a number that stands in a document; of more than 4,300 Python makes no number."""


class Excess(NamedTuple):
    """A limit that an operation is beyond. `sentence` tells the client; `found` stopped counting where it could."""

    limit: str
    found: int
    allowed: int
    sentence: str


class LimitExceeded(GraphQLError):
    """An operation that is not run because it is too much in one way."""

    def __init__(self, excess: Excess) -> None:
        super().__init__(excess.sentence)
        self.excess = excess


def refuse(excess: Excess | None, limits: Limits) -> None:
    """Raises `LimitExceeded` where limits are enforced; where they are measured, the log tells what is beyond one."""
    if excess is None:
        return
    if limits is Limits.ENFORCE:
        raise LimitExceeded(excess)
    log.warning("limit_would_refuse", limit=excess.limit, found=excess.found, allowed=excess.allowed)


def tokens_excess(document: DocumentNode, limits: LimitSettings) -> Excess | None:
    """Whether a document is too long. Where limits are enforced, the parser has refused it before."""
    if document.token_count <= limits.max_tokens:
        return None
    sentence = f"The document has {document.token_count} tokens, and at most {limits.max_tokens} are allowed."
    return Excess("tokens", document.token_count, limits.max_tokens, sentence)


def refuse_endless_numbers(document: DocumentNode) -> None:
    """Raises `LimitExceeded` for a number that is longer than any of ours, whether limits are measured or enforced."""
    token = document.loc.start_token if document.loc else None
    while token is not None:
        length = len(token.value or "") if token.kind in {TokenKind.INT, TokenKind.FLOAT} else 0
        if length > MAX_DIGITS:
            sentence = f"A number has {length:,} digits, and at most {MAX_DIGITS} are allowed."
            refuse(Excess("digits", length, MAX_DIGITS, sentence), Limits.ENFORCE)
        token = token.next
