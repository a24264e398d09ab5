"""What every document passes before an operation of it is run, once: limits, then parsing, validating and pricing."""

from collections.abc import Mapping

from graphql import (
    ASTValidationRule,
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLSchema,
    NoSchemaIntrospectionCustomRule,
)

from gateway.execution import CompiledSchema, Documents
from gateway.execution.prepared import operations_of
from gateway.http.cost.estimates import PricedOperation
from gateway.http.cost.pricing import Pricing
from gateway.http.document_size import size_excess
from gateway.http.limits import refuse, refuse_endless_numbers, tokens_excess
from gateway.limit_settings import Limits, LimitSettings
from gateway.settings import Settings

Prices = Mapping[str | None, PricedOperation]
"""What the operations of a document cost, by their names."""
FREE = PricedOperation(())


def prepared_documents(schema: CompiledSchema, settings: Settings) -> Documents[Prices]:
    """The cache of documents for these settings."""
    rules: list[type[ASTValidationRule]] = []
    if not settings.introspection:
        rules.append(NoSchemaIntrospectionCustomRule)
    pricing = Pricing(schema.core)

    def examine(document: DocumentNode, _: GraphQLSchema) -> Prices:
        return prices_of_operations(document, pricing, settings)

    return Documents(
        schema,
        check=lambda document: check_size(document, settings),
        examine=examine,
        rules=rules,
        max_tokens=settings.max_tokens if settings.limits is Limits.ENFORCE else None,
        max_errors=settings.max_validation_errors,
    )


def check_size(document: DocumentNode, limits: LimitSettings) -> None:
    """Refuses, or logs, a document that a client has sent and that is beyond a limit."""
    refuse_endless_numbers(document)
    refuse(tokens_excess(document, limits) or size_excess(document, limits), limits.limits)


def prices_of_operations(document: DocumentNode, pricing: Pricing, limits: LimitSettings) -> Prices:
    """The prices of each operation. One that is beyond the limits of size, and only measured, is not priced."""
    fragments = {
        each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)
    }
    beyond_measure = size_excess(document, limits) is not None
    return {
        each.name.value if each.name else None: FREE if beyond_measure else pricing.priced(each, fragments)
        for each in operations_of(document)
    }
