"""The same schema, from its SDL, on graphql-core alone, as its documentation has it."""

from typing import Any, cast

import orjson
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLScalarType, build_schema, graphql

from tests.bench.asgi import App, Receive, Scope, Send, body_of, respond
from tests.bench.servers.plain.asking import askers
from tests.bench.servers.resolvers import ENUMS, RESOLVERS, SCALARS, attribute
from tests.bench.servers.told import Told, authorization


async def app(told: Told) -> App:
    """The application."""
    asker_of = await askers(told)
    schema = build_schema(told.schema)
    for name, resolvers in RESOLVERS.items():
        fields = cast(GraphQLObjectType, schema.get_type(name)).fields
        for field, resolver in resolvers.items():
            fields[field].resolve = resolver
    for name, members in ENUMS.items():
        for value, definition in cast(GraphQLEnumType, schema.get_type(name)).values.items():
            definition.value = members[value]
    for name, serializer in SCALARS.items():
        cast(GraphQLScalarType, schema.get_type(name)).coerce_output_value = serializer

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = orjson.loads(await body_of(receive))
        result = await graphql(
            schema,
            asked["query"],
            context_value=asker_of(authorization(scope)),
            variable_values=asked.get("variables"),
            field_resolver=cast(Any, attribute),
        )
        await respond(send, 200, b"application/json", orjson.dumps(result.formatted))

    return answer
