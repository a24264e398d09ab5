"""The very types and resolvers of the Strawberry server, executed by `gateway.execution` in a bare ASGI endpoint."""

from typing import Any

import orjson

from gateway.execution import CompiledSchema, Documents
from tests.bench.asgi import App, Receive, Scope, Send, body_of, respond
from tests.bench.servers.plain.asking import askers
from tests.bench.servers.plain.schema import plain_schema
from tests.bench.servers.told import Told, authorization


async def app(told: Told) -> App:
    """The application."""
    asker_of = await askers(told)
    schema = plain_schema(CompiledSchema)
    documents: Documents[None] = Documents(schema, check=lambda _: None, examine=lambda *_: None)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = orjson.loads(await body_of(receive))
        operation = documents.of(asked["query"]).operation(None)
        result = await schema.carry_out(operation, asked.get("variables"), asker_of(authorization(scope)))
        answer: dict[str, Any] = {"data": result.data}
        if result.errors:
            answer["errors"] = [error.formatted for error in result.errors]
        await respond(send, 200, b"application/json", orjson.dumps(answer))

    return answer
