"""The web application."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from gateway.clock import Clock, system_clock
from gateway.context import House
from gateway.http.access_log_export import access_log_route
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.graphiql.accounts_file import offered_accounts
from gateway.http.graphiql.config import GraphiqlConfig
from gateway.http.graphiql.example_files import load_examples
from gateway.http.graphiql.pages import graphiql_routes
from gateway.http.operation_checks import operation_checks
from gateway.http.status_codes import ESTABLISHED, NEWEST_DRAFT
from gateway.schema.build import build_schema
from gateway.settings import Settings
from gateway.wiring import open_house

ENDPOINT = "/graphql"
GRAPHIQL = "/graphiql"


def create_app(settings: Settings, clock: Clock = system_clock) -> Starlette:
    """The application; everything it needs is opened when it starts and closed when it stops."""
    opened: list[House] = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with open_house(settings, os.environ) as house:
            opened.append(house)
            yield

    endpoint = GraphQLEndpoint(
        schema=build_schema(
            operation_checks(settings),
            suggestions=settings.introspection,
            compiled=settings.compile_operations,
        ),
        house=lambda: opened[0],
        clock=clock,
        deadline_seconds=settings.deadline_seconds,
        max_bytes=settings.max_body_bytes,
        statuses=NEWEST_DRAFT if settings.draft_statuses else ESTABLISHED,
        page=GRAPHIQL if settings.graphiql else None,
    )
    routes: list[BaseRoute] = [Route(ENDPOINT, endpoint), access_log_route(lambda: opened[0], clock)]
    if settings.graphiql:
        routes += graphiql_pages(settings)
    return Starlette(routes=routes, lifespan=lifespan)


def graphiql_pages(settings: Settings) -> list[BaseRoute]:
    """GraphiQL, with what it offers to ask and to sign in with."""
    accounts = offered_accounts(settings.graphiql_accounts)
    config = GraphiqlConfig(ENDPOINT, load_examples(), demo_accounts=accounts)
    return [*graphiql_routes(config)]
