"""Rows are put together by the keys that were asked for.

A key is left out when something of it cannot be read: the port then says `Incomplete`, and nobody takes a
flaw in the registry for a member who does not exist or owes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from adapters.records import Member, MemberNumber, NameChange, Page, Statement, StatementsQuery
from adapters.registry_sql.fields import Fields, UnreadableRow
from adapters.registry_sql.rows import member, name_change, statement, statement_line
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


class FoundPage(NamedTuple):
    """A page of members found: those who can be read, the number of the last one of all, whether more follow."""

    members: Sequence[Member]
    last: MemberNumber | None
    has_next: bool


NOBODY_FOUND = FoundPage((), None, has_next=False)


def members_in(rows: Sequence[Fields]) -> Mapping[MemberNumber, Member]:
    """The members who can be read, each once, however many pages of one answer they are on."""
    members = {}
    for number, row in {row.member_number: row for row in rows}.items():
        try:
            members[number] = member(row)
        except UnreadableRow:
            continue
    return members


def found_page(
    limit: int, numbers: Sequence[MemberNumber], members: Mapping[MemberNumber, Member]
) -> FoundPage:
    """A page of so many at most. The one number too many only tells that more follow."""
    found = numbers[:limit]
    readable = [members[number] for number in found if number in members]
    return FoundPage(readable, found[-1] if found else None, has_next=len(numbers) > limit)


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
