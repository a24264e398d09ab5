"""Requests that leave at a rate whatever becomes of those before; a refusal is an answer, too."""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import cycle
from time import perf_counter
from typing import NamedTuple, cast

from tests.bench.load import BadAnswer, Connection

MOST_CONNECTIONS = 600
"""More than a gateway has places for requests in progress and in line. They are opened as they are needed."""
PATIENCE = 10.0
"""Seconds that requests under way get to end once no more leave."""
_REFUSED = b'"code":"OVERLOADED"'


class Outcome(Enum):
    """What a request came to. FAILED had begun, and ran out of time."""

    SERVED = "served"
    REFUSED = "refused"
    FAILED = "failed"


class Answered(NamedTuple):
    """A request: when it was meant to leave (seconds from the beginning), how long its answer took from then."""

    asked_at: float
    latency: float
    outcome: Outcome


@dataclass(slots=True)
class Offered:
    """What became of the requests of some seconds."""

    rate: float
    seconds: float
    answers: list[Answered] = field(default_factory=list)

    def latencies(self, outcome: Outcome) -> list[float]:
        """Of those that came to this, in seconds."""
        return [each.latency for each in self.answers if each.outcome is outcome]

    def p99_by_second(self) -> list[float]:
        """Of those served that were asked in the first second, in the second one …"""
        seconds: list[list[float]] = [[] for _ in range(int(self.seconds))]
        for each in self.answers:
            if each.outcome is Outcome.SERVED and each.asked_at < len(seconds):
                seconds[int(each.asked_at)].append(each.latency)
        return [sorted(latencies)[int(len(latencies) * 0.99)] for latencies in seconds if latencies]


class Patron(Connection):
    """A connection that takes no for an answer."""

    outcome = Outcome.SERVED
    gone = False

    def connection_lost(self, exc: Exception | None) -> None:
        """The gateway closes connections that rest for a while."""
        self.gone = True
        super().connection_lost(exc)

    def judge(self, answer: bytearray) -> None:
        """Notes what the request came to."""
        super().judge(answer)
        if self.failure is None:
            self.outcome = Outcome.SERVED
        else:
            self.outcome = Outcome.REFUSED if _REFUSED in answer else Outcome.FAILED
            self.failure = None


async def offered(port: int, requests: Sequence[bytes], rate: float, seconds: float) -> Offered:
    """So many requests a second, evenly. Raises `BadAnswer` when the server hangs up."""
    crowd = _Crowd(port, requests, Offered(rate, seconds))
    asked = int(rate * seconds)
    for place in range(asked):
        since = crowd.begun + place / rate
        await asyncio.sleep(max(0.0, since - perf_counter()))
        await crowd.ask(since)
    async with asyncio.timeout(PATIENCE):
        while len(crowd.seen.answers) < asked:
            await asyncio.sleep(0.01)
            crowd.raise_failures()
    await crowd.leave()
    return crowd.seen


class _Crowd:
    """The connections, as many as are needed."""

    def __init__(self, port: int, requests: Sequence[bytes], seen: Offered) -> None:
        self.seen = seen
        self.begun = perf_counter()
        self._port = port
        self._requests = cycle(requests)
        self._patrons: list[Patron] = []
        self._idle: deque[Patron] = deque()
        self._late: deque[float] = deque()

    async def ask(self, since: float) -> None:
        """Sends the next request, which was meant to leave at that time."""
        patron = await self._free()
        if patron is None:
            self._late.append(since)
        else:
            patron.ask(next(self._requests), since)
        self.raise_failures()

    def raise_failures(self) -> None:
        """Raises `BadAnswer` if there was any."""
        for patron in self._patrons:
            if patron.failure is not None:
                raise BadAnswer(str(patron.failure)) from patron.failure

    async def leave(self) -> None:
        """Hangs up, and waits until the gateway has noticed."""
        for patron in self._patrons:
            patron.close()
        await asyncio.sleep(0.05)

    async def _free(self) -> Patron | None:
        while self._idle:
            patron = self._idle.pop()  # the one that has rested least
            if not patron.gone:
                return patron
        if len(self._patrons) == MOST_CONNECTIONS:
            return None
        loop = asyncio.get_running_loop()
        _, patron = await loop.create_connection(lambda: Patron(self._answered), "127.0.0.1", self._port)
        self._patrons.append(patron)
        return patron

    def _answered(self, connection: Connection, since: float) -> None:
        patron = cast(Patron, connection)
        self.seen.answers.append(Answered(since - self.begun, perf_counter() - since, patron.outcome))
        if self._late:
            patron.ask(next(self._requests), self._late.popleft())
        else:
            self._idle.append(patron)
