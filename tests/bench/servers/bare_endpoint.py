"""`gateway.execution` in a bare ASGI endpoint, as the peers have it: no session, no access log, no limits."""

from collections.abc import Callable
from typing import Any

import orjson

from gateway.execution import CompiledSchema
from tests.bench.asgi import App, Receive, Scope, Send, body_of, respond
from tests.bench.servers.told import authorization
from tests.execution.unchecked import unchecked


def bare_endpoint(schema: CompiledSchema, context_of: Callable[[bytes | None], object]) -> App:
    """Answers by this schema; `context_of` makes a request's context of its header `Authorization`."""
    documents = unchecked(schema)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = orjson.loads(await body_of(receive))
        operation = documents.of(asked["query"]).operation(None)
        result = await schema.carry_out(operation, asked.get("variables"), context_of(authorization(scope)))
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        await respond(send, 200, b"application/json", orjson.dumps(answer))

    return answer
