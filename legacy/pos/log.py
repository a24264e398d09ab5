"""The log of instructions: what was ordered under which id, and how it was answered. The only state of the POS."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_TABLE = """
CREATE TABLE IF NOT EXISTS SHIJI (
    BANGO INTEGER PRIMARY KEY AUTOINCREMENT,
    YOKYU_ID TEXT NOT NULL UNIQUE,
    NAIYO TEXT NOT NULL,
    NICHIJI TEXT NOT NULL,
    KEKKA TEXT NOT NULL,
    KOTAE BLOB NOT NULL
)"""
_COLUMNS = "BANGO, YOKYU_ID, NAIYO, NICHIJI, KEKKA, KOTAE"


@dataclass(frozen=True, slots=True)
class Logged:
    """An instruction that was answered; `content` is its canonical text, `sequence` counts from one."""

    sequence: int
    request_id: str
    content: str
    at: datetime
    result: str
    answer: bytes


class InstructionLog:
    """Kept in a SQLite file, or in memory. An instruction counts once it stands here."""

    def __init__(self, path: Path | None) -> None:
        self._database = sqlite3.connect(path or ":memory:")
        with self._database:
            self._database.execute(_TABLE)

    def find(self, request_id: str) -> Logged | None:
        """What was answered to this id."""
        rows = self._database.execute(f"SELECT {_COLUMNS} FROM SHIJI WHERE YOKYU_ID = ?", (request_id,))  # noqa: S608
        return next(map(_logged, rows), None)

    def all(self) -> Iterator[Logged]:
        """Everything, in the order it came in."""
        return map(_logged, self._database.execute(f"SELECT {_COLUMNS} FROM SHIJI ORDER BY BANGO"))  # noqa: S608

    def add(self, request_id: str, content: str, at: datetime, result: str, answer: bytes) -> Logged:
        """Writes one down, durably. Raises sqlite3.IntegrityError for an id that stands there already."""
        with self._database:
            cursor = self._database.execute(
                "INSERT INTO SHIJI (YOKYU_ID, NAIYO, NICHIJI, KEKKA, KOTAE) VALUES (?, ?, ?, ?, ?)",
                (request_id, content, at.isoformat(), result, answer),
            )
        return Logged(cursor.lastrowid or 0, request_id, content, at, result, answer)

    def clear(self) -> None:
        """Forgets everything; the next one is the first again."""
        with self._database:
            self._database.execute("DELETE FROM SHIJI")
            self._database.execute("DELETE FROM sqlite_sequence")

    def close(self) -> None:
        """Lets go of the file."""
        self._database.close()


def _logged(row: tuple[int, str, str, str, str, bytes]) -> Logged:
    sequence, request_id, content, at, result, answer = row
    return Logged(sequence, request_id, content, datetime.fromisoformat(at), result, answer)
