"""The web application."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from gateway.clock import Clock, system_clock
from gateway.context import House
from gateway.exports.typeface import Typeface
from gateway.forgetting import forgetting_changed_members
from gateway.http.access_log_export import access_log_route
from gateway.http.admission import Admission
from gateway.http.documents.opening import open_documents
from gateway.http.downloads import Downloads
from gateway.http.endpoint import GraphQLEndpoint
from gateway.http.exports import export_routes
from gateway.http.graphiql.accounts_file import offered_accounts
from gateway.http.graphiql.config import GraphiqlConfig
from gateway.http.graphiql.example_files import load_examples
from gateway.http.graphiql.pages import graphiql_routes
from gateway.http.health import health_routes
from gateway.http.middleware import middleware_for
from gateway.http.rates.budgets import CostBudgets
from gateway.http.status_codes import ESTABLISHED, NEWEST_DRAFT
from gateway.schema.build import build_schema
from gateway.settings import Mode, Settings
from gateway.wiring import Connect, connect_systems, open_house

ENDPOINT = "/graphql"
GRAPHIQL = "/graphiql"


def create_app(
    settings: Settings, clock: Clock = system_clock, connect: Connect = connect_systems
) -> Starlette:
    """The application; everything it needs is opened when it starts and closed when it stops."""
    opened: list[House] = []

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with (
            open_house(settings, os.environ, connect) as house,
            forgetting_changed_members(house.store, house.systems),
        ):
            opened.append(house)
            yield

    schema = build_schema(suggestions=settings.introspection, compiled=settings.compile_operations)
    budgets = CostBudgets(settings, time.monotonic)
    statuses = NEWEST_DRAFT if settings.draft_statuses else ESTABLISHED
    endpoint = GraphQLEndpoint(
        schema=schema,
        documents=open_documents(schema, settings),
        admission=Admission(settings, budgets),
        house=lambda: opened[0],
        clock=clock,
        max_bytes=settings.max_body_bytes,
        statuses=statuses,
        page=GRAPHIQL if settings.graphiql else None,
        developing=settings.mode is Mode.DEVELOPMENT,
    )
    downloads = Downloads(lambda: opened[0], budgets, clock, settings.deadline_seconds)
    routes: list[BaseRoute] = [
        Route(ENDPOINT, endpoint),
        access_log_route(downloads),
        *health_routes(lambda: opened[0]),
        *export_routes(downloads, Typeface.read(settings.pdf_font)),
    ]
    if settings.graphiql:
        routes += graphiql_pages(settings)
    middleware = list(middleware_for(settings, statuses))
    app = Starlette(routes=routes, middleware=middleware, lifespan=lifespan)
    app.state.draining = False
    return app


def graphiql_pages(settings: Settings) -> list[BaseRoute]:
    """GraphiQL, with what it offers to ask and to sign in with."""
    accounts = offered_accounts(settings.graphiql_accounts)
    config = GraphiqlConfig(ENDPOINT, load_examples(), demo_accounts=accounts)
    return [*graphiql_routes(config)]
