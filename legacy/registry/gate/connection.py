"""One connection through the gate."""

import asyncio
import logging

from legacy.faults import Fault, Faults
from legacy.registry.gate.answers import READY_FOR_QUERY, SPOILED, Answer, BrokenOff, Whole
from legacy.registry.gate.messages import (
    CANCEL_REQUEST,
    GSS_REQUEST,
    SSL_REQUEST,
    Framing,
    Message,
    read_startup,
)
from legacy.registry.gate.statements import Statements
from legacy.registry.gate.upstream import Streams, Upstream

_log = logging.getLogger(__name__)
_CHUNK = 65_536
_NO_ENCRYPTION = b"N"


class Connection:
    """Carries bytes both ways between a client and the database.

    A client that sends the next statement before it has the answer to the one before (pipelining) has both
    spoiled alike: an answer counts from a statement to the next ReadyForQuery.
    """

    def __init__(self, client: Streams, upstream: Upstream, faults: Faults) -> None:
        self._from_client, self._to_client = client
        self._upstream = upstream
        self._faults = faults
        self._statements = Statements()
        self._answer: Answer = Whole()

    async def attend(self, fault_at_the_door: str | None) -> None:
        """Until one of both sides ends it, or it is cut; `error` and `timeout` can befall it at the door."""
        try:
            match fault_at_the_door:
                case "error":
                    self.cut()
                case "timeout":
                    await self._swallow()
                case _:
                    await self._let_through()
        except (OSError, asyncio.IncompleteReadError) as error:
            _log.info("a connection ended: %r", error)
        finally:
            self._to_client.close()

    def cut(self) -> None:
        """Ends it at once, with whatever is under way."""
        self._to_client.transport.abort()

    async def _let_through(self) -> None:
        code, startup = await self._startup()
        from_database, to_database = await self._upstream.connect()
        try:
            to_database.write(startup)
            await self._carry(code, from_database, to_database)
        finally:
            to_database.close()

    async def _startup(self) -> tuple[int, bytes]:
        """The client's first packet, after it was told that there is no encryption."""
        while True:
            code, packet = await read_startup(self._from_client)
            if code not in {SSL_REQUEST, GSS_REQUEST}:
                return code, packet
            self._to_client.write(_NO_ENCRYPTION)

    async def _carry(
        self, code: int, from_database: asyncio.StreamReader, to_database: asyncio.StreamWriter
    ) -> None:
        """A request to cancel is all a client says; anything else begins a session."""
        if code == CANCEL_REQUEST:
            await from_database.read()
            return
        ways = {
            asyncio.create_task(self._ask(to_database)),
            asyncio.create_task(self._tell(from_database)),
        }
        try:
            ended, _ = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            for way in ended:
                way.result()
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _ask(self, to_database: asyncio.StreamWriter) -> None:
        framing = Framing()
        while received := await self._from_client.read(_CHUNK):
            messages = list(framing.feed(received))
            for message in messages:
                await self._befall(message)
            to_database.write(b"".join(message.raw for message in messages))
            await to_database.drain()

    async def _swallow(self) -> None:
        """Takes what the client sends, and never answers."""
        while await self._from_client.read(_CHUNK):
            pass

    async def _befall(self, message: Message) -> None:
        name = self._statements.executed_by(message)
        fault = self._faults.take(name) if name is not None else None
        if fault is not None:
            await self._play(fault)

    async def _play(self, fault: Fault) -> None:
        match fault.kind:
            case "latency":
                await asyncio.sleep(fault.seconds)
            case "timeout":
                await self._swallow()
                raise ConnectionAbortedError("the client gave up waiting")
            case "error":
                self.cut()
                raise ConnectionAbortedError("the fault `error` cut it")
            case spoils:
                self._answer = SPOILED[spoils]()

    async def _tell(self, from_database: asyncio.StreamReader) -> None:
        framing = Framing()
        while received := await from_database.read(_CHUNK):
            passed_on = bytearray()
            try:
                for message in framing.feed(received):
                    passed_on += self._answer.passed_on(message)
                    if message.kind == READY_FOR_QUERY:
                        self._answer = Whole()
            except BrokenOff as end:
                self._to_client.write(passed_on + end.last)
                return
            self._to_client.write(passed_on)
            await self._to_client.drain()
