"""What a statement is called in `/_calls`: the first registry table that its text names."""

import re

from legacy.registry.gate.messages import Message, texts
from legacy.registry.tables import REGISTRY

OTHER = "OTHER"
_TABLE = re.compile(rf"\b({'|'.join(REGISTRY.tables)})\b", re.IGNORECASE)
_SESSION_KEEPING = re.compile(
    r"\s*(begin|start|commit|end|rollback|abort|savepoint|release|set|reset|show|discard|unlisten|close|;|$)",
    re.IGNORECASE,
)


def name_of(sql: str) -> str | None:
    """`SEIKYU`; OTHER when no table of the registry is named; None for what only keeps a session."""
    table = _TABLE.search(sql)
    if table is not None:
        return table[1].upper()
    return None if _SESSION_KEEPING.match(sql) else OTHER


class Statements:
    """What a client prepared and bound on one connection, so that an Execute can be told by name."""

    def __init__(self) -> None:
        self._prepared: dict[str, str | None] = {}
        self._portals: dict[str, str | None] = {}

    def executed_by(self, message: Message) -> str | None:
        """The name of the statement that a client's message carries out, None for any other message."""
        match message.kind:
            case b"Q":
                return name_of(texts(message.body, 1)[0])
            case b"P":
                name, sql = texts(message.body, 2)
                self._prepared[name] = name_of(sql)
            case b"B":
                portal, name = texts(message.body, 2)
                self._portals[portal] = self._prepared.get(name, OTHER)
            case b"E":
                return self._portals.get(texts(message.body, 1)[0], OTHER)
            case b"C":
                self._forget(message.body[:1], texts(message.body[1:], 1)[0])
        return None

    def _forget(self, kind: bytes, name: str) -> None:
        (self._prepared if kind == b"S" else self._portals).pop(name, None)
