"""The settings of what one operation may ask for: the part of `gateway.settings` that a check of documents needs."""

from enum import Enum
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "GATEWAY_"

Count = Annotated[int, Field(ge=1)]


class Limits(Enum):
    """ENFORCE refuses what is beyond a limit; MEASURE logs it and answers all the same."""

    ENFORCE = "enforce"
    MEASURE = "measure"


class LimitSettings(BaseSettings):
    """How much an operation may be: `max_depth` is GATEWAY_MAX_DEPTH, and so on (docs/security.md says why)."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, validate_by_name=True, validate_default=True
    )

    limits: Limits = Limits.ENFORCE

    max_tokens: Count = 1000
    """Of a document that a client sends; those from manifests are as long as they are."""
    max_depth: Count = 12
    max_height: Count = 200
    """Fields, merged as they are answered, wherever a fragment puts them."""
    max_repetitions: Count = 100
    """Fields that are named again under the same name at the same place."""
    max_aliases: Count = 30
    max_root_fields: Count = 20
    max_directives: Count = 50
    max_mutations: Count = 4
    max_validation_errors: Count = 20

    max_variable_bytes: Count = 50_000
    max_variable_items: Count = 1000
    """Of one list among the variables."""
    max_variable_depth: Annotated[int, Field(ge=1, le=200)] = 8

    max_nodes: Count = 5000
    """Objects that the lists of an answer may hold together, by the estimate."""
    max_cost: Count = 10_000
    """By the estimate (`gateway.http.cost.estimates`)."""
