"""The web application."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from gateway.clock import Clock, system_clock
from gateway.context import House
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.graphiql.accounts_file import offered_accounts
from gateway.http.graphiql.config import GraphiqlConfig
from gateway.http.graphiql.example_files import load_examples
from gateway.http.graphiql.pages import graphiql_routes
from gateway.http.operation_checks import operation_checks
from gateway.schema.build import build_schema
from gateway.settings import Settings
from gateway.wiring import open_house

ENDPOINT = "/graphql"


def create_app(settings: Settings, clock: Clock = system_clock) -> Starlette:
    """The application; everything it needs is opened when it starts and closed when it stops."""
    opened: list[House] = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_house(settings, os.environ) as house:
            opened.append(house)
            yield

    endpoint = GraphQLEndpoint(
        schema=build_schema(operation_checks(settings), suggestions=settings.introspection),
        house=lambda: opened[0],
        clock=clock,
        deadline_seconds=settings.deadline_seconds,
    )
    routes: list[BaseRoute] = [Route(ENDPOINT, endpoint, methods=["POST"])]
    if settings.graphiql:
        routes += graphiql_pages(settings)
    return Starlette(routes=routes, lifespan=lifespan)


def graphiql_pages(settings: Settings) -> list[BaseRoute]:
    """GraphiQL, and the way there for a browser that opens the endpoint itself."""
    accounts = offered_accounts(settings.graphiql_accounts)
    config = GraphiqlConfig(ENDPOINT, load_examples(), demo_accounts=accounts)
    return [Route(ENDPOINT, _to_graphiql, methods=["GET"]), *graphiql_routes(config)]


async def _to_graphiql(request: Request) -> RedirectResponse:
    return RedirectResponse("/graphiql")
