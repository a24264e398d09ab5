"""The same schema, from its SDL, on Ariadne."""

from typing import Any

from ariadne import EnumType, ObjectType, ScalarType, make_executable_schema
from ariadne.asgi import GraphQL

from tests.bench.asgi import App
from tests.bench.servers.plain.asking import askers
from tests.bench.servers.resolvers import ENUMS, RESOLVERS, SCALARS
from tests.bench.servers.told import Told


async def app(told: Told) -> App:
    """The application."""
    asker_of = await askers(told)
    objects = [ObjectType(name) for name in RESOLVERS]
    for each in objects:
        for field, resolver in RESOLVERS[each.name].items():
            each.set_field(field, resolver)
    enums = [EnumType(name, values) for name, values in ENUMS.items()]
    scalars = [ScalarType(name, serializer=serializer) for name, serializer in SCALARS.items()]
    schema = make_executable_schema(told.schema, *objects, *enums, *scalars, convert_names_case=True)

    def context(request: Any, _: Any = None) -> Any:
        return asker_of(request.headers["authorization"].encode())

    return GraphQL(schema, context_value=context)
