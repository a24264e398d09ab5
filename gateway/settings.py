"""The settings of one process, from environment variables that begin with `GATEWAY_`, read at the start."""

import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
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
from pydantic_settings import NoDecode

from gateway.cannot_start import CannotStart
from gateway.limit_settings import PREFIX as _PREFIX
from gateway.limit_settings import Count, LimitSettings
from gateway.mistakes import did_you_mean, known_values, what_is_wrong

_SHORTEST_SIGNING_KEY = 32
_DATABASE_DRIVER = "postgresql+asyncpg"
_DATABASE_SCHEMES = ("postgresql", _DATABASE_DRIVER)
_FOLLOWS_FROM_ANOTHER = "default_factory_not_called"
_REMEDIES = {
    "GATEWAY_DATABASE_URL": (
        "Set it to the PostgreSQL database of the gateway; `make run` brings one of its own."
    ),
    "GATEWAY_DOCUMENTS_DIR": (
        "Put the manifests of your clients into a directory and name it here, or set GATEWAY_DOCUMENTS=off to run"
        " whatever is asked."
    ),
    "GATEWAY_SIGNING_KEY": 'Make one with: python -c "import secrets; print(secrets.token_hex(32))"',
}
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")
_TWO_YEARS = 63_072_000


class Mode(Enum):
    """DEVELOPMENT is at ease; PRODUCTION insists on a signing key and hides what only developers need."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class DocumentMode(Enum):
    """ONLY operations from manifests are run; LOG_UNKNOWN runs others and logs them; OFF runs any."""

    ONLY = "only"
    LOG_UNKNOWN = "log_unknown"
    OFF = "off"


class SettingsErrors(CannotStart):
    """The environment cannot be used. `problems` has a sentence for each mistake, naming its variable."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


def _in_development(already_read: dict[str, Any]) -> bool:
    return already_read.get("mode") is not Mode.PRODUCTION


def _only_in_production(value: int) -> Callable[[dict[str, Any]], int]:
    """A default that is 0, which is none, in development."""
    return lambda already_read: 0 if _in_development(already_read) else value


def _by_mode(already_read: dict[str, Any]) -> DocumentMode:
    return DocumentMode.OFF if _in_development(already_read) else DocumentMode.ONLY


class Settings(LimitSettings):
    """Every setting: `port` is GATEWAY_PORT, and so on. docs/operators/configure.md explains each."""

    mode: Mode = Mode.DEVELOPMENT
    database_url: SecretStr
    signing_key: SecretStr = SecretStr("")
    """Signs, and seals what must be had back, such as the secrets of authenticator apps (`gateway.accounts.vault`).

    Made anew at each start in development.
    """
    former_signing_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    """Keys that sign and seal no more: what they have signed and sealed is still understood."""
    coops_dir: Path = Path(__file__).parent / "coops"

    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65_535, validation_alias=AliasChoices("GATEWAY_PORT", "PORT"))
    deadline_seconds: float = Field(default=5.0, gt=0, le=60)
    """The longest one request may take."""
    drain_seconds: float = Field(default_factory=_only_in_production(5), ge=0, le=60)
    """How long a process that is told to end goes on serving, while it says that it is not ready."""

    session_idle_minutes: Count = 60
    session_absolute_hours: Count = 24
    password_threads: Count = 2

    graphiql: bool = Field(default_factory=_in_development)
    graphiql_accounts: Path | None = None
    """A JSON file of accounts that GraphiQL offers to sign in with."""
    introspection: bool = Field(default_factory=_in_development)

    documents: DocumentMode = Field(default_factory=_by_mode)
    documents_dir: Path | None = None
    """The manifests of our own clients (`gateway.http.documents`)."""

    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Where web frontends of another origin are served, such as https://mypage.example.jp; several with commas."""
    hsts_seconds: int = Field(default_factory=_only_in_production(_TWO_YEARS), ge=0)

    address_requests_per_second: float = Field(default_factory=_only_in_production(200), ge=0)
    """What one address may ask for in the long run; 0 is no limit. Together with the burst, for this process."""
    address_requests_burst: Count = 1000
    address_cost_per_second: float = Field(default_factory=_only_in_production(2000), ge=0)
    """The same for what operations cost, of those who are not signed in."""
    address_cost_burst: Count = 100_000
    viewer_cost_per_second: float = Field(default_factory=_only_in_production(500), ge=0)
    """The same of one who is signed in."""
    viewer_cost_burst: Count = 20_000

    draft_statuses: bool = False
    """The HTTP statuses of GraphQL over HTTP's newest draft: 294 for partial data, 422 for what does not validate."""

    max_body_bytes: Count = 100_000

    max_requests_in_progress: Count = 64
    """Of this process."""
    max_requests_held_up: int = Field(default=192, ge=0)
    """So many more are let in while the process has little to do: those in progress then wait for legacy systems."""
    max_requests_waiting: int = Field(default=32, ge=0)
    """In line behind those in progress; one more is refused."""
    max_waiting_seconds: float = Field(default=1.0, gt=0, le=60)
    max_connections: Count = 1000
    """To this process; one more is refused."""

    pdf_font: Path = Path("/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf")
    """A TrueType font with Japanese; PDFs are set in it, and there are none without it."""

    compile_operations: bool = True
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

    @property
    def signing_keys(self) -> tuple[str, ...]:
        """The key that is used, and then those that are still understood."""
        return tuple(key.get_secret_value() for key in (self.signing_key, *self.former_signing_keys))

    @field_validator("former_signing_keys", mode="before")
    @classmethod
    def _is_one_key_or_several(cls, keys: str | tuple[SecretStr, ...]) -> object:
        return _one_or_several(keys) if isinstance(keys, str) else keys

    @field_validator("documents_dir")
    @classmethod
    def _is_there_when_needed(cls, directory: Path | None, info: ValidationInfo) -> Path | None:
        # Beside a mistake in another setting, those that follow from others have no value yet.
        documents = info.data.get("documents") or _by_mode(info.data)
        if directory is None and documents is not DocumentMode.OFF:
            raise ValueError("is missing, and only documents from manifests are to be run")
        return directory

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _are_origins(cls, origins: str | tuple[str, ...]) -> tuple[str, ...]:
        listed = _listed(origins) if isinstance(origins, str) else origins
        if not all(_ORIGIN.fullmatch(each) for each in listed):
            raise ValueError("must be origins such as https://mypage.example.jp, with commas between them")
        return listed

    @field_validator("graphiql_accounts")
    @classmethod
    def _are_for_development(cls, accounts: Path | None, info: ValidationInfo) -> Path | None:
        if accounts is not None and not _in_development(info.data):
            raise ValueError("must not be set in production")
        return accounts


def _one_or_several(text: str) -> object:
    """A JSON list of keys, or one key as it stands."""
    try:
        return json.loads(text) if text.startswith("[") else (text,)
    except json.JSONDecodeError:
        raise ValueError('must be one key, or a list such as ["…", "…"]') from None


def _listed(text: str) -> tuple[str, ...]:
    """What stands between commas."""
    return tuple(each.strip() for each in text.split(",") if each.strip())


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
