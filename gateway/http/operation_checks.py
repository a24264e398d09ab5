"""What every operation passes before it runs: limits first, then parsing and validating once a document."""

from functools import partial

from strawberry.extensions import (
    DisableIntrospection,
    MaxAliasesLimiter,
    MaxTokensLimiter,
    ParserCache,
    QueryDepthLimiter,
    ValidationCache,
)

from gateway.schema.build import Extension
from gateway.settings import Settings

DOCUMENTS_KEPT = 500
"""Parsed and validated documents a process keeps."""


def operation_checks(settings: Settings) -> list[Extension]:
    """Strawberry's extensions for these settings."""
    checks: list[Extension] = [
        partial(MaxTokensLimiter, max_token_count=settings.max_tokens),
        partial(MaxAliasesLimiter, max_alias_count=settings.max_aliases),
        partial(QueryDepthLimiter, max_depth=settings.max_depth),
        partial(ParserCache, maxsize=DOCUMENTS_KEPT),
        partial(ValidationCache, maxsize=DOCUMENTS_KEPT),
    ]
    return checks if settings.introspection else [*checks, DisableIntrospection]
