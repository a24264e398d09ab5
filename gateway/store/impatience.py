"""Letting go of a database that is stuck."""

import asyncpg  # type: ignore[import-untyped]

LETTING_GO_SECONDS = 0.2
"""A database that is well takes some milliseconds to end a statement that nobody waits for any more."""


class ImpatientConnection(asyncpg.Connection):  # type: ignore[misc]
    """A connection that is soon broken off when it cannot be closed in peace.

    SQLAlchemy closes it so when a statement is given up, and would wait for two seconds; whoever gave the statement up
    waits as long.
    """

    async def close(self, *, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as asyncpg has it
        """Closes it. `timeout` is in seconds; without one it takes what it takes."""
        await super().close(timeout=None if timeout is None else min(timeout, LETTING_GO_SECONDS))
