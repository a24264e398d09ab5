"""The load: connections that ask as fast as they are answered, or at a fixed rate whatever the answers do.

One thread on uvloop, requests made beforehand, answers looked at just enough to know that they are whole and good, so
that the generator takes a fraction of what any server takes. Where requests leave at a fixed rate, latency counts from
the moment a request was meant to leave, also when no connection was free for it (no coordinated omission).
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle
from time import perf_counter
from typing import cast

MOST_CONNECTIONS = 256
PATIENCE = 5.0
"""Seconds that requests under way get to end once no more leave."""

_END_OF_HEAD = b"\r\n\r\n"
_END_OF_CHUNKS = b"0\r\n\r\n"
_FAILED = b'"errors":[{'


class BadAnswer(Exception):
    """A server failed: what was measured is worth nothing."""


@dataclass(slots=True)
class Sample:
    """What one run brought: latencies in seconds, and how many requests were never answered.

    `late` answers came when connections that never rest had been told to.
    """

    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    unanswered: int = 0
    late: int = 0

    @property
    def answered(self) -> int:
        """What the server has done for it."""
        return len(self.latencies) + self.late

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, percent: float) -> float:
        """A latency in seconds; infinite where more than the rest was never answered."""
        place = int((len(self.latencies) + self.unanswered) * percent / 100)
        ordered = sorted(self.latencies)
        return ordered[place] if place < len(ordered) else float("inf")


Done = Callable[["Connection", float], None]


class Connection(asyncio.Protocol):
    """One kept connection: a request at a time, `done` with the moment from which its latency counts."""

    def __init__(self, done: Done) -> None:
        self._done = done
        self._since = 0.0
        self._answer = bytearray()
        self._end = 0
        self._transport: asyncio.Transport | None = None
        self.failure: Exception | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance

    def connection_lost(self, exc: Exception | None) -> None:
        if self._since:
            self.failure = exc or BadAnswer("a server hung up")

    def ask(self, request: bytes, since: float) -> None:
        """Sends a request."""
        assert self._transport is not None
        self._since, self._end = since, 0
        self._answer.clear()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        answer = self._answer
        answer += data
        if self._end == 0:
            head = answer.find(_END_OF_HEAD)
            if head < 0:
                return
            self._end = _end_of_body(bytes(answer[:head]).lower(), head + len(_END_OF_HEAD))
        if len(answer) < self._end or (self._end < 0 and not answer.endswith(_END_OF_CHUNKS)):
            return
        self.judge(answer)
        since, self._since = self._since, 0.0
        self._done(self, since)

    def judge(self, answer: bytearray) -> None:
        """Looks at a whole answer."""
        if not answer.startswith(b"HTTP/1.1 200") or _FAILED in answer:
            self.failure = BadAnswer(bytes(answer[:2000]).decode(errors="replace"))

    def close(self) -> None:
        """Hangs up."""
        if self._transport is not None:
            self._transport.close()


def _end_of_body(head: bytes, begins: int) -> int:
    """Where the answer ends, -1 for one in chunks."""
    _, named, rest = head.partition(b"content-length:")
    return begins + int(rest.split(b"\r\n", 1)[0]) if named else -1


async def each_once(port: int, requests: Sequence[bytes], connections: int = 4) -> None:
    """Every request once. Raises `BadAnswer`."""
    resting = asyncio.Queue[Connection]()

    def done(connection: Connection, _: float) -> None:
        resting.put_nowait(connection)

    async with _connected(port, connections, done) as connected:
        for connection in connected:
            resting.put_nowait(connection)
        for request in requests:
            (await resting.get()).ask(request, perf_counter())
            _raise_failures(connected)
        for _ in connected:
            await resting.get()
        _raise_failures(connected)


async def closed_loop(port: int, requests: Sequence[bytes], connections: int, seconds: float) -> Sample:
    """So many connections, each of which asks again as soon as it is answered. Raises `BadAnswer`."""
    sample, source = Sample(), cycle(requests)
    begun = perf_counter()
    ends = begun + seconds

    resting: list[Connection] = []

    def done(connection: Connection, since: float) -> None:
        now = perf_counter()
        if connection.failure is None and now < ends:
            sample.latencies.append(now - since)
            connection.ask(next(source), now)
        else:
            sample.late += 1
            resting.append(connection)

    async with _connected(port, connections, done) as connected:
        for connection in connected:
            connection.ask(next(source), perf_counter())
        await asyncio.sleep(ends - perf_counter())
        await _until(lambda: len(resting) == connections, connected)
    sample.seconds = seconds
    return sample


async def open_loop(port: int, requests: Sequence[bytes], rate: float, seconds: float) -> Sample:
    """So many requests a second, evenly. Raises `BadAnswer`."""
    sample, source = Sample(), cycle(requests)
    waiting: deque[float] = deque()
    idle: deque[Connection] = deque()

    def done(connection: Connection, since: float) -> None:
        sample.latencies.append(perf_counter() - since)
        if waiting:
            connection.ask(next(source), waiting.popleft())
        else:
            idle.append(connection)

    async with _connected(port, MOST_CONNECTIONS, done) as connected:
        idle.extend(connected)
        begun, asked = perf_counter(), 0
        for since in (begun + place / rate for place in range(int(rate * seconds))):
            if (early := since - perf_counter()) > 0:
                await asyncio.sleep(early)
            asked += 1
            if idle:
                idle.popleft().ask(next(source), since)
            else:
                waiting.append(since)
                await asyncio.sleep(0)
            _raise_failures(connected)
        await _until(lambda: len(sample.latencies) >= asked, connected)
        sample.seconds = max(perf_counter() - begun, seconds)
    sample.unanswered = asked - len(sample.latencies)
    return sample


async def _until(true: Callable[[], bool], connected: Sequence[Connection]) -> None:
    patient_until = perf_counter() + PATIENCE
    while not true() and perf_counter() < patient_until:  # noqa: ASYNC110 - answers come in as callbacks
        await asyncio.sleep(0.01)
    _raise_failures(connected)


def _raise_failures(connected: Sequence[Connection]) -> None:
    for connection in connected:
        if connection.failure is not None:
            raise BadAnswer(f"an answer was not good: {connection.failure}") from connection.failure


@asynccontextmanager
async def _connected(port: int, connections: int, done: Done) -> AsyncIterator[list[Connection]]:
    loop = asyncio.get_running_loop()
    connected: list[Connection] = []
    try:
        for _ in range(connections):
            _, connection = await loop.create_connection(lambda: Connection(done), "127.0.0.1", port)
            connected.append(connection)
        yield connected
    finally:
        for connection in connected:
            connection.close()
        await asyncio.sleep(0.05)  # what still arrives is nobody's, and must not reach the next run
