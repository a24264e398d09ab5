"""From what the notice system wrote to notices as a person may be shown them."""

import html
import re
from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter
from typing import Final

from pydantic import TypeAdapter

from adapters import legacy_text
from adapters.japan_time import JAPAN
from adapters.mail_relay.wire import MemberRow, NoticeRow
from adapters.records import Notice, NoticeAudience

LINE_BREAK: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
TIME: Final = re.compile(r"(\d{4})/(\d\d?)/(\d\d?) (\d\d?):(\d\d?)", re.ASCII)

_notice_rows = TypeAdapter(list[NoticeRow])


def to_everyone(part: object, count: int | None) -> tuple[Notice, ...]:
    """`everyone` of an answer, newest first. Raises `ValueError`, also when some are missing."""
    rows = _notice_rows.validate_python(part)
    return _notices(_whole(rows, count), NoticeAudience.EVERYONE)


def to_member(part: object) -> tuple[str, tuple[Notice, ...]]:
    """One of `members`: number and notices, newest first. Raises `ValueError`, also when some are missing."""
    row = MemberRow.model_validate(part)
    return row.no, _notices(_whole(row.notices, row.count), NoticeAudience.PERSONAL)


def plain(escaped: str) -> str:
    """HTML-escaped text as a person may be shown it: `<br>` breaks the line, `&lt;br&gt;` says "<br>"."""
    lines = LINE_BREAK.split(escaped) if "<" in escaped else [escaped]
    return "\n".join([legacy_text.shown(html.unescape(line)) for line in lines]).strip()


def japan_time(text: str) -> datetime:
    """`2026/11/20 09:30`, which is Japan time."""
    written = TIME.fullmatch(text)  # strptime takes ten times as long
    if written is None:
        raise ValueError("not a day and a time")
    year, month, day, hour, minute = map(int, written.groups())
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


def _whole(rows: list[NoticeRow], count: int | None) -> list[NoticeRow]:
    if count is not None and len(rows) != count:
        raise ValueError(f"{len(rows)} notices where {count} were meant")
    return rows


def _notices(rows: Iterable[NoticeRow], audience: NoticeAudience) -> tuple[Notice, ...]:
    dated = [(japan_time(row.date), row.id, row) for row in rows]
    dated.sort(key=itemgetter(0, 1), reverse=True)
    return tuple(
        Notice(str(row.id), audience, plain(row.title), plain(row.body), published_at)
        for published_at, _, row in dated
    )
