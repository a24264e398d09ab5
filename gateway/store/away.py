"""The database away, or stuck: what its driver raises then is translated with this, and with nothing else."""

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa
import structlog

from gateway.errors import ServiceUnavailable

log = structlog.get_logger("gateway.store")

LOST = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What the driver raises when a connection is no good, or about to be lost."""
AWAY = (*LOST, sa.exc.TimeoutError, asyncpg.PostgresError)
"""What is not wrapped by SQLAlchemy, or is no fault of a statement."""
CANNOT_CONNECT = (*AWAY, sa.exc.DBAPIError)


def reported(error: Exception) -> ServiceUnavailable:
    """What to raise instead, once the log says why."""
    log.error("database_unavailable", error=type(error).__name__)
    return ServiceUnavailable()
