"""PostgreSQL's protocol (version 3), as far as the gate reads it: a type byte, a length, a body."""

import asyncio
import struct
from collections.abc import Iterator
from dataclasses import dataclass

_LENGTH = struct.Struct("!I")
_COUNT = struct.Struct("!H")

SSL_REQUEST = 80877103
GSS_REQUEST = 80877104
CANCEL_REQUEST = 80877102


@dataclass(frozen=True, slots=True)
class Message:
    """One whole message: its type byte and all of its bytes."""

    kind: bytes
    raw: bytes

    @property
    def body(self) -> bytes:
        """What follows type and length."""
        return self.raw[5:]


class Framing:
    """Cuts a stream of bytes into whole messages and keeps what is not whole yet."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, received: bytes) -> Iterator[Message]:
        """The messages that became whole."""
        data, start = self._rest + received, 0
        while len(data) - start >= 5:
            end = start + 1 + _LENGTH.unpack_from(data, start + 1)[0]
            if end > len(data):
                break
            yield Message(data[start : start + 1], data[start:end])
            start = end
        self._rest = data[start:]


async def read_startup(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """The first packet of a connection, which has no type byte: its code, and all of its bytes."""
    length = await reader.readexactly(4)
    body = await reader.readexactly(_LENGTH.unpack(length)[0] - 4)
    return _LENGTH.unpack_from(body)[0], length + body


def texts(body: bytes, count: int) -> list[str]:
    """The first zero-terminated texts of a body."""
    return [part.decode(errors="replace") for part in body.split(b"\0", count)[:count]]


def with_garbled_values(message: Message) -> bytes:
    """A DataRow whose values, or a CommandComplete whose tag, are bytes that stand for nothing in UTF-8."""
    if message.kind != b"D":
        return message.raw[:5] + b"\xff" * (len(message.body) - 1) + b"\0"
    raw, position = bytearray(message.raw), 7
    for _ in range(_COUNT.unpack_from(raw, 5)[0]):
        length = struct.unpack_from("!i", raw, position)[0]
        position += 4
        if length > 0:
            raw[position : position + length] = b"\xff" * length
            position += length
    return bytes(raw)
