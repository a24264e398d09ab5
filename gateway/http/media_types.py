"""Which of the two media types of GraphQL over HTTP an answer has."""

import re
from functools import lru_cache

from gateway.http.request_head import RequestHead

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
_QUALITY = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.IGNORECASE)


def accepted_media_type(head: RequestHead) -> str | None:
    """The one the client prefers, None when it takes neither. Who takes anything gets plain JSON."""
    return _preferred(head.field("accept") or JSON)


@lru_cache(maxsize=100)
def _preferred(accept: str) -> str | None:
    ranges = _ranges(accept)
    plain = _quality_of(JSON, ranges)
    ours = _quality_of(GRAPHQL_RESPONSE, ranges)
    if not plain and not ours:
        return None
    return GRAPHQL_RESPONSE if (ours, GRAPHQL_RESPONSE in ranges) > (plain, False) else JSON


def _ranges(accept: str) -> dict[str, float]:
    """Each media range of an Accept header with its quality."""
    ranges = {}
    for each in accept.lower().split(","):
        quality = _QUALITY.search(each)
        ranges[each.partition(";")[0].strip()] = float(quality[1]) if quality else 1.0
    return ranges


def _quality_of(media_type: str, ranges: dict[str, float]) -> float:
    matching = (each for each in (media_type, "application/*", "*/*") if each in ranges)
    return ranges.get(next(matching, ""), 0.0)
