"""`GET /exports/access-log.csv`: the co-op's access log as a file, for its auditors (E27).

Rows leave as they are read, newest first, so that a log of any length fits through. Whoever took it out, or tried
to, stands in the log himself.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID

from starlette.datastructures import QueryParams
from starlette.routing import Route

from gateway.clock import JAPAN
from gateway.context import Context
from gateway.exports.csv_file import csv_chunks
from gateway.exports.sheet import Row
from gateway.http.downloads import Download, Downloads
from gateway.http.query_parameters import day_in
from gateway.permissions import IsStaff
from gateway.store import CoopStore
from gateway.store.records import AccessLogEntry, AccessLogQuery, Account
from gateway.viewer import StaffRole

ROWS_AT_ONCE = 500

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


class Period(NamedTuple):
    """From the first moment of one day to the last of another, in Japan; None is without end."""

    since: datetime | None
    until: datetime | None


def access_log_route(downloads: Downloads) -> Route:
    """The route; `from` and `until` are days, both included and both optional."""
    return downloads.route("/exports/access-log.csv", _download)


async def _download(context: Context, asked: QueryParams) -> Download:
    IsStaff(roles=[StaffRole.AUDITOR]).admit(context.viewer)
    pages = _pages(context.at_home().store, _period(asked))
    return Download(
        name="access-log.csv",
        japanese_name=f"アクセスログ_{context.today}.csv",
        media_type="text/csv; charset=utf-8",
        content=csv_chunks(COLUMNS, pages),
    )


def _period(asked: QueryParams) -> Period:
    since, until = day_in(asked, "from"), day_in(asked, "until")
    return Period(
        since=None if since is None else datetime.combine(since, time(), JAPAN),
        until=None if until is None else datetime.combine(until, time(), JAPAN) + timedelta(days=1),
    )


async def _pages(store: CoopStore, period: Period) -> AsyncIterator[Sequence[Row]]:
    query = AccessLogQuery(ROWS_AT_ONCE, since=period.since, until=period.until)
    while True:
        page = await store.access_log.page(query)
        ids = {entry.account_id for entry in page.items if entry.account_id is not None}
        accounts = await store.accounts.by_id(list(ids))
        yield [_row(entry, accounts) for entry in page.items]
        if not page.has_next:
            return
        query = query._replace(after=page.items[-1].entry_id)


def _row(entry: AccessLogEntry, accounts: Mapping[UUID, Account | None]) -> Row:
    account = None if entry.account_id is None else accounts[entry.account_id]
    return Row(
        (
            entry.at.isoformat(),
            entry.action.value,
            entry.outcome.value,
            "" if account is None else account.kind.value,
            "" if account is None else account.login_id,
            entry.member_number,
            " ".join(entry.what),
            entry.reason,
            entry.origin.address,
            entry.origin.user_agent,
        )
    )
