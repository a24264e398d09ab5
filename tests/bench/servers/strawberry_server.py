"""Stock Strawberry: its own executor and its own ASGI view."""

import strawberry
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache

from tests.bench.asgi import App
from tests.bench.servers.plain.asking import askers
from tests.bench.servers.plain.loading import Asker
from tests.bench.servers.plain.schema import plain_schema
from tests.bench.servers.told import Told


async def app(told: Told, *, cached: bool) -> App:
    """The application, with or without Strawberry's own caches of parsed and validated documents."""
    asker_of = await askers(told)
    schema = plain_schema(strawberry.Schema, [ParserCache, ValidationCache] if cached else [])

    class View(GraphQL[Asker, None]):
        async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Asker:
            return asker_of(request.headers["authorization"].encode())

    return View(schema, graphql_ide=None)
