"""The access log (アクセスログ, E26): written, read, never changed. A trigger in the database sees to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from adapters.records import Page
from gateway.store.connections import THIS_COOP, CoopConnections
from gateway.store.records import AccessLogEntry, AccessLogQuery, NewAccessLogEntry, Origin
from gateway.store.tables import access_log

CLOCKS_DIFFER_BY = timedelta(hours=1)
"""More than two machines' clocks ever do: an entry of before a time is written before one of an hour after it."""
LAST_ENTRY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class AccessLog:
    """The access log of one co-op."""

    _at: CoopConnections

    async def record(self, entries: Sequence[NewAccessLogEntry]) -> None:
        """Writes all the entries or none, in one round trip."""
        if entries:
            await self._at.insert(access_log, [_row_of(entry) for entry in entries])

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


def _row_of(entry: NewAccessLogEntry) -> dict[str, Any]:
    return {
        "at": entry.at,
        "action": entry.action,
        "outcome": entry.outcome,
        "account_id": entry.account_id,
        "session_id": entry.session_id,
        "member_number": entry.member_number,
        "what": list(entry.what),
        "reason": entry.reason,
        "address": entry.origin.address,
        "user_agent": entry.origin.user_agent,
    }


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
