"""The legacy systems of a co-op: which adapter speaks to each, where it is, and how hard it may be asked.

Secrets never stand in the file. It names environment variables, and those are read at start-up.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from gateway.coop_config.parts import Part, Text, spelled

if TYPE_CHECKING:
    from gateway.coop import Coop

EnvironmentName = Annotated[
    str, spelled(r"[A-Z][A-Z0-9_]*", "the name of an environment variable, such as HIROSAKI_POS_KEY")
]
_ADDRESS = r"[a-z][a-z0-9+.-]*://\S+"
_ADDRESS_MEANS = "an address with its protocol, such as http://127.0.0.1:8101"
SystemUrl = Annotated[str, spelled(_ADDRESS, _ADDRESS_MEANS)]
Environment = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AdapterKeys:
    """Which of `key_env`, `username_env`, `password_env` and `terminal` an adapter needs, and may have."""

    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()


Adapters = Mapping[str, Mapping[str, AdapterKeys]]
"""The adapters there are: by port, by name."""


class Limits(Part):
    """How a system is protected: the numbers of its one calling policy (`adapters.upstream.Policy`)."""

    timeout_seconds: float = Field(gt=0, le=60)
    max_connections: int = Field(ge=1, le=1000)
    max_concurrent_calls: int = Field(ge=1, le=1000)
    max_waiting: int = Field(ge=0, le=100_000)
    batch_limit: int = Field(ge=1, le=1000)
    max_batch_calls: int = Field(ge=1, le=100)
    gather_seconds: float = Field(ge=0, le=1)
    retries: int = Field(ge=0, le=5)
    breaker_failures: int = Field(ge=1, le=1000)
    breaker_seconds: float = Field(gt=0, le=3600)
    snapshot_entries: int = Field(ge=1, le=10_000_000)
    snapshot_seconds: float = Field(gt=0, le=31 * 86_400)
    fresh_seconds: float = Field(ge=0, le=3600)


class SystemConfig(Part):
    """One legacy system. `url` stands unless the variable named by `url_env` is set."""

    adapter: Text
    url: SystemUrl
    url_env: EnvironmentName | None = None
    key_env: EnvironmentName | None = None
    username_env: EnvironmentName | None = None
    password_env: EnvironmentName | None = None
    terminal: Text | None = None
    limits: Limits

    @field_validator("url")
    @classmethod
    def _holds_no_password(cls, url: str) -> str:
        if urlsplit(url).password is not None:
            raise ValueError(
                "has a password in it; write it without, and set the variable that `url_env` names"
            )
        return url

    def url_in(self, environment: Environment) -> str:
        """Where the system is: the variable named by `url_env` where it is set, else `url`."""
        return environment.get(self.url_env or "") or self.url

    def key_in(self, environment: Environment) -> SecretStr | None:
        """The key, or None where the system wants none. `start_up_problems` has been asked before."""
        return _secret(self.key_env, environment)

    def username_in(self, environment: Environment) -> SecretStr | None:
        """The user name, or None where the system wants none."""
        return _secret(self.username_env, environment)

    def password_in(self, environment: Environment) -> SecretStr | None:
        """The password, or None where the system wants none."""
        return _secret(self.password_env, environment)

    def secret_names(self) -> tuple[str, ...]:
        """The environment variables that must be set."""
        return tuple(name for name in (self.key_env, self.username_env, self.password_env) if name)


class SystemsConfig(Part):
    """The systems behind the four ports. A co-op without Pico and meal card has no POS."""

    registry: SystemConfig
    pos: SystemConfig | None = None
    notices: SystemConfig
    mailer: SystemConfig

    def by_port(self) -> dict[str, SystemConfig]:
        """The systems there are, by the name of their port."""
        systems = {"registry": self.registry, "pos": self.pos, "notices": self.notices, "mailer": self.mailer}
        return {port: system for port, system in systems.items() if system is not None}


def start_up_problems(
    coops: Iterable["Coop"], environment: Environment, deadline_seconds: float
) -> tuple[str, ...]:
    """One sentence for each thing that keeps a process from starting although every file is right."""
    coops = tuple(coops)
    return (
        *missing_variables(coops, environment),
        *_wrong_addresses(coops, environment),
        *late_timeouts(coops, deadline_seconds),
    )


def missing_variables(coops: Iterable["Coop"], environment: Environment) -> tuple[str, ...]:
    """One sentence for each secret that a co-op's file names and the environment does not hold."""
    return tuple(
        f"{name} is not set: the {port} system of {coop.code} needs it. Set it in this process's environment."
        for coop in coops
        for port, system in coop.systems.by_port().items()
        for name in system.secret_names()
        if not environment.get(name)
    )


def late_timeouts(coops: Iterable["Coop"], deadline_seconds: float) -> tuple[str, ...]:
    """One sentence for each system that may take as long as a request: its circuit would never open.

    No request waits for the mailer.
    """
    return tuple(
        f"systems.{port}.limits.timeout_seconds of {coop.code} is not below GATEWAY_DEADLINE_SECONDS"
        f" ({deadline_seconds:g}). Lower the one or raise the other."
        for coop in coops
        for port, system in coop.systems.by_port().items()
        if port != "mailer" and system.limits.timeout_seconds >= deadline_seconds
    )


def _wrong_addresses(coops: Iterable["Coop"], environment: Environment) -> Iterator[str]:
    """An address may hold a password, so it is not repeated."""
    for coop in coops:
        for port, system in coop.systems.by_port().items():
            if not re.fullmatch(_ADDRESS, system.url_in(environment)):
                yield f"{system.url_env} must be {_ADDRESS_MEANS}: the {port} system of {coop.code} is there."


def _secret(name: str | None, environment: Environment) -> SecretStr | None:
    return SecretStr(environment[name]) if name else None
