"""The very types and resolvers of the Strawberry server, executed by `gateway.execution` in a bare ASGI endpoint."""

from functools import partial

from gateway.execution import CompiledSchema
from tests.bench.asgi import App
from tests.bench.servers.bare_endpoint import bare_endpoint
from tests.bench.servers.plain.asking import askers
from tests.bench.servers.plain.schema import plain_schema
from tests.bench.servers.told import Told


async def app(told: Told) -> App:
    """The application."""
    return bare_endpoint(plain_schema(partial(CompiledSchema, keeps_dates=True)), await askers(told))
