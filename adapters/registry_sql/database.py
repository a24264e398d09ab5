"""One co-op's registry database: ask it, and get rows or an `AdapterError`."""

from sqlalchemy import Table

from adapters.errors import Incomplete
from adapters.registry_sql.asking import Asking
from adapters.registry_sql.connections import Connections
from adapters.registry_sql.fields import Fields
from adapters.registry_sql.queries import ALIVE
from adapters.registry_sql.translation import translated


class Database:
    """The registry database of `system`, e.g. "hirosaki/registry"."""

    def __init__(self, system: str, connections: Connections) -> None:
        self.system = system
        self._connections = connections

    async def rows(self, table: Table, asking: Asking) -> list[Fields]:
        """The answer's rows, to be read as rows of `table`.

        Raises `Incomplete` when fewer arrived than the database says it sent: a row that is lost must not
        look like a member who does not exist.
        """
        with translated(self.system):
            rows, sent = await self._connections.ask(asking)
        if sent not in (-1, len(rows)):
            raise Incomplete(self.system, f"{table.name}: {len(rows)} of {sent} rows arrived")
        return [Fields(self.system, table, row) for row in rows]

    async def ping(self) -> None:
        """Ask for a constant."""
        with translated(self.system):
            await self._connections.ask((ALIVE, {}))

    async def close(self) -> None:
        """Let go of all connections."""
        await self._connections.close()
