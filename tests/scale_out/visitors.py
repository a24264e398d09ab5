"""Members who ask all the time, and what became of every request."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from tests.scale_out.haproxy import SERVED_BY

AT_ONCE = 8
CONNECTION_LOST = "connection lost"
BALANCE = "{ viewer { member { number pico { prepaidBalance } } } }"
EXPECTED = {"viewer": {"member": {"number": "210100000001", "pico": {"prepaidBalance": 4350}}}}


@dataclass
class Visitors:
    """Each asks again as soon as it is answered. `answered` counts right answers by gateway, `failed` the others."""

    client: httpx.AsyncClient
    token: str
    answered: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    _news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[None]:
        """All of them, for as long as the block lasts."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._ask_on()) for _ in range(AT_ONCE)]
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()

    async def answered_by(self, gateway: str, times: int) -> None:
        """Waits until this gateway has given so many more right answers."""
        wanted = self.answered[gateway] + times
        await self._until(lambda: self.answered[gateway] >= wanted)

    async def answered_again(self, times: int) -> None:
        """Waits for so many more right answers, whoever gives them."""
        wanted = self.answered.total() + times
        await self._until(lambda: self.answered.total() >= wanted)

    async def _until(self, true: Callable[[], bool]) -> None:
        async with asyncio.timeout(60), self._news:
            await self._news.wait_for(true)

    async def _ask_on(self) -> None:
        while True:
            await self._ask()
            async with self._news:
                self._news.notify_all()

    async def _ask(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}"}
        try:
            answer = await self.client.post("/graphql", json={"query": BALANCE}, headers=headers)
        except httpx.TransportError:
            self.failed.append(CONNECTION_LOST)
            return
        if answer.status_code == httpx.codes.OK and answer.json()["data"] == EXPECTED:
            self.answered[answer.headers[SERVED_BY]] += 1
        else:
            self.failed.append(f"{answer.status_code} {answer.text}")
