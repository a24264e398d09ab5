"""The gateway's own schema in a bare endpoint: without session, store, access log and limits."""

from gateway.schema.build import build_schema
from tests.bench.asgi import App
from tests.bench.servers.bare_endpoint import bare_endpoint
from tests.bench.servers.told import Told


async def app(told: Told) -> App:
    """The application."""
    return bare_endpoint(build_schema(), told.context)
