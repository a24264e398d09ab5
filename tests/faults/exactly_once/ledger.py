"""The POS's own ledger, read from its file: what it has carried out or refused, in its order."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from adapters.records import MemberNumber
from legacy.pos.codes import Result
from legacy.pos.instructions import read_content
from tests.faults.exactly_once.intentions import Want

_ALL = "SELECT YOKYU_ID, NAIYO, KEKKA FROM SHIJI ORDER BY BANGO"


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of it."""

    request_id: UUID
    number: MemberNumber
    want: Want
    points: int
    is_done: bool


def read_ledger(file: Path) -> list[Booked]:
    """Every line, in the order in which they were booked."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
        return [_booked(*row) for row in database.execute(_ALL)]


def _booked(request_id: str, content: str, result: str) -> Booked:
    shori, fields = read_content(content)
    points = fields.number("PT") if "PT" in fields else 0
    return Booked(
        UUID(request_id), MemberNumber(fields["NO"]), Want(shori), points, is_done=result == Result.DONE
    )
