"""`GET /exports/access-log.csv`: the co-op's access log as a file, for its auditors (E27).

Rows leave as they are read, newest first, so that a log of any length fits through. Whoever took it out, or tried
to, stands in the log himself.
"""

import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gateway.accounts import viewer_of
from gateway.clock import JAPAN, Clock
from gateway.context import House
from gateway.http.origin import origin_of
from gateway.http.session_token import received_token
from gateway.store import CoopStore
from gateway.store.records import (
    AccessAction,
    AccessLogEntry,
    AccessLogQuery,
    AccessOutcome,
    Account,
    NewAccessLogEntry,
    Origin,
)
from gateway.viewer import Anonymous, StaffRole, StaffViewer, Viewer

PATH = "/exports/access-log.csv"
ROWS_AT_ONCE = 500
BYTE_ORDER_MARK = "\ufeff"
"""Excel takes a file without it for Shift_JIS."""

COLUMNS = (
    "日時",
    "操作",
    "結果",
    "アカウント区分",
    "ログインID",
    "組合員番号",
    "対象",
    "理由",
    "IPアドレス",
    "ブラウザ",
)
HEADERS = {
    "Content-Disposition": 'attachment; filename="access-log.csv"',
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
}


class Period(NamedTuple):
    """From the first moment of one day to the last of another, in Japan; None is without end."""

    since: datetime | None
    until: datetime | None


def access_log_route(house: Callable[[], House], clock: Clock) -> Route:
    """The route; sessions are those of /graphql, by cookie or token."""

    async def answer(request: Request) -> Response:
        viewer = await viewer_of(house().store, received_token(request), clock)
        if isinstance(viewer, Anonymous):
            return _refusal("ログインしてください。", 401)
        store = house().store.of(viewer.coop_code)
        allowed = isinstance(viewer, StaffViewer) and StaffRole.AUDITOR in viewer.roles
        await store.access_log.record([_trace(viewer, allowed, origin_of(request), clock())])
        if not allowed:
            return _refusal("この情報を利用する権限がありません。", 403)
        try:
            period = _period(request.query_params)
        except ValueError:
            return _refusal("from と until は 2026-11-20 の形式でご指定ください。", 400)
        return StreamingResponse(_file(store, period), media_type="text/csv; charset=utf-8", headers=HEADERS)

    return Route(PATH, answer, methods=["GET"])


def _refusal(message: str, status: int) -> Response:
    return PlainTextResponse(f"{message}\n", status, {"Cache-Control": "no-store"})


def _trace(viewer: Viewer, allowed: bool, origin: Origin, now: datetime) -> NewAccessLogEntry:
    assert not isinstance(viewer, Anonymous)  # noqa: S101 - asked before
    return NewAccessLogEntry(
        at=now,
        action=AccessAction.EXPORT,
        outcome=AccessOutcome.ALLOWED if allowed else AccessOutcome.REFUSED,
        origin=origin,
        account_id=viewer.account_id,
        session_id=viewer.session_id,
    )


def _period(asked: Mapping[str, str]) -> Period:
    """`from` and `until`, both days included. Raises `ValueError`."""
    until = _first_moment(asked.get("until"))
    return Period(_first_moment(asked.get("from")), None if until is None else until + timedelta(days=1))


def _first_moment(day: str | None) -> datetime | None:
    return None if day is None else datetime.combine(date.fromisoformat(day), time(), JAPAN)


async def _file(store: CoopStore, period: Period) -> AsyncIterator[str]:
    yield BYTE_ORDER_MARK + _lines([COLUMNS])
    query = AccessLogQuery(ROWS_AT_ONCE, since=period.since, until=period.until)
    while True:
        page = await store.access_log.page(query)
        ids = {entry.account_id for entry in page.items if entry.account_id is not None}
        accounts = await store.accounts.by_id(list(ids))
        yield _lines(_row(entry, accounts) for entry in page.items)
        if not page.has_next:
            return
        query = query._replace(after=page.items[-1].entry_id)


def _row(entry: AccessLogEntry, accounts: Mapping[UUID, Account | None]) -> tuple[str, ...]:
    account = None if entry.account_id is None else accounts[entry.account_id]
    return (
        entry.at.isoformat(),
        entry.action.value,
        entry.outcome.value,
        "" if account is None else account.kind.value,
        "" if account is None else account.login_id,
        entry.member_number or "",
        " ".join(entry.what),
        entry.reason or "",
        entry.origin.address or "",
        entry.origin.user_agent or "",
    )


def _lines(rows: Iterable[tuple[str, ...]]) -> str:
    written = io.StringIO()
    csv.writer(written).writerows(tuple(map(_as_text, row)) for row in rows)
    return written.getvalue()


def _as_text(value: str) -> str:
    """A browser's name is whatever somebody sent; a spreadsheet would compute one that begins like a formula."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
