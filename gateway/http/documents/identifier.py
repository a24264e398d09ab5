"""The id of a document in a request."""

from collections.abc import Mapping
from typing import Any


def document_id(parameters: Mapping[str, Any]) -> str | None:
    """`documentId` of GraphQL over HTTP, or the hash that Apollo's clients send; None when there is none."""
    match parameters:
        case {"documentId": str(identifier)} if identifier:
            return identifier
        case {"extensions": {"persistedQuery": {"sha256Hash": str(identifier)}}} if identifier:
            return identifier
        case _:
            return None
