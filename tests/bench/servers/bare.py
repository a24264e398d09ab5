"""The gateway's executor in a bare ASGI endpoint: what the peers do too, no session, access log or limits."""

from typing import Any

import orjson

from gateway.execution import Documents
from gateway.schema.build import build_schema
from tests.bench.asgi import App, Receive, Scope, Send, body_of, respond
from tests.bench.servers.told import Told, authorization


async def app(told: Told) -> App:
    """The application."""
    schema = build_schema()
    documents: Documents[None] = Documents(schema, check=lambda _: None, examine=lambda *_: None)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = orjson.loads(await body_of(receive))
        operation = documents.of(asked["query"]).operation(None)
        context = told.context(authorization(scope))
        result = await schema.carry_out(operation, asked.get("variables"), context)
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        await respond(send, 200, b"application/json", orjson.dumps(answer))

    return answer
