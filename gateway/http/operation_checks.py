"""What every operation passes before it runs: limits first, then parsing and validating once a document."""

from functools import partial

from graphql import ASTValidationRule
from strawberry.extensions import (
    AddValidationRules,
    DisableIntrospection,
    MaxTokensLimiter,
    ParserCache,
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
    ]
    return checks if settings.introspection else [*checks, DisableIntrospection]
