"""People who ask as always while somebody attacks."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

QUESTION = "{ coops { code } }"
ANSWER = {"data": {"coops": [{"code": "hirosaki"}, {"code": "hokkaido"}]}}


@dataclass
class Bystander:
    """Asks again as soon as it is answered. `waits` are the seconds of the right answers, `failed` the others."""

    client: httpx.AsyncClient
    waits: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    async def ask(self) -> None:
        """Once."""
        began = time.perf_counter()
        try:
            answer = await self.client.post("/graphql", json={"query": QUESTION})
        except httpx.TransportError as error:
            self.failed.append(repr(error))
            return
        self.waits.append(time.perf_counter() - began)
        if answer.json() != ANSWER:
            self.failed.append(answer.text)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """For as long as the block lasts, and at least once."""
        task = asyncio.create_task(self._ask_on())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})
            await self.ask()

    async def _ask_on(self) -> None:
        while True:
            await self.ask()
