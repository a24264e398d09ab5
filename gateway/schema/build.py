"""The one schema."""

from graphql import GraphQLError
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from gateway.execution import CompiledSchema, Limits
from gateway.schema import account_enums, enums, error_codes  # noqa: F401 - describe what fields use
from gateway.schema.cost import declare_costs
from gateway.schema.mutation import Mutation
from gateway.schema.query import Query
from gateway.schema.scalars import SCALARS
from gateway.schema.user_errors import USER_ERRORS


class GatewaySchema(CompiledSchema):
    """A schema whose errors are logged by the endpoint, which knows what may be said of them."""

    def process_errors(
        self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None
    ) -> None:
        """Takes away what would tell names that exist; Strawberry itself does so for fields only."""
        if self.config.disable_field_suggestions:
            for error in errors:
                error.message = error.message.partition(" Did you mean ")[0]


def build_schema(*, suggestions: bool = True, compiled: bool = True) -> GatewaySchema:
    """The schema; `suggestions` is whether an error may name fields that exist, `compiled` how it is executed."""
    schema = GatewaySchema(
        query=Query,
        mutation=Mutation,
        types=USER_ERRORS,
        config=StrawberryConfig(scalar_map=SCALARS, disable_field_suggestions=not suggestions),
        limits=Limits() if compiled else Limits(compile_after=None),
        keeps_dates=True,
    )
    declare_costs(schema)
    return schema


def printed_schema() -> str:
    """The contract as `schema.graphql` holds it."""
    return build_schema().as_str() + "\n"
