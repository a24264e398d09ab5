"""The invented people that GraphiQL offers to sign in, from the file named by GATEWAY_GRAPHIQL_ACCOUNTS."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter

from gateway.http.graphiql.config import DemoAccount

_ACCOUNTS = TypeAdapter(list[DemoAccount])


def offered_accounts(file: Path | None) -> Sequence[DemoAccount]:
    """A JSON list of objects with coop, identifier, password, label and, for staff, totpSecret; none without a file."""
    return () if file is None else _ACCOUNTS.validate_json(file.read_bytes())
