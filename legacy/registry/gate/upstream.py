"""The PostgreSQL behind the gate."""

import asyncio
from argparse import ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class TcpUpstream:
    """A server on the network."""

    host: str
    port: int

    async def connect(self) -> Streams:
        """A new connection; raises OSError."""
        return await asyncio.open_connection(self.host, self.port)


@dataclass(frozen=True, slots=True)
class SocketUpstream:
    """A server on this machine, by its socket."""

    path: Path

    async def connect(self) -> Streams:
        """A new connection; raises OSError."""
        return await asyncio.open_unix_connection(self.path)


Upstream = TcpUpstream | SocketUpstream


def parse_upstream(text: str) -> Upstream:
    """`HOST:PORT`, or the directory of PostgreSQL's socket (that of port 5432), or the socket itself."""
    if text.startswith("/"):
        path = Path(text)
        return SocketUpstream(path / _SOCKET if path.is_dir() else path)
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise ArgumentTypeError(f"{text!r} is neither HOST:PORT nor the directory of a PostgreSQL socket")
    return TcpUpstream(host, int(port))
