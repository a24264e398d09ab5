"""Rows are put together by the keys that were asked for.

A key is left out when something of it cannot be read: the port then says `Incomplete`, and nobody takes a
flaw in the registry for a member who does not exist or owes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from adapters.records import NameChange, Page, Statement, StatementsQuery
from adapters.registry_sql.fields import Fields, UnreadableRow
from adapters.registry_sql.rows import name_change, statement, statement_line
from adapters.registry_sql.tables import seikyu_meisai

K = TypeVar("K")
V = TypeVar("V")


def by_key(
    keys: Iterable[K],
    rows: Iterable[Fields],
    key_of: Callable[[Fields], K | None],
    build: Callable[[K, Sequence[Fields]], V],
) -> dict[K, V]:
    """For each key what `build` makes of its rows, of which there may be none."""
    found: dict[K, list[Fields]] = {key: [] for key in keys}
    for row in rows:
        key = key_of(row)
        if key in found:
            found[key].append(row)
    answers = {}
    for key, its_rows in found.items():
        try:
            answers[key] = build(key, its_rows)
        except UnreadableRow:
            continue
    return answers


def readable(rows: Iterable[Fields], read: Callable[[Fields], V]) -> Iterator[V]:
    """The records of those rows that can be read."""
    for row in rows:
        try:
            record = read(row)
        except UnreadableRow:
            continue
        yield record


def latest_name_change(rows: Sequence[Fields]) -> NameChange | None:
    """The last of a member's changes of name, which come in the order they were received."""
    changes = sorted((name_change(row) for row in rows), key=lambda change: change.accepted_on)
    return changes[-1] if changes else None


def whole_statement(rows: Sequence[Fields]) -> Statement | None:
    """A statement from its rows, one for each line, or a single one without a line."""
    if not rows:
        return None
    lines = [statement_line(row.of(seikyu_meisai)) for row in rows if row.text("gyo_no", str.strip)]
    return statement(rows[0], lines)


def statements_page(query: StatementsQuery, rows: Sequence[Fields]) -> Page[Statement]:
    """Newest first. The one statement too many, which comes without lines, only tells that more follow."""
    months: dict[str, list[Fields]] = defaultdict(list)
    for row in rows:
        months[row.text("seikyu_nengetsu", str)].append(row)
    newest_first = sorted(months, reverse=True)
    statements = (whole_statement(months[month]) for month in newest_first[: query.limit])
    return Page([each for each in statements if each], has_next=len(newest_first) > query.limit)
