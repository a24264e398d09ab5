"""What every operation passes before it runs: limits first, then parsing and validating once a document."""

from collections.abc import Iterator
from functools import partial

from graphql import ASTValidationRule, DocumentNode, GraphQLError, OperationDefinitionNode
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaxTokensLimiter,
    ParserCache,
    SchemaExtension,
    ValidationCache,
)

from gateway.http.operation_size import size_limit
from gateway.schema.build import Extension
from gateway.settings import Settings

DOCUMENTS_KEPT = 500
"""Parsed and validated documents a process keeps."""


def operation_checks(settings: Settings) -> list[Extension]:
    """Strawberry's extensions for these settings."""
    # Made once: the validation cache tells documents apart by their rules too, and a rule of each request's own
    # would never be found in it again.
    rules: list[type[ASTValidationRule]] = [size_limit(settings.max_depth, settings.max_aliases)]
    checks: list[Extension] = [
        partial(MaxTokensLimiter, max_token_count=settings.max_tokens),
        partial(AddValidationRules, rules),
        partial(ParserCache, maxsize=DOCUMENTS_KEPT),
        partial(ValidationCache, maxsize=DOCUMENTS_KEPT),
        OneOperation,
    ]
    return checks if settings.introspection else [*checks, DisableIntrospection]


class OneOperation(SchemaExtension):
    """Refuses to choose: Strawberry would run the first of several operations when none is named."""

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        document = context.graphql_document
        # Its public operation_name is that of the first operation when the request named none.
        if document and context._provided_operation_name is None and len(_operations(document)) > 1:
            raise GraphQLError("Must provide operation name if query contains multiple operations.")
        yield


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
