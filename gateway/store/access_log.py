"""The access log (アクセスログ, E26): written, read, never changed. A trigger in the database sees to it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSON

from adapters.records import Page
from gateway.store.column_types import JapanTime, storable
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.gathering import Gathering
from gateway.store.lines import Lines
from gateway.store.prepared import Prepared
from gateway.store.records import (
    AccessLogEntry,
    AccessLogQuery,
    NewAccessLogEntry,
    Origin,
    PersonalDataView,
)
from gateway.store.tables import A_LINE, access_log

CLOCKS_DIFFER_BY = timedelta(hours=1)
"""More than two machines' clocks ever do: an entry of before a time is written before one of an hour after it."""
LAST_ENTRY = 2**63 - 1

_ENTRIES = (
    sa.func.json_to_recordset(sa.cast(sa.bindparam("entries", type_=sa.Text), JSON))
    .table_valued(
        sa.column("coop", sa.Text),
        sa.column("at", JapanTime),
        sa.column("action", sa.Text),
        sa.column("outcome", sa.Text),
        sa.column("account_id", sa.Uuid),
        sa.column("session_id", sa.Uuid),
        sa.column("member_number", sa.Text),
        sa.column("what", ARRAY(sa.Text)),
        sa.column("reason", sa.Text),
        sa.column("address", sa.Text),
        sa.column("user_agent", sa.Text),
    )
    .render_derived(name="entries", with_types=True)
)
_RECORD = sa.insert(access_log).from_select(list(_ENTRIES.c.keys()), sa.select(_ENTRIES))
"""For any number of entries: one parameter, JSON."""

NewRow = Mapping[str, Any]
CommittingTogether = Gathering[Sequence[NewRow], None]


def committing_together(lines: Lines) -> CommittingTogether:
    """What concurrent requests have to log, of all co-ops, goes in one statement; each waits until it is committed."""
    record = Prepared(_RECORD)

    async def commit(parts: Sequence[Sequence[NewRow]]) -> Sequence[None]:
        await lines.rows(record, {"entries": _told(list(chain.from_iterable(parts)))})
        return [None] * len(parts)

    return Gathering(commit)


@dataclass(frozen=True, slots=True)
class AccessLog:
    """The access log of one co-op. `_together` is None within a transaction, which the entries then belong to."""

    _at: CoopConnections
    _together: CommittingTogether | None = None

    async def record(self, entries: Sequence[NewAccessLogEntry]) -> None:
        """Writes all the entries or none, in one round trip. Outside of a transaction they are committed by then."""
        await self._write([_row_of(self._at.coop_code, entry) for entry in entries])

    async def record_views(self, looked: NewAccessLogEntry, views: Sequence[PersonalDataView]) -> None:
        """The same for an entry that is written once for each view, with what that says."""
        row = _row_of(self._at.coop_code, looked)
        await self._write(
            [
                {**row, "member_number": view.member_number, "what": view.what, "outcome": view.outcome}
                for view in views
            ]
        )

    async def _write(self, rows: Sequence[NewRow]) -> None:
        if not rows:
            return
        if self._together is None:
            await self._at.change(_RECORD, [{"entries": _told(rows)}])
        else:
            await self._together(rows)

    async def page(self, query: AccessLogQuery) -> Page[AccessLogEntry]:
        """Entries, newest first. A further page goes on `after` the last entry's id."""
        rows = await self._at.rows(_page(query))
        return Page([_entry_of(row) for row in rows[: query.limit]], has_next=len(rows) > query.limit)


def _page(query: AccessLogQuery) -> sa.Select[Any]:
    wanted = sa.select(access_log).where(access_log.c.coop == THIS_COOP, *_conditions(query))
    return wanted.order_by(access_log.c.entry_id.desc()).limit(query.limit + 1)


def _conditions(query: AccessLogQuery) -> Iterator[sa.ColumnElement[bool]]:
    if query.account_id is not None:
        yield access_log.c.account_id == query.account_id
    if query.member_number is not None:
        yield access_log.c.member_number == query.member_number
    if query.action is not None:
        yield access_log.c.action == query.action
    if query.outcome is not None:
        yield access_log.c.outcome == query.outcome
    if query.since is not None:
        yield access_log.c.at >= query.since
    if query.until is not None:
        yield access_log.c.at < query.until
        yield access_log.c.entry_id < _first_long_after(query.until)
    if query.after is not None:
        yield access_log.c.entry_id < query.after


def _first_long_after(time: datetime) -> sa.ColumnElement[int]:
    """The first entry that cannot be of before a time: from it on, without reading all that is newer, a page begins."""
    later = access_log.alias("later")
    found = (
        sa.select(later.c.entry_id)
        .where(later.c.coop == THIS_COOP, later.c.at >= time + CLOCKS_DIFFER_BY)
        .order_by(later.c.at)
        .limit(1)
    )
    return sa.func.coalesce(found.scalar_subquery(), sa.literal(LAST_ENTRY, sa.BigInteger))


def _row_of(coop_code: str, entry: NewAccessLogEntry) -> NewRow:
    return {
        "coop": coop_code,
        "at": entry.at.isoformat(),
        "action": entry.action,
        "outcome": entry.outcome,
        "account_id": entry.account_id and str(entry.account_id),
        "session_id": entry.session_id and str(entry.session_id),
        "member_number": entry.member_number,
        "what": entry.what,
        "reason": _line(entry.reason, None),
        "address": _line(entry.origin.address, A_LINE),
        "user_agent": _line(entry.origin.user_agent, A_LINE),
    }


def _line(text: str | None, longest: int | None) -> str | None:
    return None if text is None else storable(text[:longest])


def _told(rows: Sequence[NewRow]) -> str:
    return orjson.dumps(rows).decode()


def _entry_of(row: sa.Row[Any]) -> AccessLogEntry:
    return AccessLogEntry(
        entry_id=row.entry_id,
        at=row.at,
        action=row.action,
        outcome=row.outcome,
        account_id=row.account_id,
        session_id=row.session_id,
        member_number=row.member_number,
        what=tuple(row.what),
        reason=row.reason,
        origin=Origin(row.address, row.user_agent),
    )
