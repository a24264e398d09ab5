"""Gateways and workers as an operator runs them: processes of their own, on one database."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from signal import SIGKILL

from gateway.demo.processes import Child, Children
from gateway.demo.program import python_program


@dataclass(frozen=True, slots=True)
class Fleet:
    """Starts and ends them. `environment` holds their settings, `GATEWAY_DATABASE_URL` among them."""

    children: Children
    environment: Mapping[str, str]

    async def gateway(self, name: str, port: int = 0) -> Child:
        """A gateway that is ready; `announced["port"]` says where, on a free port where none is given."""
        environment = {**self.environment, "GATEWAY_PORT": str(port)}
        return await self.children.start(python_program(name, "gateway", "serve", environment=environment))

    async def worker(self, name: str) -> Child:
        """A worker that is ready."""
        return await self.children.start(
            python_program(name, "gateway", "worker", environment=self.environment)
        )

    async def kill(self, child: Child) -> None:
        """Ends it as a machine that loses its power does."""
        os.killpg(child.pid, SIGKILL)
        await asyncio.wait({child.ended})
        await self.children.stop(child)

    async def end(self, child: Child) -> None:
        """Asks it to end, and waits until it has."""
        await self.children.stop(child)
