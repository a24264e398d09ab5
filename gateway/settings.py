"""The settings of one process, from environment variables that begin with `GATEWAY_`, read at the start."""

import os
import secrets
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from gateway.cannot_start import CannotStart
from gateway.mistakes import did_you_mean, known_values, what_is_wrong

_PREFIX = "GATEWAY_"
_SHORTEST_SIGNING_KEY = 32
_DATABASE_DRIVER = "postgresql+asyncpg"
_DATABASE_SCHEMES = ("postgresql", _DATABASE_DRIVER)
_FOLLOWS_FROM_ANOTHER = "default_factory_not_called"
_REMEDIES = {
    "GATEWAY_DATABASE_URL": (
        "Set it to the PostgreSQL database of the gateway; `make run` brings one of its own."
    ),
    "GATEWAY_SIGNING_KEY": 'Make one with: python -c "import secrets; print(secrets.token_hex(32))"',
}

Count = Annotated[int, Field(ge=1)]


class Mode(Enum):
    """DEVELOPMENT is at ease; PRODUCTION insists on a signing key and hides what only developers need."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SettingsErrors(CannotStart):
    """The environment cannot be used. `problems` has a sentence for each mistake, naming its variable."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _in_development(already_read: dict[str, Any]) -> bool:
    return already_read.get("mode") is not Mode.PRODUCTION


class Settings(BaseSettings):
    """Every setting: `port` is GATEWAY_PORT, and so on. docs/operators/configure.md explains each."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, frozen=True, validate_by_name=True, validate_default=True
    )

    mode: Mode = Mode.DEVELOPMENT
    database_url: SecretStr
    signing_key: SecretStr = SecretStr("")
    """Signs, and seals what must be had back, such as the secrets of authenticator apps (`gateway.accounts.vault`).

    Made anew at each start in development.
    """
    coops_dir: Path = Path(__file__).parent / "coops"

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535, validation_alias=AliasChoices("GATEWAY_PORT", "PORT"))
    deadline_seconds: float = Field(default=5.0, gt=0, le=60)
    """The longest one request may take."""

    session_idle_minutes: Count = 60
    session_absolute_hours: Count = 24
    password_threads: Count = 2

    graphiql: bool = Field(default_factory=_in_development)
    graphiql_accounts: Path | None = None
    """A JSON file of accounts that GraphiQL offers to sign in with."""
    introspection: bool = Field(default_factory=_in_development)

    draft_statuses: bool = False
    """The HTTP statuses of GraphQL over HTTP's newest draft: 294 for partial data, 422 for what does not validate."""

    max_body_bytes: Count = 100_000
    max_tokens: Count = 1000
    max_depth: Count = 12
    max_aliases: Count = 30

    compile_operations: bool = False
    """Executes operations compiled to Python (gateway/execution/README.md)."""

    @field_validator("database_url")
    @classmethod
    def _is_postgresql(cls, url: SecretStr) -> SecretStr:
        scheme, _, rest = url.get_secret_value().partition("://")
        if scheme not in _DATABASE_SCHEMES:
            raise ValueError("must be an address such as postgresql://user:password@host/database")
        return SecretStr(f"{_DATABASE_DRIVER}://{rest}")

    @field_validator("signing_key")
    @classmethod
    def _is_long_enough(cls, key: SecretStr, info: ValidationInfo) -> SecretStr:
        if not key and _in_development(info.data):
            return SecretStr(secrets.token_hex(_SHORTEST_SIGNING_KEY))
        if not key:
            raise ValueError("is missing, and production needs it")
        if len(key) < _SHORTEST_SIGNING_KEY:
            raise ValueError(f"must have {_SHORTEST_SIGNING_KEY} characters or more")
        return key

    @field_validator("graphiql_accounts")
    @classmethod
    def _are_for_development(cls, accounts: Path | None, info: ValidationInfo) -> Path | None:
        if accounts is not None and not _in_development(info.data):
            raise ValueError("must not be set in production")
        return accounts


def read_settings() -> Settings:
    """The settings from this process's environment; raises `SettingsErrors` with every mistake."""
    problems = list(_unknown_variables())
    try:
        settings = Settings()
    except ValidationError as invalid:
        problems += [_problem(error) for error in invalid.errors() if error["type"] != _FOLLOWS_FROM_ANOTHER]
        raise SettingsErrors(problems) from None
    if problems:
        raise SettingsErrors(problems)
    return settings


def _unknown_variables() -> Iterator[str]:
    known = [_variable(name) for name in Settings.model_fields]
    for name in sorted(os.environ):
        if name.startswith(_PREFIX) and name not in known:
            yield f"{name} is not a known setting. {did_you_mean(name, known)}"


def _problem(error: ErrorDetails) -> str:
    name = _variable(str(error["loc"][0]))
    remedy = known_values(error) or _REMEDIES.get(name, "")
    return f"{name} {what_is_wrong(error)}. {remedy}".rstrip()


def _variable(field: str) -> str:
    """The variable of a field. That of the port has two names, and its mistakes come under the first."""
    if field == "GATEWAY_PORT":
        return field if field in os.environ else "PORT"
    return f"{_PREFIX}{field.upper()}"
