"""The membership registry (組合員台帳) in any SQL database that SQLAlchemy reaches; only ever read.

How to point it at a co-op's own database: docs/operators/connect-a-registry.md.
"""

from dataclasses import dataclass, field

from adapters.ports import MemberRegistry
from adapters.registry_sql.connections import open_connections
from adapters.registry_sql.database import Database
from adapters.registry_sql.registry import SqlRegistry
from adapters.registry_sql.urls import UnusableUrl
from adapters.upstream import Policy, Upstream

__all__ = ["RegistrySqlConfig", "UnusableUrl", "connect"]


@dataclass(frozen=True, slots=True)
class RegistrySqlConfig:
    """Where the registry is, as a database URL (it has a password, so not in `repr`), and its limits."""

    url: str = field(repr=False)
    policy: Policy


def connect(name: str, config: RegistrySqlConfig) -> MemberRegistry:
    """The registry called `name` (`hirosaki/registry`); connects when first asked. Raises `UnusableUrl`."""
    policy = config.policy
    connections = open_connections(config.url, policy.max_connections, policy.timeout_seconds)
    return SqlRegistry(Database(name, connections), Upstream(name, policy))
